// How long to wait before a bind is tried again (carriers.md section 4.2). Pure.
import { doubledDelayMs } from '../../base/backoff.ts';
import { statuses } from './status-table.ts';

/** Statuses of a bind that deny the account: a person has to change something, and accounts get locked by those who hurry. */
const refusals: ReadonlySet<number> = new Set([
  statuses.bindFailed,
  statuses.invalidPassword,
  statuses.invalidSystemId,
  statuses.invalidSystemType,
]);

const firstRefusedMs = 60_000;
const maxRefusedMs = 300_000;

/** The SMSC still holds an old session of ours that was cut off without an unbind; its own enquire_link ends that. */
const alreadyBoundMs = 15_000;

/** Returns whether the status of a bind denies the account. */
export const isRefusal = (status: number | undefined): boolean =>
  status !== undefined && refusals.has(status);

/**
 * Returns the milliseconds until the next attempt: doubling, with full jitter, so that many clients of an SMSC that comes back do not come
 * at once. After a refusal a minute, doubling to five; it is never given up, because a vendor's mistake passes.
 * @param status of the bind that failed; `undefined` when there was none
 * @param failures in a row, this one included
 * @param share from 0 to 1, by chance
 */
export function reconnectMs(
  status: number | undefined,
  failures: number,
  [leastSeconds, mostSeconds]: readonly [number, number],
  share: number,
): number {
  if (isRefusal(status)) return doubledDelayMs(firstRefusedMs, failures, maxRefusedMs);
  const bound = doubledDelayMs(leastSeconds * 1000, failures, mostSeconds * 1000);
  const waitMs = Math.round(bound * share);
  return status === statuses.alreadyBound ? alreadyBoundMs + waitMs : waitMs;
}
