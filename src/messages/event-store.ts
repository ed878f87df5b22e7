// SQL of a message's history: what happened to it beside the ordinary.
import type { Reader, Transaction } from '../db/db.ts';

export interface MessageEvent {
  readonly messageId: string;
  readonly at: Date;
  /** One word. */
  readonly event: 'postponed' | 'repeated' | 'doubtful' | 'failed' | 'answer';
  /** A sentence for people. */
  readonly detail: string;
}

const insertSql = `
  insert into message_events (message_id, at, event, detail)
  select * from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[])`;

export function insertEvents(tx: Transaction, events: readonly MessageEvent[]): void {
  if (events.length === 0) return;
  tx.send(insertSql, [
    events.map(({ messageId }) => messageId),
    events.map(({ at }) => at),
    events.map(({ event }) => event),
    events.map(({ detail }) => detail),
  ]);
}

/** The most events that one answer shows. */
const maxShown = 200;

/** The events of one message, the first first. */
export async function listEvents(db: Reader, messageId: string): Promise<Omit<MessageEvent, 'messageId'>[]> {
  return db.query('select at, event, detail from message_events where message_id = $1 order by at limit $2', [
    messageId,
    maxShown,
  ]);
}
