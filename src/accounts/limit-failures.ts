// The limit on failed attempts to prove who one is.
import { RateLimiterMemory } from 'rate-limiter-flexible';

const windowSeconds = 60;

export interface FailureLimit {
  /** Counts a failure of a key; returns the milliseconds to wait once there were too many, `undefined` until then. */
  count(key: string): Promise<number | undefined>;
}

/** Makes the limit: so many failures a minute for each key. It never refuses anything by itself, so that right proofs always pass. */
export function makeFailureLimit(perMinute: number): FailureLimit {
  const failures = new RateLimiterMemory({ points: perMinute, duration: windowSeconds });
  return {
    async count(key) {
      const { consumedPoints, msBeforeNext } = await failures.penalty(key);
      return consumedPoints > perMinute ? msBeforeNext : undefined;
    },
  };
}
