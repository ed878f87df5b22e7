// Plivo's names for rented numbers and for numbers that are for sale.
import { type Static, Type } from 'typebox';
import { utcDay } from '../base/days.ts';
import type { Answer } from '../http/endpoint.ts';
import { listSchema, pageParameters } from '../http/page.ts';
import { NumberList, NumberSegment, tollfreeSpellings } from '../http/schemas.ts';
import { countryName } from '../telecom/e164.ts';
import type { InventoryNumber } from '../telecom/inventory.ts';
import { type NumberType, regionText, type TollfreeVerification, tollfreeVerifications } from './number.ts';
import type { NumberFilters, ShownNumber } from './store.ts';

export const NumberPath = Type.Object({ number: NumberSegment });

const text = (about: string, more: object = {}) =>
  Type.Optional(Type.String({ maxLength: 255, description: about, ...more }));

const numberTypes = ['any', 'fixed', 'local', 'mobile', 'national', 'tollfree'] as const;

const numberType = (about: string) =>
  Type.Optional(Type.Enum([...numberTypes], { spellings: tollfreeSpellings, description: about }));

const Services = Type.String({
  pattern: '^ *(voice|sms|mms) *(, *(voice|sms|mms) *)*$',
  expected: 'a comma-separated list of voice, sms, mms',
  joins: ',',
});

const services = (about: string) =>
  Type.Optional(Type.Unsafe<string>({ ...Services, aliases: ['service'], description: about }));

export const SearchInput = Type.Object({
  country_iso: Type.String({
    pattern: '^[A-Za-z]{2}$',
    aliases: ['country_iso2'],
    expected: 'a country code of two letters',
    description: 'ISO 3166-1 code of the country.',
  }),
  type: numberType('Kind of number.'),
  pattern: text('Digits that the number begins with, with or without the country code.', {
    aliases: ['starts_with'],
    trim: true,
    pattern: '^\\+?[0-9]{0,15}$',
    maxLength: 16,
    expected: 'at most 15 digits',
  }),
  region: text('State or province, by code or by name.'),
  city: text('City.'),
  lata: text('LATA.'),
  rate_center: text('Rate centre.'),
  npanxx: text('Area code and exchange, six digits.'),
  local_calling_area: text('Local calling area.'),
  services: services('Services that the number must offer.'),
  ...pageParameters,
});

const nullable = <Schema extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Integer>>(
  schema: Schema,
) => Type.Union([schema, Type.Null()]);

export const PhoneNumberBody = Type.Object({
  city: nullable(Type.String()),
  compliance_requirement: Type.Null(),
  country: Type.String(),
  lata: nullable(Type.Integer()),
  mms_enabled: Type.Boolean(),
  mms_rate: Type.String(),
  monthly_rental_rate: Type.String(),
  number: Type.String(),
  prefix: Type.String(),
  prerequisites: Type.Array(Type.Unknown()),
  rate_center: nullable(Type.String()),
  region: Type.String(),
  resource_uri: Type.String(),
  restriction: Type.Null(),
  restriction_text: Type.Null(),
  setup_rate: Type.String(),
  sms_enabled: Type.Boolean(),
  sms_rate: Type.String(),
  sub_type: Type.String(),
  type: Type.Enum(['fixed', 'tollfree']),
  voice_enabled: Type.Boolean(),
  voice_rate: Type.String(),
});

/** The list of numbers for sale. PHP's SDK (4.25 to 4.70) reads `error` of an empty one without asking whether it is there. */
export const PhoneNumberListBody = listSchema(PhoneNumberBody, {
  error: Type.Optional(Type.Enum([''], { description: 'Empty, and only where nothing was found.' })),
});

const free = '0.00000';

/** Returns a number of the inventory for the wire. City, LATA and rate centre of a fictitious number do not exist, so they are null. */
export function inventoryNumberToWire(accountId: string, number: InventoryNumber) {
  return {
    city: null,
    compliance_requirement: null,
    country: countryName(number.countryIso2),
    lata: null,
    mms_enabled: number.services.mms,
    mms_rate: free,
    monthly_rental_rate: free,
    number: number.number,
    prefix: number.areaCode,
    prerequisites: [],
    rate_center: null,
    region: regionText(number),
    resource_uri: `/v1/Account/${accountId}/PhoneNumber/${number.number}/`,
    restriction: null,
    restriction_text: null,
    setup_rate: free,
    sms_enabled: number.services.sms,
    sms_rate: free,
    sub_type: number.kind === 'tollfree' ? 'tollfree' : 'local',
    type: number.kind === 'tollfree' ? 'tollfree' : 'fixed',
    voice_enabled: number.services.voice,
    voice_rate: free,
  };
}

