// The SQL of deleted powerpacks: stored as deleted, listed for as long as they can be restored, restored, purged.
import type { Reader, Transaction } from '../../db/db.ts';
import { type Sorting, sortedText, sortedTexts } from '../../db/sorted-texts.ts';
import type { PageRequest } from '../../http/page.ts';
import type { Powerpack } from '../powerpack.ts';
import { readLocked } from '../store.ts';

/** Returns a deleted powerpack of the account that can still be restored, locked until the transaction ends. */
export async function lockDeletedPowerpack(
  tx: Transaction,
  accountId: string,
  uuid: string,
  deletedSince: Date,
): Promise<Powerpack | undefined> {
  const locked = await tx.query(
    'select 1 from powerpacks where account_id = $1 and uuid = $2 and deleted_at >= $3 for update',
    [accountId, uuid, deletedSince],
  );
  return locked.length === 0 ? undefined : readLocked(tx, uuid);
}

/** A powerpack that was deleted, as far as one decides by it whether to restore it. */
export interface DeletedPowerpack {
  readonly uuid: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly deletedAt: Date;
  /** Members that a restore would try to bring back. */
  readonly members: number;
}

/** By which deleted powerpacks can be put in order. */
export const deletedOrders = ['name', 'deleted_on', 'members'] as const;
type DeletedOrder = (typeof deletedOrders)[number];

const lists = sortedTexts<DeletedOrder>(
  { name: 'lower(name)', deleted_on: 'deleted_at', members: 'members' },
  (order) => `
    select uuid, name, created_at, deleted_at, members
    from powerpacks cross join lateral (
      select count(*) as members from pool_members where pool_uuid = powerpacks.pool_uuid) as counted
    where account_id = $1 and deleted_at >= $2
    order by ${order}deleted_at desc, uuid limit $3 offset $4`,
);

/** Returns a page of an account's powerpacks that were deleted since a moment in an order, by itself the last deleted first. */
export async function listDeletedPowerpacks(
  db: Reader,
  accountId: string,
  deletedSince: Date,
  page: PageRequest,
  sorting: Sorting<DeletedOrder>,
): Promise<DeletedPowerpack[]> {
  const rows = await db.query<{
    uuid: string;
    name: string;
    created_at: Date;
    deleted_at: Date;
    members: number;
  }>(sortedText(lists, sorting), [accountId, deletedSince, page.limit, page.offset]);
  return rows.map((row) => ({
    uuid: row.uuid,
    name: row.name,
    createdAt: row.created_at,
    deletedAt: row.deleted_at,
    members: row.members,
  }));
}

/** Returns how many powerpacks of an account were deleted since a moment. */
export async function countDeletedPowerpacks(
  db: Reader,
  accountId: string,
  deletedSince: Date,
): Promise<number> {
  const rows = await db.query<{ count: number }>(
    'select count(*) as count from powerpacks where account_id = $1 and deleted_at >= $2',
    [accountId, deletedSince],
  );
  return rows[0]?.count ?? 0;
}

/** Stores that a powerpack is deleted. Its row stays until it is purged; its name is free at once. */
export async function markDeleted(tx: Transaction, uuid: string, now: Date): Promise<void> {
  await tx.query('update powerpacks set deleted_at = $2 where uuid = $1', [uuid, now]);
}

/** Restores a powerpack under a name that no other may have by now: a taken one violates `powerpacks_name`. */
export async function markRestored(tx: Transaction, uuid: string, name: string): Promise<void> {
  await tx.query('update powerpacks set deleted_at = null, name = $2 where uuid = $1', [uuid, name]);
}

/**
 * Deletes for good some of the powerpacks that can no longer be restored; members and sticky senders go by cascade. Returns how many.
 */
export async function purgeDeletedPowerpacks(
  db: Reader,
  deletedBefore: Date,
  atMost: number,
): Promise<number> {
  const rows = await db.query(
    `delete from powerpacks where uuid in (
       select uuid from powerpacks where deleted_at < $1 order by deleted_at limit $2 for update skip locked)
     returning uuid`,
    [deletedBefore, atMost],
  );
  return rows.length;
}
