// Wire names of traffic. Extensions.
import { type Static, Type } from 'typebox';
import { ApiError } from '../../base/errors.ts';
import { isoMicroseconds, Uuid } from '../../http/schemas.ts';
import { readTime, timeRules } from '../../http/time-wire.ts';
import { regionOfArea } from '../../telecom/area-codes.ts';
import { type BucketKind, bucketLengths, bucketStart, type Traffic, type TrafficWindow } from './traffic.ts';

const maxBuckets = 400;
/** The most area codes that are listed: those that most messages went to. */
const maxAreas = 400;

const time = (about: string) =>
  Type.Optional(
    Type.String({
      ...timeRules,
      description: `${about} Time as YYYY-MM-DD HH:MM[:SS], in UTC or with its offset.`,
    }),
  );

export const TrafficInput = Type.Object({
  powerpack_uuid: Type.Optional(Type.Unsafe<string>({ ...Uuid, description: 'Only of this powerpack.' })),
  from: time(
    'Beginning; it is taken back to that of its bucket. By default an hour before the end, or `buckets`.',
  ),
  to: time('End, not included; by default now, which is included.'),
  by: Type.Optional(
    Type.Enum(['minute', 'hour', 'day'], { default: 'minute', description: 'Length of a bucket.' }),
  ),
  buckets: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: maxBuckets,
      description: 'Instead of `from`: so many buckets before the end, the one that has just begun included.',
    }),
  ),
});

const milliseconds = (about: string) =>
  Type.Union([Type.Integer(), Type.Null()], { description: `Milliseconds: ${about}. Null without any.` });

export const TrafficBucketBody = Type.Object({
  start: Type.String(),
  accepted: Type.Integer({ description: 'Messages to be sent that were accepted in this time.' }),
  received: Type.Integer({ description: 'Messages that came in in this time.' }),
  sent: Type.Integer({ description: 'Of the accepted ones those that a carrier has taken by now.' }),
  delivered: Type.Integer({ description: 'Of the accepted ones those that are delivered by now.' }),
  undelivered: Type.Integer({ description: 'Of the accepted ones those that are undelivered by now.' }),
  failed: Type.Integer({ description: 'Of the accepted ones those that have failed by now.' }),
  segments: Type.Integer({ description: 'Segments of the accepted ones.' }),
  wait_ms_p50: milliseconds('median time from accepted to sent'),
  wait_ms_p95: milliseconds('time from accepted to sent that 95 % did not exceed'),
  delivery_ms_p50: milliseconds('median time from sent to the report that it is delivered or undelivered'),
  delivery_ms_p95: milliseconds('time from sent to that report that 95 % did not exceed'),
});

export const TrafficSenderBody = Type.Object({
  number: Type.String(),
  messages: Type.Integer(),
  segments: Type.Integer(),
  delivered: Type.Integer(),
  undelivered: Type.Integer(),
  failed: Type.Integer(),
  member: Type.Union([Type.Boolean(), Type.Null()], {
    description: "Whether it is in the powerpack's pool now. Null without `powerpack_uuid`.",
  }),
});

export const TrafficRegionBody = Type.Object({
  country_iso2: Type.String(),
  region: Type.String({ description: "State or province by the destination's area code; empty elsewhere." }),
  messages: Type.Integer(),
});

export const TrafficAreaBody = Type.Object({
  country_iso2: Type.String(),
  area_code: Type.String({
    description: 'Of the destination; empty outside of the North American plan.',
  }),
  region: Type.String({ description: 'State or province of the area code; empty elsewhere.' }),
  messages: Type.Integer(),
  delivered: Type.Integer(),
  undelivered: Type.Integer(),
  failed: Type.Integer(),
  delivery_ms_p50: milliseconds('median time from sent to the report that it is delivered or undelivered'),
  delivery_ms_p95: milliseconds('time from sent to that report that 95 % did not exceed'),
});

