// The limit on requests of an account, in which each recipient of a message counts.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ApiError } from '../base/errors.ts';

const windowSeconds = 5;

export interface RequestLimit {
  /** Counts a request of an account, or throws `tooMany` with the seconds to wait. */
  readonly count: (accountId: string) => Promise<void>;
  /** Counts more for a request that was counted already: it passes, and later requests have less left. */
  readonly countMore: (accountId: string, more: number) => Promise<void>;
}

/**
 * Makes the limit: so many requests in 5 seconds per account (the vendor's window); 0 is no limit. A message to several
 * recipients counts for each of them, and passes while any are left, so that a large one passes at all.
 */
export function makeRequestLimit(requestsPerWindow: number): RequestLimit {
  if (requestsPerWindow === 0) return { count: async () => {}, countMore: async () => {} };
  const limiter = new RateLimiterMemory({ points: requestsPerWindow, duration: windowSeconds });
  return {
    async count(accountId) {
      try {
        await limiter.consume(accountId);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw new ApiError('tooMany', undefined, {
          'Retry-After': String(Math.ceil(refusal.msBeforeNext / 1000)),
        });
      }
    },
    async countMore(accountId, more) {
      if (more > 0) await limiter.penalty(accountId, more);
    },
  };
}
