// When each message of a batch goes: a send slot in the sender queue of its sender, and the message and the job that follow.
import type { Transaction } from '../../db/db.ts';
import { errorCodes } from '../error-codes.ts';
import { keepsText } from '../message.ts';
import type { NewJob } from '../outbox/outbox-store.ts';
import { type QueueSchedule, reserveSlot, type SendSlot } from '../outbox/pacing.ts';
import { type Reservation, reserve, saveSchedules } from '../outbox/sender-queue-store.ts';
import type { NewMessage } from '../store.ts';
import type { ChosenSender } from './choose-senders.ts';

/** What is to be stored of one message. */
export interface Accepted {
  readonly chosen: ChosenSender;
  readonly message: NewMessage;
  /** Absent for what fails at once. */
  readonly job: NewJob | undefined;
  /** Of what expires before its number would have been free for it: when that would have been. */
  readonly tooLateAt?: Date;
}

const secondMs = 1000;

/**
 * Gives each message a send slot (semantics section 3). What the destination has opted out of fails at once, and so does what would
 * come too late; neither reserves anything. Answers what is to be stored, in order.
 */
export async function reserveSendSlots(
  tx: Transaction,
  chosen: readonly ChosenSender[],
  now: Date,
  newId: () => string,
): Promise<readonly Accepted[]> {
  const going = chosen.filter(({ blockedBy }) => blockedBy === undefined);
  const schedules =
    going.length === 0 ? new Map<string, QueueSchedule>() : await reserve(tx, totalsOf(going), now);
  const tooMuch = new Set<string>();
  const accepted = chosen.map((one) => {
    const queue = schedules.get(one.queue);
    if (one.blockedBy !== undefined || queue === undefined)
      return failed(one, errorCodes.blockedByStop.code, now, newId());
    const expiresAt = new Date(now.getTime() + one.request.expirySeconds * secondMs);
    const reserved = reserveSlot(queue, { segments: one.segments, busyMs: one.busyMs, expiresAt }, now);
    if ('tooLateAt' in reserved) {
      tooMuch.add(one.queue);
      return { ...failed(one, errorCodes.expired.code, now, newId()), tooLateAt: reserved.tooLateAt };
    }
    schedules.set(one.queue, reserved.queue);
    return queued(one, reserved.slot, expiresAt, now, newId());
  });
  saveSchedules(tx, new Map([...schedules].filter(([queue]) => tooMuch.has(queue))));
  return accepted;
}

/** What each sender queue is asked for. */
function totalsOf(going: readonly ChosenSender[]): Map<string, Reservation> {
  const totals = new Map<string, Reservation>();
  for (const { queue, segments, busyMs } of going) {
    const total = totals.get(queue);
    totals.set(queue, {
      queue,
      jobs: (total?.jobs ?? 0) + 1,
      segments: (total?.segments ?? 0) + segments,
      busyMs: (total?.busyMs ?? 0) + busyMs,
    });
  }
  return totals;
}

/** What is accepted and fails in the same moment. Its text is needed by nobody but its owner. */
function failed(chosen: ChosenSender, errorCode: number, now: Date, id: string): Accepted {
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
  };
}

function queued(
  chosen: ChosenSender,
  { dueAt, position }: SendSlot,
  expiresAt: Date,
  now: Date,
  id: string,
): Accepted {
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
    },
  };
}

function messageOf(
  chosen: ChosenSender,
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
    details: request.details,
    selection: chosen.selection,
  };
}
