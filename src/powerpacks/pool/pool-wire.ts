// Plivo's names for number pools and their members.
import { type Static, Type } from 'typebox';
import { ApiError } from '../../base/errors.ts';
import { pageParameters } from '../../http/page.ts';
import { isoMicroseconds, NumberList, NumberSegment, tollfreeSpellings, Uuid } from '../../http/schemas.ts';
import { callingCode, isCountry } from '../../telecom/e164.ts';
import type { MemberType, PoolMember } from '../powerpack.ts';
import { poolUri } from '../wire.ts';
import type { MemberFilters, MemberLimits } from './pool-store.ts';

export const PoolPath = Type.Object({ number_pool_uuid: Uuid });
export const PoolNumberPath = Type.Object({ number_pool_uuid: Uuid, number: NumberSegment });
export const PoolShortcodePath = Type.Object({ number_pool_uuid: Uuid, shortcode: NumberSegment });

export const PoolBody = Type.Object({
  numbers: Type.String(),
  shortcodes: Type.String(),
  tollfree: Type.String(),
  uuid: Type.String(),
});

export function poolToWire(accountId: string, poolUuid: string) {
  const path = poolUri(accountId, poolUuid);
  return {
    numbers: `${path}Number/`,
    shortcodes: `${path}Shortcode/`,
    tollfree: `${path}Tollfree/`,
    uuid: poolUuid,
  };
}

const service = Type.Optional(
  Type.Enum(['sms', 'mms'], {
    description:
      'Service that the member was added for, or is added for: `mms` means that it sends both, `sms` that it sends SMS only.',
  }),
);

const country = Type.Optional(
  Type.String({
    pattern: '^[A-Za-z]{2}$',
    aliases: ['country_iso'],
    expected: 'a country code of two letters',
    description: 'ISO 3166-1 code of the country.',
  }),
);

export const ListMembersInput = Type.Object({
  starts_with: Type.Optional(
    Type.String({
      aliases: ['pattern'],
      maxLength: 255,
      joins: ',',
      description: 'Up to 10 comma-separated prefixes, with or without the country code of country_iso2.',
    }),
  ),
  country_iso2: country,
  type: Type.Optional(
    Type.Enum(['fixed', 'local', 'national', 'mobile', 'tollfree', 'any'], {
      aliases: ['number_type'],
      spellings: tollfreeSpellings,
      description: 'Type of number; local and national count as fixed.',
    }),
  ),
  service,
  ...pageParameters,
});

export const ServiceInput = Type.Object({ service });

export const FindShortcodeInput = Type.Object({ service, country_iso2: country });

const perSecond = (service: string) =>
  Type.Optional(
    Type.String({
      pattern: '^(default|0|0\\.00[1-9]|0\\.0[1-9]\\d?|0\\.[1-9]\\d{0,2}|[1-9]\\d{0,3}(\\.\\d{1,3})?)$',
      expected: 'a number from 0.001 to 9999.999, 0, or default',
      description: `Extension: ${service} segments a second that this member may send; 0 is no limit, \`default\` the rate of its kind.`,
    }),
  );

const limits = {
  sms_per_second: perSecond('SMS'),
  mms_per_second: perSecond('MMS'),
  daily_segments: Type.Optional(
    Type.String({
      pattern: '^(default|0|[1-9]\\d{0,5}|1000000)$',
      expected: 'a whole number from 0 to 1000000, or default',
      description:
        'Extension: segments a day (UTC) after which other members are preferred; 0 is no such number, `default` that of its kind.',
    }),
  ),
};

const LimitsInput = Type.Object(limits);

export function limitsFromWire(input: Static<typeof LimitsInput>): MemberLimits {
  return {
    smsPerSecond: limitFromWire(input.sms_per_second),
    mmsPerSecond: limitFromWire(input.mms_per_second),
    dailySegments: limitFromWire(input.daily_segments),
  };
}

function limitFromWire(text: string | undefined): number | null | undefined {
  return text === undefined ? undefined : text === 'default' ? null : Number(text);
}

const addedFor = (standard: string) =>
  Type.Optional(
    Type.Enum(['sms', 'mms'], {
      description: `Service that the member is added for; mms includes sms. Default sms${standard}.`,
    }),
  );

export const AddPoolNumbersInput = Type.Object({
  numbers: NumberList,
  service: addedFor('; a number that is moved keeps its own'),
  ...limits,
  move: Type.Optional(
    Type.Boolean({
      description:
        'Take numbers that are in other powerpacks of the account out of these, with their service and limits. Default false: they are refused.',
    }),
  ),
});

