// The SQL that counts a pool's members by area code.
import { utcDay } from '../../base/days.ts';
import type { Reader } from '../../db/db.ts';
import { queueColumn } from './pool-store.ts';
import type { PoolArea } from './regions.ts';

const areasSql = `
  select case when kind = 'longcode' and sender like '1__________' then substr(sender, 2, 3) else '' end as area_code,
    count(*) as members, coalesce(sum(queued), 0) as queued,
    coalesce(sum(segments_today) filter (where day = $2::date), 0) as segments_today
  from pool_members left join sender_queues on sender_queues.queue = ${queueColumn}
  where pool_uuid = $1 and not detached group by area_code`;

/** Returns the members of a pool by area code; segments are those of the UTC day of `now`. */
export async function countPoolAreas(reader: Reader, poolUuid: string, now: Date): Promise<PoolArea[]> {
  const rows = await reader.query<{
    area_code: string;
    members: number;
    queued: number;
    segments_today: number;
  }>(areasSql, [poolUuid, utcDay(now)]);
  return rows.map((row) => ({
    areaCode: row.area_code,
    members: row.members,
    queued: row.queued,
    segmentsToday: row.segments_today,
  }));
}
