// Gives each message of a batch a send slot in the sender queue of its sender, and makes the message and the job that follow.
import type { Transaction } from '../../db/db.ts';
import { blockedInWords } from '../../powerpacks/opt-outs/explain-opt-outs.ts';
import { errorCodes } from '../error-codes.ts';
import { keepsText, type MessageDetails } from '../message.ts';
import type { NewJob } from '../outbox/outbox-store.ts';
import { type QueueSchedule, reserveSlot, type SendSlot } from '../outbox/pacing.ts';
import type { ScheduledMessage } from '../outbox/schedule-store.ts';
import { type Reservation, reserve, saveSchedules } from '../outbox/sender-queue-store.ts';
import { expiresAt, opensAt } from '../send-request.ts';
import type { NewMessage } from '../store.ts';
import type { ChosenMessage } from './choose-senders.ts';
import { expiresFirst, quietAround, quietWait, type Wait, waitOf } from './wait-of.ts';

/** A chosen message as it is to be stored. */
export interface AcceptedMessage {
  readonly chosen: ChosenMessage;
  readonly message: NewMessage;
  /** Absent for what fails at once or is scheduled. */
  readonly job: NewJob | undefined;
  /** Of what waits for its moment before it gets a send slot. */
  readonly scheduled: ScheduledMessage | undefined;
  /** Of what fails at once: why, for its history. */
  readonly failure: string | undefined;
}

interface Reserved {
  /** In the order of the messages. */
  readonly accepted: readonly AcceptedMessage[];
  /** The schedules of the sender queues that were reserved in, by sender queue. */
  readonly schedules: ReadonlyMap<string, QueueSchedule>;
  /** Powerpacks of whose members one would send more than its warm-up allows: other processes have sent from it meanwhile. */
  readonly overrun: readonly string[];
}

const secondMs = 1000;

/**
 * Reserves a send slot for each message (semantics section 3). Messages that an opt-out blocks fail at once, and so do those that would
 * come too late; messages whose moment is yet to come, and those whose slot would be in quiet hours, wait. None of these reserves anything.
 */
export async function reserveSendSlots(
  tx: Transaction,
  chosen: readonly ChosenMessage[],
  now: Date,
  newId: (chosen: ChosenMessage) => string,
): Promise<Reserved> {
  const waits = chosen.map((one) => waitOf(one, now));
  const going = chosen.filter(
    ({ blockedBy }, index) => blockedBy === undefined && waits[index] === undefined,
  );
  const schedules =
    going.length === 0 ? new Map<string, QueueSchedule>() : await reserve(tx, totalsOf(going), now);
  const shortened = new Set<string>();
  const overrun = new Set<string>();
  const accepted = chosen.map((one, index) => {
    const { queue, powerpackUuid, blockedBy, segments, busyMs, warmUpLimit, request } = one;
    if (blockedBy !== undefined) {
      return failed(
        one,
        errorCodes.blockedByStop.code,
        blockedInWords(blockedBy, { queue, powerpackUuid }),
        now,
        newId(one),
      );
    }
    const wait = waits[index];
    if (wait !== undefined) return later(one, wait, now, newId(one));
    const schedule = schedules.get(queue);
    if (schedule === undefined) throw new Error(`nothing was reserved in the sender queue ${queue}`);
    const expires = expiresAt(request, opensAt(request, now), now);
    const reserved = reserveSlot(
      schedule,
      { segments, busyMs, priority: one.priority, expiresAt: expires },
      now,
    );
    if ('tooLateAt' in reserved) {
      shortened.add(queue);
      return failed(one, errorCodes.expired.code, tooLate(one, reserved.tooLateAt, now), now, newId(one));
    }
    const quiet = quietWait(one, reserved.slot.dueAt);
    if (quiet !== undefined) {
      shortened.add(queue);
      return later(one, quiet, now, newId(one));
    }
    schedules.set(queue, reserved.queue);
    if (warmUpLimit !== null && reserved.queue.segmentsToday > warmUpLimit) overrun.add(powerpackUuid ?? '');
    return queued(one, reserved.slot, expires, now, newId(one));
  });
  saveSchedules(tx, new Map([...schedules].filter(([queue]) => shortened.has(queue))));
  return { accepted, schedules, overrun: [...overrun] };
}

function tooLate({ request }: ChosenMessage, at: Date, now: Date): string {
  const waitSeconds = Math.ceil((at.getTime() - now.getTime()) / secondMs);
  const why = `it would have waited ${waitSeconds} s for its number, and expires after ${request.expirySeconds} s`;
  const { waited } = request;
  return waited === undefined ? why : `${why}, counted from ${waited.until.toISOString()}`;
}

