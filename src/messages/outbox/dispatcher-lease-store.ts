// SQL of the leases of processes that dispatch: as long as its lease runs, a process has the sender queues that it has claimed.
import type { Reader } from '../../db/db.ts';

// What a statement reads is as it was before it.
const renewSql = `
  with before as (select held_until >= clock_timestamp() as was_running from dispatchers where holder = $1)
  insert into dispatchers (holder, held_until) values ($1, clock_timestamp() + $2 * interval '1 millisecond')
  on conflict (holder) do update set held_until = excluded.held_until
  returning coalesce((select was_running from before), false) as was_running`;

/**
 * Takes or renews the lease of a process, for `leaseMs` by the database's clock. Returns whether it was running until now: if it was not,
 * others may have taken sender queues of the process.
 */
export async function renewLease(db: Reader, holder: string, leaseMs: number): Promise<boolean> {
  const [row] = await db.query<{ was_running: boolean }>(renewSql, [holder, leaseMs]);
  return row?.was_running ?? false;
}

/** Ends the lease of a process. */
export async function endLease(db: Reader, holder: string): Promise<void> {
  await db.query('delete from dispatchers where holder = $1', [holder]);
}

/** Deletes the leases of processes that are long dead. */
export async function forgetDead(db: Reader): Promise<void> {
  await db.query("delete from dispatchers where held_until < clock_timestamp() - interval '1 day'");
}
