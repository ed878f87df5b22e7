// Waiting for another transaction's locks, but not for ever.
import pg from 'pg';
import type { Transaction } from './db.ts';

/** SQLSTATE of a lock that was not given in time. */
const lockNotAvailable = '55P03';

/** Whether this is what the database said when a lock was not given in time. */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === lockNotAvailable;
}

/** Another transaction held a lock for longer than was to be waited. The transaction that waited can only be rolled back. */
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
