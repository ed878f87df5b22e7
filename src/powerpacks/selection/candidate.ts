// A member of a pool as the choice of a sender sees it: its facts, its load, and which of two members is less busy. Pure.
import type { Service } from '../../telecom/service.ts';
import type { SenderKind, Standing } from '../powerpack.ts';

/** How busy a member is, and whether its messages arrive. */
export interface Load {
  /** When it may send next, in milliseconds since 1970; 0 if it has never sent. */
  readonly freeAtMs: number;
  /** Segments sent or queued today (UTC). */
  readonly segmentsToday: number;
  readonly healthy: boolean;
  /** Segments that it may send today while it warms up; `null` for no such limit. */
  readonly warmUpLimit: number | null;
}

/** All that is known of a member beside its load. */
export interface MemberFacts {
  /** Its sender queue, which `queueOf` names. */
  readonly queue: string;
  /** Digits of the number or the short code. */
  readonly sender: string;
  readonly kind: SenderKind;
  readonly countryIso2: string;
  /** Of long codes in the US and Canada: the area code, and the region that it tells. */
  readonly areaCode: string | undefined;
  readonly regionCode: string | undefined;
  /** The services that it was added for and its number can do. */
  readonly services: readonly Service[];
  /** Those of them that a route leads to a carrier. */
  readonly routed: readonly Service[];
  readonly standing: Standing;
  /** Its own rates in segments a second, 0 for no limit; `null` leaves it those of its kind. */
  readonly smsPerSecond: number | null;
  readonly mmsPerSecond: number | null;
  /** Segments a day after which others are preferred; `undefined` for no such number. */
  readonly dailySegments: number | undefined;
  /** The 10DLC campaign that it sends for, if any. */
  readonly campaignId: string | undefined;
  readonly addedAt: Date;
}

export interface Candidate extends MemberFacts, Load {
  /** Grows in the order of the numbers, which decides between members that are equally busy. */
  readonly numberOrder: number;
}

/**
 * Returns whether there is capacity left: fewer segments today than recommended, and carriers deliver the member's messages. Capacity
 * decides who goes first; it never refuses a message (semantics section 2).
 */
export function hasCapacity({ healthy, segmentsToday, dailySegments }: Candidate): boolean {
  return healthy && (dailySegments === undefined || segmentsToday < dailySegments);
}

/** A load with the place that decides between equal ones. */
export type Busyness = Pick<Candidate, 'freeAtMs' | 'segmentsToday' | 'numberOrder'>;

/**
 * Returns whether `one` is less busy than `other`: free earlier, where all members that are free are free now; then fewer segments
 * today; then the lower number (semantics section 2, step 6).
 */
export function isLessBusy(one: Busyness, other: Busyness, nowMs: number): boolean {
  const oneFreeMs = Math.max(one.freeAtMs, nowMs);
  const otherFreeMs = Math.max(other.freeAtMs, nowMs);
  return oneFreeMs === otherFreeMs ? hasSentLess(one, other) : oneFreeMs < otherFreeMs;
}

/** Returns whether `one` goes before `other` when both are free at the same moment. */
export function hasSentLess(one: Busyness, other: Busyness): boolean {
  return one.segmentsToday === other.segmentsToday
    ? one.numberOrder < other.numberOrder
    : one.segmentsToday < other.segmentsToday;
}
