// Pacing by send slots: when a number may send next (semantics section 3). Pure.

/** The schedule of a sender queue: what is reserved in it so far. */
export interface QueueSchedule {
  readonly nextFree: Date;
  readonly lastPosition: number;
  /** Of the present UTC day. */
  readonly segmentsToday: number;
}

/** A message that asks for a send slot. */
export interface SlotRequest {
  readonly segments: number;
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
 * Reserves a send slot: at the sender queue's next free moment, but not before `now`, and moves that moment on. Where that would not be
 * before the message expires, nothing is reserved, and the moment is returned alone.
 */
export function reserveSlot(
  queue: QueueSchedule,
  { segments, busyMs, expiresAt }: SlotRequest,
  now: Date,
): { readonly queue: QueueSchedule; readonly slot: SendSlot } | { readonly tooLateAt: Date } {
  const dueAt = queue.nextFree > now ? queue.nextFree : now;
  if (dueAt >= expiresAt) return { tooLateAt: dueAt };
  const position = queue.lastPosition + 1;
  return {
    queue: {
      nextFree: new Date(dueAt.getTime() + busyMs),
      lastPosition: position,
      segmentsToday: queue.segmentsToday + segments,
    },
    slot: { dueAt, position },
  };
}
