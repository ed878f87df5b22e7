// The SQL of moving recipients from member to member.
import { daysBefore } from '../../base/days.ts';
import type { Reader, Transaction } from '../../db/db.ts';
import { queueOfSender } from '../queue-name.ts';
import type { Mapping, Move } from './redistribution.ts';

interface MemberRow {
  sender: string;
  country_iso2: string;
}

const queueOfRow = ({ sender, country_iso2: countryIso2 }: MemberRow): string =>
  queueOfSender({ sender, countryIso2 });

/** Returns how many recipients each member of a pool has whose mapping is young enough, by its sender queue. */
export async function countRecipients(
  reader: Reader,
  poolUuid: string,
  now: Date,
  lifeDays: number,
): Promise<Map<string, number>> {
  const rows = await reader.query<MemberRow & { count: number }>(
    `select sender, country_iso2, count(*) as count from sticky_senders
     where pool_uuid = $1 and last_message_at > $2 group by sender, country_iso2`,
    [poolUuid, daysBefore(now, lifeDays)],
  );
  return new Map(rows.map((row) => [queueOfRow(row), row.count]));
}

/** Returns the mappings of some members that are young enough, in the order of the recipients, so many at most. */
export async function loadMappings(
  reader: Reader,
  poolUuid: string,
  members: readonly { readonly sender: string; readonly countryIso2: string }[],
  now: Date,
  lifeDays: number,
  limit: number,
): Promise<Mapping[]> {
  const rows = await reader.query<MemberRow & { destination: string }>(
    `select destination, sticky_senders.sender, sticky_senders.country_iso2 from sticky_senders
     join unnest($2::text[], $3::text[]) as wanted (sender, country_iso2)
       on (sticky_senders.sender, sticky_senders.country_iso2) = (wanted.sender, wanted.country_iso2)
     where pool_uuid = $1 and last_message_at > $4 order by destination limit $5`,
    [
      poolUuid,
      members.map(({ sender }) => sender),
      members.map(({ countryIso2 }) => countryIso2),
      daysBefore(now, lifeDays),
      limit,
    ],
  );
  return rows.map((row) => ({ destination: row.destination, queue: queueOfRow(row) }));
}

/**
 * Moves recipients, whose mappings stay as old as they are; one that has been changed meanwhile is left. The transaction must hold the
 * version of the pool. Returns how many were moved.
 */
export async function moveRecipients(
  tx: Transaction,
  poolUuid: string,
  moves: readonly Move[],
): Promise<number> {
  if (moves.length === 0) return 0;
  const ordered = [...moves].sort((one, other) => (one.destination < other.destination ? -1 : 1));
  const [row] = await tx.query<{ count: number }>(
    `with moves as (
       select * from unnest($2::text[], $3::text[], $4::text[], $5::text[])
         as moves (destination, old_sender, sender, country_iso2)),
     locked as materialized (
       select moves.* from moves join sticky_senders on pool_uuid = $1
         and sticky_senders.destination = moves.destination and sticky_senders.sender = moves.old_sender
       order by moves.destination for update of sticky_senders),
     moved as (
       update sticky_senders set sender = locked.sender, country_iso2 = locked.country_iso2 from locked
       where pool_uuid = $1 and sticky_senders.destination = locked.destination returning 1)
     select count(*) as count from moved`,
    [
      poolUuid,
      ordered.map(({ destination }) => destination),
      ordered.map(({ from }) => from.sender),
      ordered.map(({ to }) => to.sender),
      ordered.map(({ to }) => to.countryIso2),
    ],
  );
  return row?.count ?? 0;
}
