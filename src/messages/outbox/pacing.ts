// Pacing by send slots: when a number may send next (semantics section 3). Pure.
import type { MessagePriority } from '../../powerpacks/message-priority.ts';
import { bulkPositions } from './bulk-positions.ts';

/** The schedule of a sender queue: what is reserved in it so far. */
export interface QueueSchedule {
  readonly nextFree: Date;
  /** When it is free for bulk messages, which go behind all others; `undefined` until it has had one. */
  readonly bulkFree: Date | undefined;
  readonly lastPosition: number;
  /** Of the present UTC day. */
  readonly segmentsToday: number;
}

/** A message that asks for a send slot. */
interface SlotRequest {
  readonly segments: number;
  readonly priority: MessagePriority;
  /** For how long the number is busy after it. */
  readonly busyMs: number;
  /** From this moment on it is not to be sent any more. */
  readonly expiresAt: Date;
}

export interface SendSlot {
  readonly dueAt: Date;
  /** Place in the sender queue. */
  readonly position: number;
}

/**
 * Reserves a send slot: at the sender queue's next free moment, but not before `now`, and moves that moment on. A bulk message has its slot behind all
 * others; another one is put before those, and puts them off. Where the slot would not be before the message expires, nothing is reserved, and the
 * moment is returned alone.
 */
export function reserveSlot(
  queue: QueueSchedule,
  request: SlotRequest,
  now: Date,
): { readonly queue: QueueSchedule; readonly slot: SendSlot } | { readonly tooLateAt: Date } {
  const { segments, busyMs, expiresAt } = request;
  const isBulk = request.priority === 'bulk';
  const { nextFree, bulkFree } = queue;
  const free = isBulk ? allFree(queue) : nextFree;
  const dueAt = free > now ? free : now;
  if (dueAt >= expiresAt) return { tooLateAt: dueAt };
  const lastPosition = queue.lastPosition + 1;
  const busyUntil = new Date(dueAt.getTime() + busyMs);
  const isPutOff = bulkFree !== undefined && bulkFree > now;
  return {
    queue: {
      nextFree: isBulk ? nextFree : busyUntil,
      bulkFree: isBulk ? busyUntil : isPutOff ? new Date(bulkFree.getTime() + busyMs) : bulkFree,
      lastPosition,
      segmentsToday: queue.segmentsToday + segments,
    },
    slot: { dueAt, position: isBulk ? bulkPositions + lastPosition : lastPosition },
  };
}

/** Returns when all that has a send slot has gone. */
export const allFree = ({ nextFree, bulkFree }: Pick<QueueSchedule, 'nextFree' | 'bulkFree'>): Date =>
  bulkFree !== undefined && bulkFree > nextFree ? bulkFree : nextFree;
