// Pacing by appointment: when a number may send next (semantics section 3). Pure.

/** What a lane has promised so far. */
export interface LaneBook {
  readonly nextFree: Date;
  readonly lastPosition: number;
  /** Segments of the UTC day `day`. */
  readonly day: string;
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
  /** Place in the lane; `undefined` when the appointment would come too late and was therefore not made. */
  readonly position: number | undefined;
}

/** The present UTC day as a date, `YYYY-MM-DD`. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/**
 * Gives an appointment: at the lane's next free moment, but not before `now`, and moves that moment on. What would not be due
 * before it expires reserves nothing.
 */
export function book(
  lane: LaneBook,
  { segments, busyMs, expiresAt }: Booking,
  now: Date,
): { readonly lane: LaneBook; readonly appointment: Appointment } {
  const dueAt = lane.nextFree > now ? lane.nextFree : now;
  if (dueAt >= expiresAt) return { lane, appointment: { dueAt, position: undefined } };
  const today = dayOf(now);
  const position = lane.lastPosition + 1;
  return {
    lane: {
      nextFree: new Date(dueAt.getTime() + busyMs),
      lastPosition: position,
      day: today,
      segmentsToday: (lane.day === today ? lane.segmentsToday : 0) + segments,
    },
    appointment: { dueAt, position },
  };
}
