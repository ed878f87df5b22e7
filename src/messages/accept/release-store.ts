// SQL of messages whose moment has come: read as they were accepted, and given the sender and the send slot that they have now.
import type { Transaction } from '../../db/db.ts';
import type { Message } from '../message.ts';
import { detailsText, type MessageRow, messageColumns, messageFromRow, type NewMessage } from '../store.ts';

export interface ReleasedMessage {
  readonly message: Message;
  readonly text: string;
  /** Whether a powerpack chose its sender, and does so again. */
  readonly isChosen: boolean;
}

/** Returns those of the messages that are still queued, in the order in which they were accepted. */
export async function loadReleased(tx: Transaction, ids: readonly string[]): Promise<ReleasedMessage[]> {
  if (ids.length === 0) return [];
  const rows = await tx.query<MessageRow & { text: string | null; is_chosen: boolean }>(
    `select ${messageColumns}, messages.text, messages.selection is not null as is_chosen
     from messages where id = any($1::uuid[]) and status = 'queued' order by id`,
    [ids],
  );
  return rows.map((row) => ({
    message: messageFromRow(row),
    text: row.text ?? '',
    isChosen: row.is_chosen,
  }));
}

const giveSql = `
  update messages set sender = given.sender, due_at = given.due_at, selection = given.selection, details = given.details
  from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::jsonb[], $5::jsonb[])
    as given (id, sender, due_at, selection, details)
  where messages.id = given.id`;

/** Stores the senders and the send slots that messages have got, and the details that follow. */
export function giveSlots(tx: Transaction, messages: readonly NewMessage[]): void {
  if (messages.length === 0) return;
  const sorted = messages.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  tx.send(giveSql, [
    sorted.map(({ id }) => id),
    sorted.map(({ sender }) => sender),
    sorted.map(({ dueAt }) => dueAt ?? null),
    sorted.map(({ selection }) => (selection === undefined ? null : JSON.stringify(selection))),
    sorted.map(({ details }) => detailsText(details)),
  ]);
}
