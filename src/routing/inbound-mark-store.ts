// SQL of the marks by which a message that a carrier delivers again is known (carriers.md section 4.8).
import type { Clock } from '../base/clock.ts';
import type { InboundMark, InboundMarks } from '../carriers/smpp/inbound-names.ts';
import type { Db, Reader } from '../db/db.ts';

/** A carrier that has not delivered again by then will not. */
const markMinutes = 10;

/** An equal message is the same one when it came in another session and no good answer is known, or when its answer was bad. */
const nameSql = `
  insert into inbound_marks (carrier, hash, name, session, at) values ($1, decode($2, 'hex'), $3, $4, $5)
  on conflict (carrier, hash) do update set
    name = case
      when inbound_marks.at >= $5::timestamptz - ${markMinutes} * interval '1 minute'
        and (inbound_marks.answered_badly or inbound_marks.session <> excluded.session) then inbound_marks.name
      else excluded.name
    end,
    session = excluded.session, at = excluded.at, answered_badly = false
  returning name`;

const goodSql = `delete from inbound_marks where carrier = $1 and hash = decode($2, 'hex') and session = $3`;
const badSql = `
  update inbound_marks set answered_badly = true where carrier = $1 and hash = decode($2, 'hex') and session = $3`;

/** Returns the marks of all processes. */
export function makeInboundMarks(db: Db, now: Clock): InboundMarks {
  return {
    async name({ carrier, hash, name, session }: InboundMark): Promise<string> {
      const [row] = await db.query<{ name: string }>(nameSql, [carrier, hash, name, session, now()]);
      return row?.name ?? name;
    },
    async answered({ carrier, hash, session }: InboundMark, isGood: boolean): Promise<void> {
      await db.query(isGood ? goodSql : badSql, [carrier, hash, session]);
    },
  };
}

/** Deletes some marks that mean nothing any more, at most `limit`, and returns how many. */
export async function deleteOldMarks(db: Reader, now: Date, limit: number): Promise<number> {
  const deleted = await db.query<object>(
    `delete from inbound_marks where (carrier, hash) in (
       select carrier, hash from inbound_marks where at < $1::timestamptz - ${markMinutes} * interval '1 minute' limit $2
     ) returning 1 as deleted`,
    [now, limit],
  );
  return deleted.length;
}
