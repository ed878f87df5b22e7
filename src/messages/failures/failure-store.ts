// The SQL that counts failed messages by what they have in common.
import { visibleIn } from '../../accounts/scope.ts';
import { timeOfId } from '../../base/id.ts';
import type { Reader } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import { type MessageFilters, passesShared, sharedFilterValues } from '../store.ts';

/** The most failures that are read: the newest of the time. */
const maxRead = 100_000;
/** The most senders, powerpacks and areas that are named: those with the most failures. */
const maxNamed = 200;

/** Length of each kind of bucket, milliseconds. They begin at full hours and days of UTC. */
const bucketLengths = { hour: 3_600_000, day: 86_400_000 } as const;
export const bucketKinds = ['hour', 'day'] as const;
export type BucketKind = (typeof bucketKinds)[number];

interface FailuresByCode {
  readonly errorCode: number;
  readonly undelivered: number;
  readonly failed: number;
}

/** Failures with one code among the messages that were accepted in one hour or day. */
export interface FailuresInBucket {
  readonly start: Date;
  readonly errorCode: number;
  readonly messages: number;
}

export interface Failures {
  readonly messages: number;
  /** Set where there are more than were read: from then on every one is counted. */
  readonly firstCountedAt: Date | undefined;
  readonly codes: readonly FailuresByCode[];
  /** In the order of time, then of codes; those without failures are left out. */
  readonly buckets: readonly FailuresInBucket[];
  readonly senders: readonly { readonly number: string; readonly messages: number }[];
  readonly powerpacks: readonly { readonly uuid: string | null; readonly messages: number }[];
  readonly areas: readonly {
    readonly countryIso2: string;
    readonly areaCode: string;
    readonly messages: number;
  }[];
}

interface Row {
  messages: number;
  first_id: string | null;
  codes: { error_code: number; undelivered: number; failed: number }[] | null;
  buckets: { start_ms: number; error_code: number; messages: number }[] | null;
  senders: { number: string; messages: number }[] | null;
  powerpacks: { uuid: string | null; messages: number }[] | null;
  areas: { country_iso2: string; area_code: string; messages: number }[] | null;
}

const by = (columns: string) =>
  `select ${columns}, count(*) as messages from chosen group by ${columns} order by messages desc, ${columns} limit ${maxNamed}`;

/** Returns the milliseconds since 1970 at which an id was made: its first 48 bits. */
const millisecondsOf = (id: string) => `('x' || translate(left(${id}::text, 13), '-', ''))::bit(48)::bigint`;

const countSql = `
  with chosen as materialized (
    select message_id, status, error_code, sender, powerpack_uuid, country_iso2, area_code
    from failed_messages
    where ${visibleIn()} and ${passesShared('message_id')}
      and ($11::text is null or sender = $11)
      and ($12::text is null or area_code = $12)
    order by message_id desc limit ${maxRead}),
  codes as (
    select error_code, count(*) filter (where status = 'undelivered') as undelivered, count(*) filter (where status = 'failed') as failed
    from chosen group by error_code order by count(*) desc, error_code),
  buckets as (
    select floor(${millisecondsOf('message_id')} / $13::float8) * $13 as start_ms, error_code, count(*) as messages
    from chosen group by 1, 2 order by 1, 2),
  senders as (${by('sender')}),
  powerpacks as (${by('powerpack_uuid')}),
  areas as (${by('country_iso2, area_code')})
  select count(*) as messages, (select message_id from chosen order by message_id limit 1) as first_id,
    (select jsonb_agg(codes) from codes) as codes,
    (select jsonb_agg(buckets) from buckets) as buckets,
    (select jsonb_agg(jsonb_build_object('number', sender, 'messages', messages)) from senders) as senders,
    (select jsonb_agg(jsonb_build_object('uuid', powerpack_uuid, 'messages', messages)) from powerpacks) as powerpacks,
    (select jsonb_agg(areas) from areas) as areas
  from chosen`;

/** Counts the failures that the filters leave; where there are more than 100,000, the newest. */
export async function countFailures(
  db: Reader,
  scope: Scope,
  filters: MessageFilters,
  bucketKind: BucketKind,
): Promise<Failures> {
  const [row] = await db.query<Row>(countSql, [
    ...sharedFilterValues(scope, filters),
    filters.sender ?? null,
    filters.areaCode ?? null,
    bucketLengths[bucketKind],
  ]);
  const isCut = row !== undefined && row.messages >= maxRead;
  return {
    messages: row?.messages ?? 0,
    firstCountedAt: isCut && row.first_id !== null ? timeOfId(row.first_id) : undefined,
    codes: (row?.codes ?? []).map(({ error_code: errorCode, undelivered, failed }) => ({
      errorCode,
      undelivered,
      failed,
    })),
    buckets: (row?.buckets ?? []).map(({ start_ms: startMs, error_code: errorCode, messages }) => ({
      start: new Date(startMs),
      errorCode,
      messages,
    })),
    senders: row?.senders ?? [],
    powerpacks: row?.powerpacks ?? [],
    areas: (row?.areas ?? []).map((area) => ({
      countryIso2: area.country_iso2,
      areaCode: area.area_code,
      messages: area.messages,
    })),
  };
}
