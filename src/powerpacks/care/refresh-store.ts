// The SQL of replacing members that degrade.
import { daysBefore } from '../../base/days.ts';
import type { Reader, Transaction } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import type { JudgedMember } from './refresh.ts';

/** A number of a pool with the outcomes of its messages. */
export interface PoolNumber extends JudgedMember {
  readonly kind: 'longcode' | 'tollfree';
  readonly countryIso2: string;
  readonly service: 'sms' | 'mms';
  /** The 10DLC campaign that it sends for, which its replacement sends for as well. */
  readonly campaignId: string | null;
}

/** Returns the numbers of a pool that send, with the outcomes of the last day; those without any are left out. */
export async function loadJudgedNumbers(reader: Reader, poolUuid: string, now: Date): Promise<PoolNumber[]> {
  const rows = await reader.query<{
    number: string;
    kind: PoolNumber['kind'];
    country_iso2: string;
    service: PoolNumber['service'];
    campaign_id: string | null;
    added_at: Date;
    finished: number;
    delivered: number;
  }>(
    `select number, pool_members.kind, pool_members.country_iso2, service, campaign_id, pool_members.added_at, finished, delivered
     from pool_members join numbers using (number) cross join lateral (
       select sum(finished)::integer as finished, sum(delivered)::integer as delivered
       from sender_hours where queue = pool_members.number and hour > $2) as outcomes
     where pool_uuid = $1 and not detached and state = 'active' and finished > 0`,
    [poolUuid, daysBefore(now, 1)],
  );
  return rows.map((row) => ({
    number: row.number,
    kind: row.kind,
    countryIso2: row.country_iso2,
    service: row.service,
    campaignId: row.campaign_id,
    addedAt: row.added_at,
    outcomes: { finished: row.finished, delivered: row.delivered },
  }));
}

/** Returns how many members of a pool were replaced in the last 24 hours. */
export async function countReplacements(reader: Reader, poolUuid: string, now: Date): Promise<number> {
  const [row] = await reader.query<{ count: number }>(
    'select count(*) as count from member_replacements where pool_uuid = $1 and at > $2',
    [poolUuid, daysBefore(now, 1)],
  );
  return row?.count ?? 0;
}

/** Days that replacements are kept. */
const keptDays = 90;

/** Stores that a member was replaced, and deletes what is old of its pool, with the commit. */
export function insertReplacement(
  tx: Transaction,
  poolUuid: string,
  number: string,
  replacement: string,
  now: Date,
): void {
  tx.send('insert into member_replacements values ($1, $2, $3, $4)', [poolUuid, now, number, replacement]);
  tx.send('delete from member_replacements where pool_uuid = $1 and at < $2', [
    poolUuid,
    daysBefore(now, keptDays),
  ]);
}

/**
 * Returns numbers of the account that are in no pool, of the kind, the country and the campaign of a member, and can send its service: those
 * that begin with a prefix.
 */
export async function findSpareNumbers(
  reader: Reader,
  { mainId, subaccountId }: Scope,
  { kind, countryIso2, service, campaignId }: PoolNumber,
  prefix: string,
  limit: number,
): Promise<string[]> {
  const rows = await reader.query<{ number: string }>(
    `select number from numbers
     where account_id = $1 and ($2::text is null or subaccount_id = $2) and kind = $3 and country_iso2 = $4
       and starts_with(number, $5) and sms_enabled and ($6 = 'sms' or mms_enabled)
       and coalesce(tollfree_verification, 'verified') = 'verified' and campaign_id is not distinct from $8
       and not exists (select from pool_members where pool_members.number = numbers.number)
     order by number limit $7`,
    [mainId, subaccountId ?? null, kind, countryIso2, prefix, service, limit, campaignId],
  );
  return rows.map((row) => row.number);
}
