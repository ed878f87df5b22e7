// The SQL of members that are drained.
import type { Db, Reader, Transaction } from '../../db/db.ts';

/** How a member ends that is drained. */
export interface Drain {
  readonly until: Date;
  /** Whether it leaves the pool then, and is not only set aside. */
  readonly isRemovedAfter: boolean;
}

/** The state of a member that an operator gave it. */
export interface DrainState {
  readonly state: 'active' | 'draining' | 'aside';
  readonly drainUntil: Date | undefined;
  readonly isRemovedAfter: boolean;
}

const findSql = `
  select state, drain_until, removed_after from pool_members
  where pool_uuid = $1 and number = $2 and kind in ('longcode', 'tollfree') and not detached`;

/** Returns the state of a number of a pool; `undefined` where it is not in it. */
export async function findDrainState(
  reader: Reader,
  poolUuid: string,
  number: string,
): Promise<DrainState | undefined> {
  const rows = await reader.query<{
    state: DrainState['state'];
    drain_until: Date | null;
    removed_after: boolean;
  }>(findSql, [poolUuid, number]);
  return rows.map((row) => ({
    state: row.state,
    drainUntil: row.drain_until ?? undefined,
    isRemovedAfter: row.removed_after,
  }))[0];
}

/**
 * Stores that a number of a pool is drained, or sends again where `drain` is undefined. Sent with the commit: messages through the pool
 * wait for it.
 */
export function saveDrain(tx: Transaction, poolUuid: string, number: string, drain: Drain | undefined): void {
  tx.send(
    `update pool_members set state = $3, drain_until = $4, removed_after = $5
     where pool_uuid = $1 and number = $2 and not detached`,
    [
      poolUuid,
      number,
      drain === undefined ? 'active' : 'draining',
      drain?.until ?? null,
      drain?.isRemovedAfter ?? false,
    ],
  );
}

const dueSql = (which: string) => `
  select pool_uuid, sender, country_iso2 from pool_members
  where state = 'draining' and drain_until <= $1 and ${which} order by drain_until limit $2 for update skip locked`;

const setAsideSql = `
  with due as materialized (${dueSql('not removed_after')})
  update pool_members set state = 'aside', drain_until = null from due
  where (pool_members.pool_uuid, pool_members.sender, pool_members.country_iso2) = (due.pool_uuid, due.sender, due.country_iso2)
  returning pool_members.pool_uuid`;

const removeSql = `
  with due as materialized (${dueSql('removed_after')})
  delete from pool_members using due
  where (pool_members.pool_uuid, pool_members.sender, pool_members.country_iso2) = (due.pool_uuid, due.sender, due.country_iso2)
  returning pool_members.pool_uuid`;

/** An account whose pools have changed. */
interface DrainedAccount {
  readonly mainId: string;
  readonly subaccountId: string | undefined;
}

/** Ends the drains whose time is over, so many at most of each kind. Returns how many members, and the accounts of their pools. */
export async function endDrains(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ readonly members: number; readonly accounts: readonly DrainedAccount[] }> {
  const aside = await endSome(db, setAsideSql, now, limit);
  const removed = await endSome(db, removeSql, now, limit);
  const pools = [...aside, ...removed];
  return {
    members: Math.max(aside.length, removed.length),
    accounts: pools.length === 0 ? [] : await ownersOf(db, pools),
  };
}

async function endSome(db: Db, sql: string, now: Date, limit: number): Promise<string[]> {
  const rows = await db.query<{ pool_uuid: string }>(sql, [now, limit]);
  return rows.map((row) => row.pool_uuid);
}

async function ownersOf(reader: Reader, poolUuids: readonly string[]): Promise<DrainedAccount[]> {
  const rows = await reader.query<{ auth_id: string; main_id: string | null }>(
    `select distinct auth_id, main_id from unnest($1::uuid[]) as wanted (pool_uuid)
     cross join lateral (select * from powerpacks where powerpacks.pool_uuid = wanted.pool_uuid limit 1) as powerpacks
     join accounts on accounts.auth_id = powerpacks.account_id`,
    [poolUuids],
  );
  return rows.map(({ auth_id: authId, main_id: mainId }) => ({
    mainId: mainId ?? authId,
    subaccountId: mainId === null ? undefined : authId,
  }));
}