export const TrafficBody = Type.Object({
  by: Type.Enum(['minute', 'hour', 'day']),
  from: Type.String(),
  to: Type.String(),
  complete: Type.Boolean(),
  complete_from: Type.String({
    description: 'From when on every message is counted: `from`, or later where there are too many.',
  }),
  buckets: Type.Array(TrafficBucketBody, { description: 'One after the other, without gaps.' }),
  senders: Type.Array(TrafficSenderBody, {
    description:
      'Numbers that messages were sent from, the busiest first, at most 1,000. With `powerpack_uuid` its idle members too.',
  }),
  areas: Type.Array(TrafficAreaBody, {
    description: `Area codes that they were sent to, and countries without them, the most first, at most ${maxAreas}.`,
  }),
  regions: Type.Array(TrafficRegionBody, { description: 'Where they were sent to, the most first.' }),
});

const maxDays = 90;
const hourMs = 3600 * 1000;

/** @throws ApiError invalid for a window that is empty or too long. */
export function windowFromWire(input: Static<typeof TrafficInput>, now: Date): TrafficWindow {
  const by = input.by ?? 'minute';
  // Messages of the current millisecond count: on a frozen clock these are all.
  const to = input.to === undefined ? new Date(now.getTime() + 1) : momentOf('to', input.to);
  if (input.from !== undefined && input.buckets !== undefined) {
    throw new ApiError('invalid', 'from and buckets must not both be given');
  }
  const given =
    input.from === undefined ? beginningBefore(to, by, input.buckets) : momentOf('from', input.from);
  if (given >= to) throw new ApiError('invalid', 'from must be before to');
  const from = bucketStart(given, by);
  if (to.getTime() - given.getTime() > maxDays * 24 * hourMs) {
    throw new ApiError('invalid', `from and to must be at most ${maxDays} days apart`);
  }
  if (to.getTime() - from.getTime() > maxBuckets * bucketLengths[by]) {
    throw new ApiError('invalid', `by must be longer: there may be at most ${maxBuckets} buckets`);
  }
  return { by, from, to };
}

/**
 * Returns the beginning of the window: the given number of buckets before `to`, by default an hour. A bucket that has not begun
 * at `to` does not count.
 */
function beginningBefore(to: Date, by: BucketKind, buckets: number | undefined): Date {
  if (buckets === undefined) return new Date(to.getTime() - hourMs);
  const newest = bucketStart(new Date(to.getTime() - 1), by);
  return new Date(newest.getTime() - (buckets - 1) * bucketLengths[by]);
}

const momentOf = (name: string, text: string): Date => new Date(Math.ceil(readTime(name, text).startMs));

export function trafficToWire({ by, from, to }: TrafficWindow, traffic: Traffic) {
  return {
    by,
    from: isoMicroseconds(from),
    to: isoMicroseconds(to),
    complete: traffic.completeFrom <= from,
    complete_from: isoMicroseconds(traffic.completeFrom),
    buckets: traffic.buckets.map((bucket) => ({
      start: isoMicroseconds(bucket.start),
      accepted: bucket.accepted,
      received: bucket.received,
      sent: bucket.sent,
      delivered: bucket.delivered,
      undelivered: bucket.undelivered,
      failed: bucket.failed,
      segments: bucket.segments,
      wait_ms_p50: bucket.waitMs?.median ?? null,
      wait_ms_p95: bucket.waitMs?.most ?? null,
      delivery_ms_p50: bucket.deliveryMs?.median ?? null,
      delivery_ms_p95: bucket.deliveryMs?.most ?? null,
    })),
    senders: traffic.senders.map(
      ({ number, messages, segments, delivered, undelivered, failed, member }) => ({
        number,
        messages,
        segments,
        delivered,
        undelivered,
        failed,
        member,
      }),
    ),
    areas: traffic.areas.slice(0, maxAreas).map((area) => ({
      country_iso2: area.countryIso2,
      area_code: area.areaCode,
      region: regionOfArea(area.countryIso2, area.areaCode),
      messages: area.messages,
      delivered: area.delivered,
      undelivered: area.undelivered,
      failed: area.failed,
      delivery_ms_p50: area.deliveryMs?.median ?? null,
      delivery_ms_p95: area.deliveryMs?.most ?? null,
    })),
    regions: traffic.regions.map(({ countryIso2, region, messages }) => ({
      country_iso2: countryIso2,
      region,
      messages,
    })),
  };
}
