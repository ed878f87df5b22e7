// Pacing by appointment: when a number may send next (semantics section 3). Pure.

/** What a lane has promised so far. */
export interface LaneBook {
  readonly nextFree: Date;
  readonly lastPosition: number;
  /** Of the present UTC day. */
  readonly segmentsToday: number;
}

/** A message that asks for an appointment. */
export interface Booking {
  readonly segments: number;
  /** For how long the number is busy after it. */
  readonly busyMs: number;
  /** From this moment on it is not to be sent any more. */
  readonly expiresAt: Date;
}

export interface Appointment {
  readonly dueAt: Date;
  /** Place in the lane. */
  readonly position: number;
}

/**
 * Gives an appointment: at the lane's next free moment, but not before `now`, and moves that moment on. Where that would not be before
 * the message expires, nothing is reserved, and the moment is answered alone.
 */
export function book(
  lane: LaneBook,
  { segments, busyMs, expiresAt }: Booking,
  now: Date,
): { readonly lane: LaneBook; readonly appointment: Appointment } | { readonly tooLateAt: Date } {
  const dueAt = lane.nextFree > now ? lane.nextFree : now;
  if (dueAt >= expiresAt) return { tooLateAt: dueAt };
  const position = lane.lastPosition + 1;
  return {
    lane: {
      nextFree: new Date(dueAt.getTime() + busyMs),
      lastPosition: position,
      segmentsToday: lane.segmentsToday + segments,
    },
    appointment: { dueAt, position },
  };
}
