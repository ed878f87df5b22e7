// The limit on how many requests an account may make.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ApiError } from '../base/errors.ts';

const windowSeconds = 5;

/** Counts a request of an account, or throws `tooMany` with the seconds to wait. */
export type LimitRequests = (accountId: string) => Promise<void>;

/** Makes the limit: so many requests in 5 seconds per account (the vendor's window); 0 is no limit. */
export function makeRequestLimit(requestsPerWindow: number): LimitRequests {
  if (requestsPerWindow === 0) return async () => {};
  const limiter = new RateLimiterMemory({ points: requestsPerWindow, duration: windowSeconds });
  return async (accountId) => {
    try {
      await limiter.consume(accountId);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new ApiError('tooMany', undefined, {
        'Retry-After': String(Math.ceil(refusal.msBeforeNext / 1000)),
      });
    }
  };
}
