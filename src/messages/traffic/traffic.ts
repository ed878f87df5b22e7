// Counts of an account's messages over time: buckets, senders, and places of destinations. Pure.
import { regionOfArea } from '../../telecom/area-codes.ts';

/** Length of each kind of bucket, milliseconds. Buckets begin at full minutes, hours and days of UTC. */
export const bucketLengths = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
export type BucketKind = keyof typeof bucketLengths;

/** From `from`, which is the beginning of a bucket, until before `to`. */
export interface TrafficWindow {
  readonly by: BucketKind;
  readonly from: Date;
  readonly to: Date;
}

/** The median and the 95th percentile, milliseconds. */
export interface Spread {
  readonly median: number;
  readonly most: number;
}

/** Messages by the time at which they were accepted, with their present statuses. */
export interface TrafficBucket {
  readonly start: Date;
  readonly accepted: number;
  readonly received: number;
  readonly sent: number;
  readonly delivered: number;
  readonly undelivered: number;
  readonly failed: number;
  readonly segments: number;
  /** From accepted to sent. */
  readonly waitMs: Spread | undefined;
  /** From sent to finished. */
  readonly deliveryMs: Spread | undefined;
}

export interface SenderTraffic {
  readonly number: string;
  readonly messages: number;
  readonly segments: number;
  readonly delivered: number;
  readonly undelivered: number;
  readonly failed: number;
  /** Whether it is in the powerpack's pool now; `null` without a powerpack in the request. */
  readonly member: boolean | null;
}

/** Messages to destinations with the same first digits: country code 1 and area code, elsewhere empty. */
export interface AreaTraffic {
  readonly countryIso2: string;
  readonly areaCode: string;
  readonly messages: number;
  readonly delivered: number;
  readonly undelivered: number;
  readonly failed: number;
  /** From sent to finished. */
  readonly deliveryMs: Spread | undefined;
}

interface RegionTraffic {
  readonly countryIso2: string;
  /** Name of the state or province; empty where it is not known. */
  readonly region: string;
  readonly messages: number;
}

export interface Traffic {
  /** The time from which on every message is counted. */
  readonly completeFrom: Date;
  readonly buckets: readonly TrafficBucket[];
  readonly senders: readonly SenderTraffic[];
  /** The most messages first. */
  readonly areas: readonly AreaTraffic[];
  readonly regions: readonly RegionTraffic[];
}

/** Returns the beginning of the bucket of a time: buckets begin at multiples of their length since 1970, in UTC. */
export function bucketStart(moment: Date, by: BucketKind): Date {
  const length = bucketLengths[by];
  return new Date(Math.floor(moment.getTime() / length) * length);
}

/** Returns every bucket of the window, also those without messages. */
export function fillGaps(window: TrafficWindow, found: readonly TrafficBucket[]): TrafficBucket[] {
  const byStart = new Map(found.map((bucket) => [bucket.start.getTime(), bucket]));
  const buckets: TrafficBucket[] = [];
  for (let ms = window.from.getTime(); ms < window.to.getTime(); ms += bucketLengths[window.by]) {
    buckets.push(byStart.get(ms) ?? emptyBucket(new Date(ms)));
  }
  return buckets;
}

const emptyBucket = (start: Date): TrafficBucket => ({
  start,
  accepted: 0,
  received: 0,
  sent: 0,
  delivered: 0,
  undelivered: 0,
  failed: 0,
  segments: 0,
  waitMs: undefined,
  deliveryMs: undefined,
});

/** Returns the area codes grouped by state or province, most messages first. */
export function byRegion(areas: readonly AreaTraffic[]): RegionTraffic[] {
  const regions = new Map<string, { countryIso2: string; region: string; messages: number }>();
  for (const { countryIso2, areaCode, messages } of areas) {
    const region = regionOfArea(countryIso2, areaCode);
    const key = `${countryIso2} ${region}`;
    const known = regions.get(key) ?? { countryIso2, region, messages: 0 };
    regions.set(key, known);
    known.messages += messages;
  }
  return [...regions.values()].sort((one, other) => other.messages - one.messages);
}