export const AddedBody = Type.Object({
  message: Type.Literal('added'),
  numbers: Type.Integer({ description: 'How many different numbers were given; all of them are members.' }),
});

export const AddNumberInput = Type.Object({
  service: addedFor('; with `rent` what the number can carry'),
  ...limits,
  rent: Type.Optional(
    Type.Boolean({ description: 'Rent the number first when the account does not have it. Default false.' }),
  ),
});

export const RemoveNumberInput = Type.Object({
  unrent: Type.Optional(
    Type.Boolean({
      wrappedIn: 'unrent',
      description: 'Also unrent the number from the account. Default false.',
    }),
  ),
});

export const AddShortcodeInput = Type.Object({
  sms_per_second: limits.sms_per_second,
  daily_segments: limits.daily_segments,
  country_iso2: Type.Optional(
    Type.Enum(['US', 'CA'], {
      aliases: ['country_iso'],
      default: 'US',
      description: 'Country of the short code.',
    }),
  ),
});

export const RemoveShortcodeInput = Type.Object({ country_iso2: country });

const maxPrefixes = 10;

/** Returns the filters of a member list. Prefixes are tried as given and behind the country's calling code. */
export function filtersFromWire(
  input: Static<typeof ListMembersInput>,
): Pick<MemberFilters, 'memberTypes' | 'countryIso2' | 'service' | 'prefixes'> {
  const countryIso2 = input.country_iso2?.toUpperCase();
  return {
    memberTypes: memberTypesFromWire(input.type),
    countryIso2,
    service: input.service,
    prefixes: prefixesFromWire(input.starts_with, countryIso2),
  };
}

function prefixesFromWire(
  startsWith: string | undefined,
  countryIso2: string | undefined,
): string[] | undefined {
  if (startsWith === undefined) return undefined;
  const prefixes = startsWith
    .split(',')
    .map((prefix) => prefix.trim().replace(/^\+/, ''))
    .filter((prefix) => prefix !== '');
  if (prefixes.length > maxPrefixes) {
    throw new ApiError('invalid', `starts_with accepts at most ${maxPrefixes} values`);
  }
  if (prefixes.some((prefix) => !/^\d{1,15}$/.test(prefix))) {
    throw new ApiError('invalid', 'starts_with must be digits, several separated by commas');
  }
  const code = countryIso2 !== undefined && isCountry(countryIso2) ? callingCode(countryIso2) : '1';
  return prefixes.length === 0 ? undefined : prefixes.flatMap((prefix) => [prefix, `${code}${prefix}`]);
}

function memberTypesFromWire(type: string | undefined): MemberType[] | undefined {
  if (type === undefined || type === 'any') return undefined;
  return type === 'tollfree' || type === 'mobile' ? [type] : ['fixed'];
}

export const PoolNumberBody = Type.Object({
  account_phone_number_resource: Type.String(),
  added_on: Type.String(),
  country_iso2: Type.String(),
  number: Type.String(),
  number_pool_uuid: Type.String(),
  service: Type.Enum(['sms', 'mms']),
  type: Type.Enum(['fixed', 'tollfree', 'mobile']),
});

export function poolNumberToWire(accountId: string, member: PoolMember) {
  return {
    account_phone_number_resource: `/v1/Account/${accountId}/Number/${member.sender}/`,
    added_on: isoMicroseconds(member.addedAt),
    country_iso2: member.countryIso2,
    number: member.sender,
    number_pool_uuid: member.poolUuid,
    service: member.service,
    type: member.memberType,
  };
}

export const PoolTollfreeBody = Type.Object({ ...PoolNumberBody.properties, tollfree: Type.String() });

/** Returns a toll-free member with `tollfree` beside `number`, for clients that expect it (wire-control-plane 4.5). */
export function poolTollfreeToWire(accountId: string, member: PoolMember) {
  return { ...poolNumberToWire(accountId, member), tollfree: member.sender };
}

export const PoolShortcodeBody = Type.Object({
  added_on: Type.String(),
  country_iso2: Type.String(),
  number: Type.String(),
  number_pool_uuid: Type.String(),
  service: Type.Enum(['sms', 'mms']),
  short_code: Type.String(),
  shortcode: Type.String(),
});

/** Returns a short code in three spellings: Node reads `shortCode`, Java `number`, the others `shortcode` (wire-control-plane 4.6). */
export function poolShortcodeToWire(member: PoolMember) {
  return {
    added_on: isoMicroseconds(member.addedAt),
    country_iso2: member.countryIso2,
    number: member.sender,
    number_pool_uuid: member.poolUuid,
    service: member.service,
    short_code: member.sender,
    shortcode: member.sender,
  };
}
