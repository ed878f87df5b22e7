// The only place that changes the status of a message. The status callback is queued in the same transaction.
import type { Transaction } from '../../db/db.ts';
import { changesOf } from '../../events/account-change.ts';
import type { Notifier } from '../../events/notifier.ts';
import type { CallbackQueue } from '../../webhooks/callback-queue.ts';
import type { NewWebhook } from '../../webhooks/webhook.ts';
import { noteFailures } from '../failed-message-store.ts';
import {
  type Direction,
  finalStatuses,
  keepsNumber,
  type Message,
  type NextStatuses,
  nextStatuses,
  ownerOf,
  type Status,
} from '../message.ts';
import { countFinished } from '../outbox/sender-hours-store.ts';
import { type MessageRow, messageColumns, messageFromRow } from '../store.ts';
import { statusCallbackParameters } from './status-callback.ts';

export interface StatusChange {
  readonly messageId: string;
  readonly status: Status;
  /** A code of `error-codes.ts`; 0 after a positive report, undefined while there is none. */
  readonly errorCode?: number | undefined;
  /** When it happened, as the carrier says where it reports it: no moment before the one before or after now is believed. */
  readonly at: Date;
  /** The carrier, where the message was sent. */
  readonly carrier?: string | undefined;
}

/** The parts that take the callback of a changed status, and the news of it. */
export interface StatusParts {
  readonly notifier: Notifier;
  readonly callbacks: CallbackQueue;
  readonly newId: () => string;
}

/** Names the moves of `nextStatuses` for the database, so that it allows the same ones under its lock. */
const legalMoves = (Object.entries(nextStatuses) as [Direction, NextStatuses][]).flatMap(
  ([direction, moves]) =>
    Object.entries(moves).flatMap(([from, to]) => to.map((next) => `${direction} ${from} ${next}`)),
);

/** A carrier's clock may be wrong, and its report is about something that was sent already. */
const moment =
  'greatest(coalesce(messages.sent_at, messages.accepted_at), least(changes.at, $8::timestamptz))';

// What may not be kept goes once it is no longer needed: the text when it was handed over, the number when nothing follows.
const changeSql = `
  update messages set
    status = changes.status,
    error_code = changes.error_code,
    sent_at = case when changes.status = 'sent' then ${moment} else sent_at end,
    finished_at = case when changes.status = any($6) then ${moment} end,
    updated_at = ${moment},
    carrier = coalesce(changes.carrier, messages.carrier),
    callbacks = callbacks + (callback_url is not null)::integer,
    text = case when log in ('true', 'content_only') then text end
  from unnest($1::uuid[], $2::text[], $3::smallint[], $4::timestamptz[], $5::text[])
    as changes (id, status, error_code, at, carrier)
  where messages.id = changes.id and messages.direction || ' ' || messages.status || ' ' || changes.status = any($7)
  returning ${messageColumns}`;

/**
 * Changes statuses, forwards only: what would go backwards or nowhere is left as it is. Queues the status callbacks and counts
 * what is finished for the health of its number. Returns the messages that changed, as they are now. A message may stand in
 * `changes` once. `now` is our own time.
 */
export async function recordStatuses(
  tx: Transaction,
  changes: readonly StatusChange[],
  now: Date,
  parts: StatusParts,
): Promise<readonly Message[]> {
  if (changes.length === 0) return [];
  // Rows are locked in one order by all who change several.
  const sorted = [...changes].sort((a, b) => (a.messageId < b.messageId ? -1 : 1));
  const rows = await tx.query<MessageRow>(changeSql, [
    sorted.map(({ messageId }) => messageId),
    sorted.map(({ status }) => status),
    sorted.map(({ errorCode }) => errorCode ?? null),
    sorted.map(({ at }) => at),
    sorted.map(({ carrier }) => carrier ?? null),
    finalStatuses,
    legalMoves,
    now,
  ]);
  const changed = rows.map(messageFromRow);
  queueStatusCallbacks(tx, changed, now, parts);
  countFinished(tx, changed);
  noteFailures(tx, changed);
  return changed;
}

/**
 * Adds the status callback of each message that has a URL for it, due at `now`, for the status that it has now, and announces the
 * change to the clients that watch its account.
 */
export function queueStatusCallbacks(
  tx: Transaction,
  messages: readonly Message[],
  now: Date,
  { notifier, callbacks, newId }: StatusParts,
): void {
  tx.afterCommit(() => announceMessages(messages, notifier));
  const calls = messages.flatMap((message): NewWebhook[] => {
    if (message.callback === undefined || message.direction === 'inbound') return [];
    return [
      {
        id: newId(),
        accountId: ownerOf(message),
        mainId: message.accountId,
        messageId: message.id,
        kind: 'status',
        parameters: statusCallbackParameters(message),
        isPrivate: !keepsNumber(message.log),
        ...message.callback,
      },
    ];
  });
  callbacks.add(tx, calls, now);
}

/** Sends the change of messages, which is durable by now, to the clients that watch their accounts. */
export function announceMessages(
  messages: readonly Pick<Message, 'accountId' | 'subaccountId'>[],
  notifier: Notifier,
): void {
  const accounts = messages.map(({ accountId, subaccountId }) => ({ mainId: accountId, subaccountId }));
  for (const change of changesOf('messages', accounts)) notifier.announce(change);
}