/** Returns the answer of a search: a list, with the key that PHP's SDK needs where it is empty. */
export function searchAnswer(answer: Answer, found: number): Answer {
  return found > 0 ? answer : { ...answer, body: { ...answer.body, error: '' } };
}

const applicationId = Type.Optional(
  Type.String({
    maxLength: 64,
    nullMeans: 'null',
    description: 'Application for replies; `null`, as JSON or as text, or `none` for none.',
  }),
);

export const RentInput = Type.Object({ app_id: applicationId });

export const RentedBody = Type.Object({
  message: Type.Literal('created'),
  numbers: Type.Array(Type.Object({ number: Type.String(), status: Type.Literal('Success') })),
  status: Type.Literal('fulfilled'),
});

export const ListNumbersInput = Type.Object({
  type: Type.Optional(
    Type.Enum([...numberTypes, 'shortcode'], {
      spellings: tollfreeSpellings,
      aliases: ['number_type'],
      description: 'Kind of number. Short codes are no numbers: there are none of them here.',
    }),
  ),
  number_startswith: text('Digits that the number begins with, country code included.', {
    trim: true,
    pattern: '^\\+?[0-9]{0,15}$',
    maxLength: 16,
    expected: 'at most 15 digits',
  }),
  subaccount: text('Only numbers of this subaccount.'),
  alias: text('Only numbers with exactly this alias.'),
  pooled: Type.Optional(
    Type.Boolean({
      description: 'Extension: only numbers that are in the pool of a powerpack, or that are in none.',
    }),
  ),
  application_id: text(
    'Extension: only numbers whose replies go to this application, by themselves or by their powerpack.',
  ),
  services: services('Services that the number must offer.'),
  renewal_date: text('Numbers are not renewed on this server: any value finds none.'),
  renewal_date__lt: text('As renewal_date.'),
  renewal_date__lte: text('As renewal_date.'),
  renewal_date__gt: text('As renewal_date.'),
  renewal_date__gte: text('As renewal_date.'),
  tendlc_campaign_id: text('Only numbers that send for this campaign.'),
  tendlc_registration_status: text(
    'COMPLETED for numbers that send for a campaign, UNREGISTERED for others.',
  ),
  toll_free_sms_verification: text(
    `Only toll-free numbers of this verification: ${tollfreeVerifications.join(', ')}, in any case.`,
  ),
  toll_free_sms_verification_order_status: text('There are no orders of verification: any value finds none.'),
  cnam_lookup: text('`disabled` is the state of every number.'),
  ...pageParameters,
});

/** Returns the filters of a list; `undefined` when they ask for what no number here can be. */
export function filtersFromWire(input: Static<typeof ListNumbersInput>): NumberFilters | undefined {
  const never = [
    input.renewal_date,
    input.renewal_date__lt,
    input.renewal_date__lte,
    input.renewal_date__gt,
    input.renewal_date__gte,
    input.toll_free_sms_verification_order_status,
  ];
  const status = input.tendlc_registration_status?.toUpperCase();
  const lookup = input.cnam_lookup?.toLowerCase() ?? 'disabled';
  if (never.some((value) => value !== undefined) || lookup !== 'disabled') return undefined;
  if (status !== undefined && status !== unregistered && status !== registered) return undefined;
  const verification = input.toll_free_sms_verification?.toLowerCase();
  if (verification !== undefined && !isVerification(verification)) return undefined;
  const wanted = servicesFromWire(input.services);
  return {
    prefix: input.number_startswith?.replace('+', ''),
    numberTypes: numberTypesFromWire(input.type),
    subaccountId: input.subaccount,
    alias: input.alias,
    isPooled: input.pooled,
    applicationId: input.application_id,
    sms: wanted.includes('sms'),
    mms: wanted.includes('mms'),
    voice: wanted.includes('voice'),
    tollfreeVerification: verification,
    campaignId: input.tendlc_campaign_id,
    isRegistered: status === undefined ? undefined : status === registered,
  };
}

const isVerification = (text: string): text is TollfreeVerification =>
  tollfreeVerifications.some((verification) => verification === text);

const unregistered = 'UNREGISTERED';
const registered = 'COMPLETED';

/** Returns the types that a filter names; `local` and `national` count as `fixed` (wire-control-plane 7.2). */
function numberTypesFromWire(type: Static<typeof ListNumbersInput>['type']): NumberType[] | undefined {
  if (type === undefined || type === 'any') return undefined;
  if (type === 'shortcode') return [];
  if (type === 'tollfree' || type === 'mobile') return [type];
  return ['fixed', 'local', 'national'];
}

