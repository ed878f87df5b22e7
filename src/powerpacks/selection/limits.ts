// The limits of a sender: its rate, its segments a day, and the delivered share by which it is healthy. Pure.
import type { ByKind, SenderLimits } from '../../base/sender-limits.ts';
import type { Service } from '../../telecom/service.ts';
import type { SenderKind } from '../powerpack.ts';

interface Sender {
  readonly kind: SenderKind;
  readonly countryIso2: string;
}

/** A sender with what was set for it alone: `null` leaves it the figure of its kind. */
export interface LimitedSender extends Sender {
  readonly smsPerSecond: number | null;
  readonly mmsPerSecond: number | null;
}

/** Returns how many segments a second the sender may send of a service: its own rate, else that of its kind; 0 is no limit. */
export function rateOf(sender: LimitedSender, service: Service, limits: SenderLimits): number {
  if (!limits.isPaced) return 0;
  const own = service === 'mms' ? sender.mmsPerSecond : sender.smsPerSecond;
  return own ?? figureOf(limits.rates, sender)?.[service] ?? 0;
}

/** Returns for how many milliseconds a number is busy with a message of so many segments; rounded up, so that the rate holds. */
export function busyMs(segments: number, segmentsPerSecond: number): number {
  return segmentsPerSecond === 0 ? 0 : Math.ceil((segments * 1000) / segmentsPerSecond);
}

/**
 * Returns how many segments a day a sender may send before others are preferred; `own` is the figure set for the sender alone.
 * `undefined` for no such number.
 */
export function dailySegmentsOf(
  sender: Sender,
  own: number | null,
  limits: SenderLimits,
): number | undefined {
  return (own ?? figureOf(limits.dailySegments, sender)) || undefined;
}

/** How many of a sender's messages ended in the last 24 hours, and how many of them were delivered. */
export interface Outcomes {
  readonly finished: number;
  readonly delivered: number;
}

/** Returns whether enough messages ended to judge the sender's health by them (semantics section 2). */
export const isJudged = ({ finished }: Outcomes, { healthMessages }: SenderLimits): boolean =>
  finished >= healthMessages;

/** Returns whether enough of the messages were delivered, or there are too few to tell (semantics section 2). */
export function isHealthy(outcomes: Outcomes, limits: SenderLimits): boolean {
  if (!isJudged(outcomes, limits)) return true;
  return outcomes.delivered * 100 >= limits.healthDeliveredPercent * outcomes.finished;
}

/** Returns the figure of the sender's kind in its country, else of its kind. */
function figureOf<Value>(figures: ByKind<Value>, { kind, countryIso2 }: Sender): Value | undefined {
  return figures.get(`${countryIso2.toLowerCase()}-${kind}`) ?? figures.get(kind);
}
