// SQL of a message's history: what happened to it beside the ordinary.
import type { Reader, Transaction } from '../../db/db.ts';

/** Every kind of event, in one word. */
export const eventKinds = [
  'scheduled',
  'deferred',
  'repeated',
  'doubtful',
  'late',
  'report',
  'failed',
  'answer',
  'content',
  'incomplete',
] as const;
type EventKind = (typeof eventKinds)[number];

export interface MessageEvent {
  readonly messageId: string;
  readonly at: Date;
  readonly event: EventKind;
  /** A sentence for people. */
  readonly detail: string;
}

/** How many events of one kind are kept of a message: each time it is tried adds one. */
const maxOfKind = 50;
/** The most events that one answer shows. */
const maxShown = 200;

const insertSql = `
  with added as (
    select * from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[]) as added (message_id, at, event, detail)),
  dropped as (
    delete from message_events where (tableoid, ctid) in (
      select old.tableoid, old.ctid
      from added cross join lateral (
        select message_events.tableoid, message_events.ctid from message_events
        where (message_events.message_id, message_events.event) = (added.message_id, added.event)
        order by message_events.at desc offset ${maxOfKind - 1}) old))
  insert into message_events (message_id, at, event, detail) select * from added`;

/** Adds to the history of messages. Of each kind the newest 50 of a message are kept. */
export function insertEvents(tx: Transaction, events: readonly MessageEvent[]): void {
  if (events.length === 0) return;
  tx.send(insertSql, [
    events.map(({ messageId }) => messageId),
    events.map(({ at }) => at),
    events.map(({ event }) => event),
    events.map(({ detail }) => detail),
  ]);
}

/** Returns the newest 200 events of one message, the oldest first. */
export async function listEvents(db: Reader, messageId: string): Promise<Omit<MessageEvent, 'messageId'>[]> {
  const newestFirst = await db.query<Omit<MessageEvent, 'messageId'>>(
    'select at, event, detail from message_events where message_id = $1 order by at desc limit $2',
    [messageId, maxShown],
  );
  return newestFirst.reverse();
}
