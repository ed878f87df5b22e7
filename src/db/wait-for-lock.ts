// Limits the wait for the locks of other transactions.
import type { Transaction } from './db.ts';
import { hasCode } from './error-code.ts';

/** SQLSTATE of a lock that was not free in time. */
const lockNotAvailable = '55P03';

/** Returns whether an error is the database's lock timeout. */
export function isLockTimeout(error: unknown): boolean {
  return hasCode(error, lockNotAvailable);
}

/** Thrown when another transaction held a lock for longer than the limit. The waiting transaction can only be rolled back. */
export class LockTimeout extends Error {
  constructor(cause: unknown) {
    super('another transaction holds the lock', { cause });
    this.name = 'LockTimeout';
  }
}

/**
 * Runs `work`, each of whose queries on `tx` waits at most `waitMs` milliseconds for a lock. Later queries wait as before.
 * @throws LockTimeout
 */
export async function waitingAtMost<Result>(
  tx: Transaction,
  waitMs: number,
  work: () => Promise<Result>,
): Promise<Result> {
  await tx.query(`select set_config('lock_timeout', $1, true)`, [String(waitMs)]);
  try {
    const result = await work();
    await tx.query('set local lock_timeout to default');
    return result;
  } catch (error) {
    throw isLockTimeout(error) ? new LockTimeout(error) : error;
  }
}
