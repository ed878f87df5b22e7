// Wire names of failures. Extensions.
import { type Static, Type } from 'typebox';
import { isoMicroseconds, NumberSegment } from '../../http/schemas.ts';
import { regionOfArea } from '../../telecom/area-codes.ts';
import { errorMessage, wireErrorCode } from '../error-codes.ts';
import { MessageFiltersInput } from '../wire.ts';
import { type BucketKind, bucketKinds, type Failures, type FailuresInBucket } from './failure-store.ts';
import type { HourOfNumber } from './number-health.ts';

/** The filters of the list of messages that failures can be told by. */
const FailureFilters = Type.Pick(MessageFiltersInput, [
  'area_code',
  'destination_country_iso2',
  'error_code',
  'from_number',
  'message_state',
  'message_time',
  'message_time__gt',
  'message_time__gte',
  'message_time__lt',
  'message_time__lte',
  'message_type',
  'powerpack_id',
  'subaccount',
]);

export const FailureInput = Type.Object({
  ...FailureFilters.properties,
  by: Type.Optional(
    Type.Enum([...bucketKinds], { default: 'hour', description: 'Length of the buckets, of UTC.' }),
  ),
});

/** Returns the length of buckets that is asked for. */
export const bucketKindFromWire = ({ by }: Static<typeof FailureInput>): BucketKind => by ?? 'hour';

const messages = Type.Integer();

export const FailureBody = Type.Object({
  messages: Type.Integer({ description: 'Messages that failed or were undelivered.' }),
  complete: Type.Boolean({ description: 'Whether every one is counted: at most the newest 100,000 are.' }),
  complete_from: Type.Union([Type.String(), Type.Null()], {
    description: 'From when on every one is counted; null where `complete` is true.',
  }),
  codes: Type.Array(
    Type.Object({
      error_code: Type.String(),
      error_message: Type.String(),
      messages,
      undelivered: Type.Integer({ description: 'Of them those that the carrier reported.' }),
      failed: Type.Integer({ description: 'Of them those that no carrier took.' }),
    }),
    { description: 'The most frequent first, as everywhere here.' },
  ),
  buckets: Type.Array(
    Type.Object({
      start: Type.String(),
      codes: Type.Array(Type.Object({ error_code: Type.String(), messages })),
    }),
    {
      description:
        'The codes over time, by when the messages were accepted, the oldest first; hours or days without failures are left out.',
    },
  ),
  senders: Type.Array(Type.Object({ number: Type.String(), messages }), {
    description: 'Numbers that sent them, at most 200.',
  }),
  powerpacks: Type.Array(
    Type.Object({ powerpack_uuid: Type.Union([Type.String(), Type.Null()]), messages }),
    { description: 'Null for messages without a powerpack.' },
  ),
  areas: Type.Array(
    Type.Object({
      country_iso2: Type.String(),
      area_code: Type.String({
        description: 'Of the destination; empty outside of the North American plan.',
      }),
      region: Type.String({ description: 'State or province of the area code; empty elsewhere.' }),
      messages,
    }),
  ),
});

export function failuresToWire(failures: Failures) {
  const { firstCountedAt } = failures;
  return {
    messages: failures.messages,
    complete: firstCountedAt === undefined,
    complete_from: firstCountedAt === undefined ? null : isoMicroseconds(firstCountedAt),
    codes: failures.codes.map(({ errorCode, undelivered, failed }) => ({
      error_code: wireErrorCode(errorCode) ?? '',
      error_message: errorMessage(errorCode),
      messages: undelivered + failed,
      undelivered,
      failed,
    })),
    buckets: bucketsToWire(failures.buckets),
    senders: failures.senders.map(({ number, messages: count }) => ({ number, messages: count })),
    powerpacks: failures.powerpacks.map(({ uuid, messages: count }) => ({
      powerpack_uuid: uuid,
      messages: count,
    })),
    areas: failures.areas.map(({ countryIso2, areaCode, messages: count }) => ({
      country_iso2: countryIso2,
      area_code: areaCode,
      region: regionOfArea(countryIso2, areaCode),
      messages: count,
    })),
  };
}

function bucketsToWire(found: readonly FailuresInBucket[]) {
  const buckets = new Map<number, { start: string; codes: { error_code: string; messages: number }[] }>();
  for (const { start, errorCode, messages: count } of found) {
    const bucket = buckets.get(start.getTime()) ?? { start: isoMicroseconds(start), codes: [] };
    buckets.set(start.getTime(), bucket);
    bucket.codes.push({ error_code: wireErrorCode(errorCode) ?? '', messages: count });
  }
  return [...buckets.values()];
}

export const NumberHealthPath = Type.Object({ number: NumberSegment });

export const NumberHealthBody = Type.Object({
  hours: Type.Array(
    Type.Object({
      start: Type.String(),
      finished: Type.Integer({ description: 'Messages on which a carrier has reported in this hour.' }),
      delivered: Type.Integer({ description: 'Of them those that arrived.' }),
    }),
    { description: 'Hours of the last two days, the oldest first; those without reports are left out.' },
  ),
  number: Type.String(),
});

export const numberHealthToWire = (number: string, hours: readonly HourOfNumber[]) => ({
  hours: hours.map(({ hour, finished, delivered }) => ({
    start: isoMicroseconds(hour),
    finished,
    delivered,
  })),
  number,
});