export function servicesFromWire(services: string | undefined): ('voice' | 'sms' | 'mms')[] {
  return (services ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean) as ('voice' | 'sms' | 'mms')[];
}

export const AddNumbersInput = Type.Object({
  numbers: NumberList,
  carrier: Type.String({ maxLength: 255, description: 'Name of the carrier that brings the numbers.' }),
  region: Type.String({ maxLength: 255, description: 'Region, free text.' }),
  number_type: text('Informational; the kind of a number is read from the number itself.'),
  app_id: applicationId,
  subaccount: text('Subaccount that the numbers are assigned to.'),
  alias: text('Alias for all of them.'),
});

export const UpdateNumberInput = Type.Object({
  app_id: applicationId,
  subaccount: text('Subaccount to assign the number to; `null` for none.', { nullMeans: 'null' }),
  alias: text('Name for people.', { nullMeans: 'null' }),
  cnam_lookup: Type.Optional(
    Type.Enum(['disabled'], { description: 'Caller names are a matter of calls: only `disabled`.' }),
  ),
  toll_free_sms_verification: Type.Optional(
    Type.Enum([...tollfreeVerifications, 'none'], {
      description:
        'Extension: what the carriers say of a toll-free number. One that is not `verified` sends nothing; `none`, nothing is known, is the default and lets it send.',
    }),
  ),
});

export const NumberBody = Type.Object({
  active: Type.Boolean(),
  added_on: Type.String(),
  alias: nullable(Type.String()),
  application: nullable(Type.String()),
  carrier: Type.String(),
  city: nullable(Type.String()),
  cnam_lookup: Type.String(),
  compliance_application_id: Type.Null(),
  compliance_status: Type.Null(),
  country: Type.String(),
  mms_enabled: Type.Boolean(),
  mms_rate: Type.String(),
  monthly_rental_rate: Type.String(),
  number: Type.String(),
  number_type: Type.Enum(['local', 'tollfree', 'mobile', 'fixed', 'national']),
  powerpack_uuid: nullable(Type.String({ description: 'Extension: the powerpack that it is a member of.' })),
  region: Type.String(),
  renewal_date: Type.Null(),
  resource_uri: Type.String(),
  sms_enabled: Type.Boolean(),
  sms_rate: Type.String(),
  sub_account: nullable(Type.String()),
  sub_account_name: nullable(Type.String()),
  tendlc_campaign_id: nullable(Type.String()),
  tendlc_registration_status: Type.String(),
  toll_free_sms_verification: Type.Union([Type.Enum([...tollfreeVerifications]), Type.Null()]),
  toll_free_sms_verification_id: Type.Null(),
  toll_free_sms_verification_order_status: Type.Null(),
  verification_info: Type.Array(Type.Unknown()),
  voice_enabled: Type.Boolean(),
  voice_rate: Type.String(),
});

/** Returns a number for the wire. `verification_info` must be a list, or .NET cannot print the number (sdk-reactions, "Responses"). */
export function numberToWire(
  accountId: string,
  { number, effectiveApplicationId, powerpackId, subaccountName }: ShownNumber,
) {
  const account = `/v1/Account/${accountId}`;
  return {
    active: true,
    added_on: utcDay(number.addedAt),
    alias: number.alias === '' ? null : number.alias,
    application: effectiveApplicationId === null ? null : `${account}/Application/${effectiveApplicationId}/`,
    carrier: number.carrier,
    city: null,
    cnam_lookup: 'disabled',
    compliance_application_id: null,
    compliance_status: null,
    country: countryName(number.countryIso2),
    mms_enabled: number.mmsEnabled,
    mms_rate: free,
    monthly_rental_rate: free,
    number: number.number,
    number_type: number.numberType,
    powerpack_uuid: powerpackId,
    region: number.region,
    renewal_date: null,
    resource_uri: `${account}/Number/${number.number}/`,
    sms_enabled: number.smsEnabled,
    sms_rate: free,
    sub_account: number.subaccountId,
    sub_account_name: subaccountName,
    tendlc_campaign_id: number.campaignId,
    tendlc_registration_status: number.campaignId === null ? unregistered : registered,
    toll_free_sms_verification: number.tollfreeVerification,
    toll_free_sms_verification_id: null,
    toll_free_sms_verification_order_status: null,
    verification_info: [],
    voice_enabled: number.voiceEnabled,
    voice_rate: free,
  };
}
