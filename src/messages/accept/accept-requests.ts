// Accepting: from send requests to messages that are stored, paced and queued, in one transaction (house.md 3.4).
import type { Settings } from '../../base/config.ts';
import { ApiError } from '../../base/errors.ts';
import { type RandomBytes, uuidv7 } from '../../base/id.ts';
import { RunAgain, type Transaction } from '../../db/db.ts';
import type { Notifier } from '../../events/notifier.ts';
import { attachMedia } from '../../media/message-media-store.ts';
import { blockedInWords } from '../../powerpacks/opt-outs/explain-opt-outs.ts';
import type { PoolCache } from '../../powerpacks/selection/pool-cache.ts';
import { keepStickySenders } from '../../powerpacks/sticky/sticky-store.ts';
import { insertJobs } from '../outbox/outbox-store.ts';
import { insertEvents, type MessageEvent } from '../report/event-store.ts';
import { tellStatuses } from '../report/record-status.ts';
import type { Acceptance, SendRequest } from '../send-request.ts';
import { insertMessages } from '../store.ts';
import { chooseSenders, type Mapping } from './choose-senders.ts';
import { type Accepted, reserveSendSlots } from './reserve-send-slots.ts';

export interface AcceptParts {
  /** The pools that this process sends from. */
  readonly pools: PoolCache;
  readonly settings: Settings;
  readonly notifier: Notifier;
  readonly randomBytes: RandomBytes;
}

/**
 * Accepts send requests together, each by itself: an answer for each, in order. What is answered with an `ApiError` has left nothing
 * behind. The number of statements does not grow with the number of send requests.
 */
export async function acceptRequests(
  tx: Transaction,
  requests: readonly SendRequest[],
  now: Date,
  parts: AcceptParts,
): Promise<readonly (Acceptance | ApiError)[]> {
  // The identifiers of messages tell when they were accepted, to the millisecond.
  const newId = () => uuidv7(now, parts.randomBytes);
  const { requests: choices, mappings } = await chooseSenders(tx, requests, now, parts);
  const chosen = choices
    .flatMap((choice) => (choice instanceof ApiError ? [] : choice))
    .filter((choice) => choice.sender !== undefined);
  // Mappings are locked before sender queues by all who lock both.
  const [, accepted] = await Promise.all([
    keepMappings(tx, mappings, now, parts.settings.stickyDays),
    reserveSendSlots(tx, chosen, now, newId),
  ]);
  const messages = accepted.map(({ message }) => message);
  const jobs = accepted.flatMap(({ job }) => job ?? []);
  insertMessages(tx, messages);
  insertJobs(tx, jobs);
  insertEvents(
    tx,
    accepted.flatMap((one) => [...blockedEvent(one), ...tooLateEvent(one)]),
  );
  await attachMedia(
    tx,
    now,
    accepted.flatMap(({ message, chosen: { request } }) =>
      request.media.map((medium, position) => ({ messageId: message.id, position, ...medium })),
    ),
  );
  tellStatuses(tx, messages, now, { notifier: parts.notifier, newId });
  tx.afterCommit(() => parts.notifier.emit('queues', [...new Set(jobs.map(({ queue }) => queue))]));
  const ids = messages.map(({ id }) => id).values();
  return choices.map((choice) =>
    choice instanceof ApiError
      ? choice
      : choice.map(({ destination, sender }) => ({
          given: destination.given ?? destination.number,
          messageId: sender === undefined ? undefined : ids.next().value,
        })),
  );
}

/** What the history of a message says that expires before its number would have been free for it. */
function tooLateEvent({ message, chosen: { request }, tooLateAt }: Accepted): readonly MessageEvent[] {
  if (tooLateAt === undefined) return [];
  const waitSeconds = Math.ceil((tooLateAt.getTime() - message.acceptedAt.getTime()) / 1000);
  const detail = `it would have waited ${waitSeconds} s for its number, and expires after ${request.expirySeconds} s`;
  return [{ messageId: message.id, at: message.acceptedAt, event: 'failed', detail }];
}

/** Which STOP kept a message from being sent, for its history. */
function blockedEvent({
  message,
  chosen: { blockedBy, queue, powerpackUuid },
}: Accepted): readonly MessageEvent[] {
  if (blockedBy === undefined) return [];
  const detail = blockedInWords(blockedBy, { queue, powerpackUuid });
  return [{ messageId: message.id, at: message.acceptedAt, event: 'failed', detail }];
}

/**
 * Keeps mappings. The first writer wins: where another process has just mapped a destination to another member, everything is
 * chosen again, knowing it.
 * @throws RunAgain
 */
async function keepMappings(
  tx: Transaction,
  mappings: readonly Mapping[],
  now: Date,
  stickyDays: number,
): Promise<void> {
  const kept = await keepStickySenders(tx, mappings, now, stickyDays);
  const isLost = mappings.some(({ queue }, index) => kept[index] !== queue);
  if (isLost) throw new RunAgain('A destination was mapped to another member meanwhile.');
}
