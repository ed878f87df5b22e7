// The SQL of names in pools.
import type { Reader, Transaction } from '../../db/db.ts';
import type { PageRequest } from '../../http/page.ts';
import type { AlphanumericSender, NamedMember } from './alphanumeric-sender.ts';
import { columns, fromRow, type SenderRow } from './alphanumeric-store.ts';

interface MemberRow extends SenderRow {
  added_at: Date;
  sms_per_second: number | null;
}

const memberFromRow = (row: MemberRow): NamedMember => ({
  sender: fromRow(row),
  addedAt: row.added_at,
  smsPerSecond: row.sms_per_second,
});

const members = `select ${columns}, added_at, sms_per_second from pool_members
  join alphanumeric_senders on alphanumeric_senders.id = alphanumeric_id
  where pool_uuid = $1 and not detached`;

/** Returns a page of the names in a pool, the first added first. */
export async function listNamedMembers(
  db: Reader,
  poolUuid: string,
  page: PageRequest,
): Promise<NamedMember[]> {
  const rows = await db.query<MemberRow>(`${members} order by added_at, sender limit $2 offset $3`, [
    poolUuid,
    page.limit,
    page.offset,
  ]);
  return rows.map(memberFromRow);
}

/** Returns how many names a pool has. */
export async function countNamedMembers(db: Reader, poolUuid: string): Promise<number> {
  const rows = await db.query<{ count: number }>(
    'select count(*) as count from pool_members where pool_uuid = $1 and alphanumeric_id is not null and not detached',
    [poolUuid],
  );
  return rows[0]?.count ?? 0;
}

/** Adds a name to a pool, for texts; names belong to no country. One that is there takes the rate, where one is given. */
export async function addNamedMember(
  tx: Transaction,
  poolUuid: string,
  { id, name }: AlphanumericSender,
  smsPerSecond: number | null | undefined,
  now: Date,
): Promise<void> {
  await tx.query(
    `insert into pool_members (pool_uuid, sender, kind, member_type, country_iso2, service, added_at, alphanumeric_id, sms_per_second)
     values ($1, $2, 'alphanumeric', 'alphanumeric', '', 'sms', $3, $4, $5)
     on conflict (pool_uuid, sender, country_iso2) do update
     set sms_per_second = case when $6::boolean then excluded.sms_per_second else pool_members.sms_per_second end`,
    [poolUuid, name, now, id, smsPerSecond ?? null, smsPerSecond !== undefined],
  );
}

/** Takes a name out of a pool. Returns whether it was there. */
export async function removeNamedMember(tx: Transaction, poolUuid: string, name: string): Promise<boolean> {
  const rows = await tx.query(
    `delete from pool_members where pool_uuid = $1 and kind = 'alphanumeric' and lower(sender) = lower($2) and not detached
     returning sender`,
    [poolUuid, name],
  );
  return rows.length === 1;
}

/** Returns one name of a pool. */
export async function findNamedMember(
  db: Reader,
  poolUuid: string,
  name: string,
): Promise<NamedMember | undefined> {
  const rows = await db.query<MemberRow>(`${members} and lower(sender) = lower($2)`, [poolUuid, name]);
  return rows.map(memberFromRow)[0];
}
