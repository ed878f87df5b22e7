// The limit on how many requests an account may make, and how many messages they may ask for.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ApiError } from '../base/errors.ts';

const windowSeconds = 5;

export interface RequestLimit {
  /** Counts a request of an account, or throws `tooMany` with the seconds to wait. */
  readonly count: (accountId: string) => Promise<void>;
  /** Counts more for a request that was counted already: it passes, and those that follow find less left. */
  readonly countMore: (accountId: string, more: number) => Promise<void>;
}

/**
 * Makes the limit: so many requests in 5 seconds per account (the vendor's window); 0 is no limit. A message to many people counts for
 * each of them, and passes as long as anything is left, so that none is too large to pass at all.
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