/** Returns what is wanted of each sender queue. */
function totalsOf(going: readonly ChosenMessage[]): Map<string, Reservation> {
  const totals = new Map<string, Reservation>();
  for (const { queue, segments, busyMs, priority } of going) {
    const total = totals.get(queue);
    const isBulk = priority === 'bulk';
    totals.set(queue, {
      queue,
      jobs: (total?.jobs ?? 0) + 1,
      segments: (total?.segments ?? 0) + segments,
      busyMs: (total?.busyMs ?? 0) + (isBulk ? 0 : busyMs),
      bulkBusyMs: (total?.bulkBusyMs ?? 0) + (isBulk ? busyMs : 0),
    });
  }
  return totals;
}

/** Returns a message that is accepted and fails in the same moment. Its text is needed by its owner alone. */
function failed(
  chosen: ChosenMessage,
  errorCode: number,
  failure: string,
  now: Date,
  id: string,
): AcceptedMessage {
  const message = messageOf(chosen, { id, acceptedAt: now, dueAt: undefined });
  return {
    chosen,
    message: {
      ...message,
      status: 'failed',
      errorCode,
      finishedAt: now,
      updatedAt: now,
      text: keepsText(message.log) ? message.text : undefined,
    },
    job: undefined,
    scheduled: undefined,
    failure,
  };
}

/** Returns a message that waits for its moment, or fails at once where it expires before. */
function later(chosen: ChosenMessage, wait: Wait, now: Date, id: string): AcceptedMessage {
  const { until: sendAt, reason } = wait;
  const expires = expiresAt(chosen.request, sendAt === 'never' ? now : sendAt, now);
  if (sendAt === 'never' || sendAt >= expires) {
    return failed(chosen, errorCodes.expired.code, expiresFirst(chosen, wait, expires), now, id);
  }
  const message = messageOf(chosen, { id, acceptedAt: now, dueAt: undefined });
  const { accountId } = chosen.request;
  return {
    chosen,
    message,
    job: undefined,
    scheduled: { messageId: id, accountId, sendAt, reason },
    failure: undefined,
  };
}

function queued(
  chosen: ChosenMessage,
  { dueAt, position }: SendSlot,
  expiresAt: Date,
  now: Date,
  id: string,
): AcceptedMessage {
  return {
    chosen,
    message: messageOf(chosen, { id, acceptedAt: now, dueAt }),
    job: {
      queue: chosen.queue,
      position,
      messageId: id,
      dueAt,
      expiresAt,
      busyMs: chosen.busyMs,
      passesOptOut: chosen.passesOptOut,
      ...quietAround(chosen, dueAt, now),
    },
    scheduled: undefined,
    failure: undefined,
  };
}

function messageOf(
  chosen: ChosenMessage,
  { id, acceptedAt, dueAt }: Pick<NewMessage, 'id' | 'acceptedAt' | 'dueAt'>,
): NewMessage {
  const { request, destination } = chosen;
  return {
    id,
    accountId: request.accountId,
    subaccountId: request.subaccountId,
    direction: 'outbound',
    status: 'queued',
    service: request.service,
    sender: chosen.sender,
    destination: destination.number,
    countryIso2: destination.countryIso2,
    text: chosen.text,
    segments: chosen.segments,
    log: request.log,
    powerpackUuid: chosen.powerpackUuid,
    errorCode: undefined,
    acceptedAt,
    dueAt,
    sentAt: undefined,
    finishedAt: undefined,
    updatedAt: undefined,
    callback: request.callback,
    callbacks: request.callback === undefined ? 0 : 1,
    requesterIp: request.requesterIp,
    carrier: undefined,
    details: detailsOf(chosen),
    selection: chosen.selection,
  };
}

/** Returns the details of a message: its campaign, its priority, and the validity that its request named where it may have to wait. */
function detailsOf({ request, campaignId, priority, quietHours }: ChosenMessage): MessageDetails {
  const { details, hasOwnExpiry, expirySeconds } = request;
  const mayWait = quietHours !== undefined && hasOwnExpiry === true;
  if (campaignId === undefined && priority !== 'bulk' && !mayWait) return details;
  return {
    ...details,
    ...(campaignId === undefined ? {} : { campaignId }),
    ...(mayWait ? { expirySeconds } : {}),
    ...(priority === 'bulk' ? { priority } : {}),
  };
}
