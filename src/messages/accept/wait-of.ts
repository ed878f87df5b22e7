// Finds for which moment a message waits before it gets a send slot: the one that its request named, and the end of quiet hours. Pure.
import { type QuietHours, quietFrom, quietInWords, quietUntil } from '../../powerpacks/quiet-hours.ts';
import { timeZonesOf } from '../../telecom/time-zones.ts';
import type { NewJob } from '../outbox/outbox-store.ts';
import type { ScheduledMessage, ScheduleReason } from '../outbox/schedule-store.ts';
import { opensAt } from '../send-request.ts';
import type { CandidateMessage } from './candidate-messages.ts';

/** A message, and the quiet hours that it keeps. */
type Candidate = Pick<CandidateMessage, 'request' | 'destination'> & {
  readonly quietHours: QuietHours | undefined;
};

export interface Wait {
  /** `never` where the recipient may be in zones that leave no moment of the day. */
  readonly until: Date | 'never';
  readonly reason: ScheduleReason;
}

/** Returns what a message waits for at `now`; `undefined` for one that may go. */
export function waitOf(message: Candidate, now: Date): Wait | undefined {
  const opens = opensAt(message.request, now);
  const from = opens > now ? opens : now;
  return quietWait(message, from) ?? (from > now ? { until: from, reason: 'request' } : undefined);
}

/** Returns the quiet hours that a message waits for which would go at a moment; `undefined` where there are none. */
export function quietWait({ quietHours, destination }: Candidate, at: Date): Wait | undefined {
  if (quietHours === undefined) return undefined;
  const until = quietUntil(quietHours, timeZonesOf(destination.number), at);
  return until === undefined ? undefined : { until, reason: 'quiet_hours' };
}

/**
 * Returns when the next quiet hours of its recipient begin for a message whose send slot is outside of them; and the slot itself, before which it must
 * not go, where there are others between now and then.
 */
export function quietAround(
  { quietHours, destination }: Candidate,
  dueAt: Date,
  now: Date,
): Pick<NewJob, 'quietFrom' | 'notBefore'> {
  if (quietHours === undefined) return { quietFrom: undefined, notBefore: undefined };
  const zones = timeZonesOf(destination.number);
  const isOpenUntilThen = quietFrom(quietHours, zones, now) > dueAt;
  return { quietFrom: quietFrom(quietHours, zones, dueAt), notBefore: isOpenUntilThen ? undefined : dueAt };
}

/** Returns what a scheduled message waits for, in words. */
export function scheduledInWords(
  { quietHours, destination }: Candidate,
  { sendAt, reason }: Pick<ScheduledMessage, 'sendAt' | 'reason'>,
): string {
  const until = `it waits until ${sendAt.toISOString()}`;
  return reason === 'request' || quietHours === undefined
    ? `${until}, as its request asked`
    : `${until}: ${quietInWords(quietHours, destination.number)}`;
}

/** Returns why a message cannot wait for as long as it would have to, in words. */
export function expiresFirst({ quietHours, destination }: Candidate, { until }: Wait, expires: Date): string {
  const quiet = quietHours === undefined ? 'it' : quietInWords(quietHours, destination.number);
  return until === 'never'
    ? `${quiet} leave no moment of the day`
    : `${quiet} would have kept it until ${until.toISOString()}, and it expires at ${expires.toISOString()}`;
}
