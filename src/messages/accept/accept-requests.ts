// Accepts send requests: their messages are stored, paced and queued in one transaction.
import type { Settings } from '../../base/config.ts';
import { ApiError } from '../../base/errors.ts';
import { type RandomBytes, uuidv7, uuidv7After } from '../../base/id.ts';
import type { Tracer } from '../../base/tracer.ts';
import { RunAgain, type Transaction } from '../../db/db.ts';
import type { Notifier } from '../../events/notifier.ts';
import { attachMedia } from '../../media/message-media-store.ts';
import { queueOfSender } from '../../powerpacks/queue-name.ts';
import type { PoolCache } from '../../powerpacks/selection/pool-cache.ts';
import { keepStickySenders, type MappingRequest } from '../../powerpacks/sticky/sticky-store.ts';
import type { CallbackQueue } from '../../webhooks/callback-queue.ts';
import { insertJobs } from '../outbox/outbox-store.ts';
import { allFree, type QueueSchedule } from '../outbox/pacing.ts';
import { insertScheduled } from '../outbox/schedule-store.ts';
import { insertEvents, type MessageEvent } from '../report/event-store.ts';
import { queueStatusCallbacks } from '../report/record-status.ts';
import type { Acceptance, SendRequest } from '../send-request.ts';
import { insertMessages } from '../store.ts';
import { type ChosenMessage, chooseSenders, chosenMessages } from './choose-senders.ts';
import { type AcceptedMessage, reserveSendSlots } from './reserve-send-slots.ts';
import { traceChoices } from './trace-choices.ts';
import { scheduledInWords } from './wait-of.ts';

export interface AcceptParts {
  /** The pools that this process sends from. */
  readonly pools: PoolCache;
  readonly settings: Settings;
  readonly notifier: Notifier;
  readonly callbacks: CallbackQueue;
  readonly randomBytes: RandomBytes;
  /** Where tracing is on. */
  readonly tracer?: Tracer | undefined;
}

/**
 * Stores the messages of one send request, by itself.
 * @throws ApiError for one that cannot be accepted.
 */
export async function acceptRequest(
  tx: Transaction,
  request: SendRequest,
  now: Date,
  parts: AcceptParts,
): Promise<Acceptance> {
  const [answer] = await acceptRequests(tx, [request], now, parts);
  if (answer === undefined || answer instanceof ApiError) throw answer;
  return answer;
}

/**
 * Stores the messages of send requests together. Returns a result for each, in order; a send request that is answered with an
 * `ApiError` has left nothing behind. The number of statements does not grow with the number of send requests.
 */
export async function acceptRequests(
  tx: Transaction,
  requests: readonly SendRequest[],
  now: Date,
  parts: AcceptParts,
): Promise<readonly (Acceptance | ApiError)[]> {
  // The identifiers of messages tell when they were accepted, to the millisecond.
  const newId = () => uuidv7(now, parts.randomBytes);
  /** Returns the id of a message: an answer is listed after what it answers, which may be of the same millisecond. */
  const newMessageId = ({ request: { details } }: ChosenMessage) =>
    details.answerTo === undefined ? newId() : uuidv7After(details.answerTo, now, parts.randomBytes);
  const endSpans = parts.tracer === undefined ? undefined : traceChoices(parts.tracer, requests);
  const { choices, mappings } = await chooseSenders(tx, requests, now, parts);
  endSpans?.(choices);
  // Mappings are locked before sender queues by all who lock both.
  const [, { accepted, schedules, overrun }] = await Promise.all([
    keepMappings(tx, mappings, now, parts.settings.stickyDays),
    reserveSendSlots(tx, choices.flatMap(chosenMessages), now, newMessageId),
  ]);
  checkWarmUps(parts.pools, overrun);
  const messages = accepted.map(({ message }) => message);
  const jobs = accepted.flatMap(({ job }) => job ?? []);
  insertMessages(tx, messages);
  insertJobs(tx, jobs);
  const scheduled = accepted.flatMap((one) => one.scheduled ?? []);
  insertScheduled(tx, scheduled);
  insertEvents(tx, accepted.flatMap(eventsOf));
  await attachMedia(
    tx,
    now,
    accepted.flatMap(({ message, chosen: { request } }) =>
      request.media.map((medium, position) => ({ messageId: message.id, position, ...medium })),
    ),
  );
  queueStatusCallbacks(tx, messages, now, { newId, ...parts });
  tx.afterCommit(() => {
    noteLoads(parts.pools, accepted, schedules);
    parts.notifier.emit('queues', [...new Set(jobs.map(({ queue }) => queue))]);
    if (scheduled.length > 0) parts.notifier.emit('schedule');
  });
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

const noEvents: readonly MessageEvent[] = [];

/** Returns the events with which the history of a message begins, or goes on where it has waited: none for nearly all. */
export function eventsOf({ chosen, message, failure, scheduled }: AcceptedMessage): readonly MessageEvent[] {
  const { id: messageId, acceptedAt: at } = message;
  if (failure !== undefined) return [{ messageId, at, event: 'failed', detail: failure }];
  if (scheduled === undefined) return noEvents;
  return [{ messageId, at, event: 'scheduled', detail: scheduledInWords(chosen, scheduled) }];
}

/** Changes the loads of members in the pools in memory to those of these schedules. */
export function noteLoads(
  pools: PoolCache,
  accepted: readonly AcceptedMessage[],
  schedules: ReadonlyMap<string, QueueSchedule>,
): void {
  const powerpacks = new Map(accepted.map(({ chosen: { queue, powerpackUuid } }) => [queue, powerpackUuid]));
  for (const [queue, schedule] of schedules) {
    const { segmentsToday } = schedule;
    const uuid = powerpacks.get(queue);
    if (uuid !== undefined)
      pools.noteLoad(uuid, queue, { freeAtMs: allFree(schedule).getTime(), segmentsToday });
  }
}

/**
 * Checks that no member of these powerpacks is given more than its warm-up allows: where other processes have sent from it meanwhile, the
 * transaction runs again, and chooses by its load.
 * @throws RunAgain
 */
export function checkWarmUps(pools: PoolCache, overrun: readonly string[]): void {
  if (overrun.length === 0) return;
  for (const uuid of overrun) pools.expireLoads(uuid);
  throw new RunAgain('A member has sent what its warm-up allows meanwhile.');
}

/**
 * Stores mappings. The first writer wins: where another process has just mapped a destination to another member, the transaction runs
 * again and chooses with that mapping.
 * @throws RunAgain
 */
export async function keepMappings(
  tx: Transaction,
  mappings: readonly MappingRequest[],
  now: Date,
  stickyDays: number,
): Promise<void> {
  const kept = await keepStickySenders(tx, mappings, now, stickyDays);
  const isLost = mappings.some((mapping, index) => kept[index] !== queueOfSender(mapping));
  if (isLost) throw new RunAgain('A destination was mapped to another member meanwhile.');
}
