// The SQL that counts a powerpack's messages by the area code of their recipients.
import { firstIdOf } from '../../base/id.ts';
import type { Db } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import type { AreaDemand } from './demand.ts';

/** The most messages that are read: the newest of the account in the time. */
const maxRead = 100_000;

interface Row {
  count: number;
  first_ms: number | null;
  areas: { area_code: string; messages: number; segments: number; busiest: number }[] | null;
}

// The messages are counted as they are read; those that are not counted by area make a group of their own, '', so that the whole is known.
const demandSql = (whose: 'account_id' | 'subaccount_id') => `
  with days as materialized (
    select case when direction = 'outbound' and powerpack_uuid = $4 and destination like '1__________'
        then substr(destination, 2, 3) else '' end as area_code,
      floor(date_part('epoch', accepted_at) / 86400) as day,
      count(*) as messages, sum(segments) as segments, min(accepted_at) as first_at
    from (
      select direction, powerpack_uuid, destination, segments, accepted_at from messages
      where ${whose} = $1 and id >= $2::uuid and id < $3::uuid order by id desc limit ${maxRead}) as newest
    group by 1, 2),
  areas as (
    select area_code, sum(messages) as messages, sum(segments) as segments, max(segments) as busiest
    from days where area_code <> '' group by area_code)
  select coalesce(sum(messages), 0) as count, date_part('epoch', min(first_at)) * 1000 as first_ms,
    (select jsonb_agg(areas) from areas) as areas
  from days`;

// Each reads an index of its own: for a subaccount only its messages are read.
const ofAccountSql = demandSql('account_id');
const ofSubaccountSql = demandSql('subaccount_id');

interface CountedDemand {
  readonly areas: readonly AreaDemand[];
  /** Set where there are more messages than were read: from then on every one is counted. */
  readonly firstCountedAt: Date | undefined;
}

/** Counts the messages of a powerpack from a time to another one, by area code. */
export async function countDemand(
  db: Db,
  scope: Scope,
  powerpackUuid: string,
  from: Date,
  to: Date,
): Promise<CountedDemand> {
  const values = [scope.accountId, firstIdOf(from.getTime()), firstIdOf(to.getTime()), powerpackUuid];
  const [row] = await db.query<Row>(
    scope.subaccountId === undefined ? ofAccountSql : ofSubaccountSql,
    values,
  );
  const isCut = row !== undefined && row.count >= maxRead;
  return {
    // In the millisecond of the oldest row, other messages may have been left out.
    firstCountedAt: isCut && row.first_ms !== null ? new Date(Math.floor(row.first_ms) + 1) : undefined,
    areas: (row?.areas ?? []).map(({ area_code: areaCode, messages, segments, busiest }) => ({
      areaCode,
      messages,
      segments,
      busiestDaySegments: busiest,
    })),
  };
}
