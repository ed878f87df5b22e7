// The SQL of a pool whose powerpack is deleted or restored: its members are detached and restored.
import type { Reader, Transaction } from '../../db/db.ts';
import { queueColumn } from '../pool/pool-store.ts';

/** Returns the numbers among a pool's members, detached or not. */
export async function listNumbersOfPool(tx: Transaction, poolUuid: string): Promise<string[]> {
  const rows = await tx.query<{ sender: string }>(
    `select sender from pool_members where pool_uuid = $1 and kind in ('longcode', 'tollfree') order by sender`,
    [poolUuid],
  );
  return rows.map((row) => row.sender);
}

/** Detaches the members of a deleted powerpack: they are free for other pools and can be restored. */
export async function detachMembers(tx: Transaction, poolUuid: string): Promise<void> {
  await tx.query('update pool_members set detached = true, number = null where pool_uuid = $1', [poolUuid]);
}

/**
 * Restores the detached members that are in no other pool: short codes, and those of the `numbers` that the owner rents; and names, which
 * may be in several. Deletes the
 * others with their sticky senders. Returns both.
 */
export async function restoreMembers(
  tx: Transaction,
  poolUuid: string,
  numbers: readonly string[],
): Promise<{ restored: string[]; lost: string[] }> {
  const restored = await tx.query<{ sender: string }>(
    `update pool_members detached
     set detached = false, number = case when detached.kind in ('longcode', 'tollfree') then detached.sender end
     where detached.pool_uuid = $1 and detached.detached
       and (detached.kind = 'alphanumeric' or not exists (
         select from pool_members other
         where other.sender = detached.sender and other.country_iso2 = detached.country_iso2 and not other.detached))
       and (detached.kind in ('shortcode', 'alphanumeric') or detached.sender = any($2))
     returning detached.sender`,
    [poolUuid, numbers],
  );
  const lost = await tx.query<{ sender: string }>(
    'delete from pool_members where pool_uuid = $1 and detached returning sender',
    [poolUuid],
  );
  const senders = (rows: { sender: string }[]) => rows.map((row) => row.sender).sort();
  return { restored: senders(restored), lost: senders(lost) };
}

/** The contents of a pool, in numbers. Queued messages are those of its members' sender queues, from a powerpack or not. */
export interface PoolSummary {
  readonly longcodes: number;
  readonly tollfree: number;
  readonly shortcodes: number;
  readonly stickySenders: number;
  readonly queuedFromNumbers: number;
  readonly queuedFromShortcodes: number;
}

interface PoolSummaryRow {
  longcodes: number;
  tollfree: number;
  shortcodes: number;
  sticky_senders: number;
  queued_from_numbers: number;
  queued_from_shortcodes: number;
}

/** Counts what a pool holds; all zeros for one that is not there. Detached members are left out. */
export async function summarisePool(db: Reader, poolUuid: string): Promise<PoolSummary> {
  const rows = await db.query<PoolSummaryRow>(
    `select count(*) filter (where kind = 'longcode') as longcodes,
       count(*) filter (where kind = 'tollfree') as tollfree,
       count(*) filter (where kind = 'shortcode') as shortcodes,
       (select count(*) from sticky_senders where pool_uuid = $1) as sticky_senders,
       coalesce(sum(queued) filter (where kind in ('longcode', 'tollfree')), 0) as queued_from_numbers,
       coalesce(sum(queued) filter (where kind = 'shortcode'), 0) as queued_from_shortcodes
     from pool_members left join sender_queues on sender_queues.queue = ${queueColumn}
     where pool_uuid = $1 and not detached`,
    [poolUuid],
  );
  const row = rows[0];
  return {
    longcodes: row?.longcodes ?? 0,
    tollfree: row?.tollfree ?? 0,
    shortcodes: row?.shortcodes ?? 0,
    stickySenders: row?.sticky_senders ?? 0,
    queuedFromNumbers: row?.queued_from_numbers ?? 0,
    queuedFromShortcodes: row?.queued_from_shortcodes ?? 0,
  };
}
