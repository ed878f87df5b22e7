// Names of the import of an account: the vendor's own, so that the objects of its lists are read as they are.
import { type Static, type TObject, Type } from 'typebox';
import { settingsFromWire, UpdateApplicationInput } from '../applications/wire.ts';
import { ApiError } from '../base/errors.ts';
import { isUuid, tollfreeSpellings, uuidPattern } from '../http/schemas.ts';
import { CreatePowerpackInput, changeFromWire } from '../powerpacks/wire.ts';
import { kinds } from './resource.ts';
import type { AccountParts, Taken } from './take-over.ts';

/** The most resources of a kind in one request: each costs the database some statements. */
export const maxResources = 100;

const reference = (about: string, aliases: readonly string[] = []) =>
  Type.Optional(Type.String({ maxLength: 255, aliases: [...aliases], description: about }));

const moment = (about: string) =>
  Type.Optional(
    Type.String({
      pattern: '^\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:?\\d\\d)?)?$',
      expected: 'a date or a time such as 2026-03-14T09:26:53Z',
      description: about,
    }),
  );

const poolUuid = Type.String({
  maxLength: 255,
  aliases: ['number_pool'],
  description: 'UUID of the pool, or its path.',
});

export const ImportedSubaccount = Type.Object({
  auth_id: Type.String({ pattern: '^SA[A-Z0-9]{18}$', expected: 'the auth id of a subaccount' }),
  auth_token: Type.Optional(
    Type.String({
      pattern: '^[!-9;-~]{20,128}$',
      expected: '20 to 128 printable characters without spaces and colons',
      description: 'Its token; without one a new one is made.',
    }),
  ),
  name: Type.String({ minLength: 1, maxLength: 255, trim: true }),
  enabled: Type.Boolean(),
});

const { default_number_app, log_incoming_messages, subaccount, ...settings } =
  UpdateApplicationInput.properties;

export const ImportedApplication = Type.Object({
  app_id: Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$', expected: 'an id of 1 to 64 letters and digits' }),
  app_name: Type.String({ minLength: 1, maxLength: 255, trim: true }),
  application_type: Type.Optional(
    Type.Enum(['XML', 'PHLO'], { description: 'Without it, XML for an id of digits.' }),
  ),
  ...settings,
  default_number_app: Type.Optional(
    Type.Unsafe<boolean>({ ...default_number_app, aliases: ['default_app'] }),
  ),
  log_incoming_messages: Type.Optional(
    Type.Unsafe<boolean>({ ...log_incoming_messages, aliases: ['log_incoming_message'] }),
  ),
  subaccount: reference('Subaccount that it belongs to.', ['sub_account']),
});

export const ImportedNumber = Type.Object({
  number: Type.String({ maxLength: 40, description: 'With its country code.' }),
  alias: Type.Optional(Type.String({ maxLength: 255 })),
  app_id: reference('Application for replies: its id, or its path.', ['application']),
  subaccount: reference('Subaccount that it is assigned to.', ['sub_account']),
  carrier: Type.Optional(Type.String({ maxLength: 255 })),
  region: Type.Optional(Type.String({ maxLength: 255 })),
  number_type: Type.Optional(
    Type.Enum(['local', 'tollfree', 'mobile', 'fixed', 'national'], { spellings: tollfreeSpellings }),
  ),
  sms_enabled: Type.Optional(Type.Boolean({ description: 'Default true.' })),
  mms_enabled: Type.Optional(Type.Boolean({ description: 'Default true.' })),
  added_on: moment('Since when the account has it; now without it.'),
});

const { name, sticky_sender, local_connect, number_priority, application_type } =
  CreatePowerpackInput.properties;

export const ImportedPowerpack = Type.Object({
  uuid: Type.String({ pattern: uuidPattern, expected: 'a UUID' }),
  number_pool_uuid: poolUuid,
  name,
  sticky_sender,
  local_connect,
  number_priority,
  application_type,
  application_id: reference('Application for replies.'),
  created_on: moment('When it was made; now without it.'),
});

const memberService = Type.Optional(Type.Enum(['sms', 'mms'], { description: 'Default sms.' }));

export const ImportedMember = Type.Object({
  number_pool_uuid: poolUuid,
  number: Type.String({ maxLength: 40, description: 'A number of the account.', aliases: ['tollfree'] }),
  service: memberService,
});

export const ImportedShortcode = Type.Object({
  number_pool_uuid: poolUuid,
  shortcode: Type.String({
    pattern: '^[0-9]{5,6}$',
    expected: '5 or 6 digits',
    aliases: ['short_code', 'number'],
  }),
  country_iso2: Type.Enum(['US', 'CA']),
});

const listOf = <Schema extends TObject>(schema: Schema, about: string) =>
  Type.Optional(Type.Array(schema, { maxItems: maxResources, description: about }));

/** The resources that can be checked before any of them is there. */
const apart = {
  subaccounts: listOf(ImportedSubaccount, 'Subaccounts, with their ids and tokens.'),
  applications: listOf(ImportedApplication, 'Applications, with their ids.'),
  numbers: listOf(ImportedNumber, 'Numbers of the account.'),
  powerpacks: listOf(ImportedPowerpack, 'Powerpacks, with their ids and those of their pools.'),
};

export const ImportInput = Type.Object({
  ...apart,
  members: listOf(ImportedMember, 'Numbers of pools.'),
  shortcodes: listOf(ImportedShortcode, 'Short codes of pools.'),
});

export const CheckImportInput = Type.Object(apart);

export type ImportRequest = Static<typeof ImportInput>;

const result = Type.Object({
  kind: Type.Enum([...kinds]),
  id: Type.String(),
  outcome: Type.Enum(['made', 'present', 'refused'], {
    description: '`present`: the account has it already; it stays as it is.',
  }),
  reason: Type.Union([Type.String(), Type.Null()], { description: 'Of `refused`.' }),
});

export const ImportBody = Type.Object({
  made: Type.Integer({ description: 'How many were made, or would be.' }),
  results: Type.Array(result, {
    description: 'One for each resource, by kind, in the order of the request.',
  }),
});

/** Returns the last segment of a path such as `/v1/Account/MA…/Application/1234/`; a bare id is its own. */
export function idOf(reference: string): string {
  return reference.split('/').filter(Boolean).at(-1) ?? '';
}

/** Returns the type of an application by its id: the vendor's XML applications have digits, its PHLOs a UUID. */
export const typeOfId = (appId: string): 'XML' | 'PHLO' => (/^\d+$/.test(appId) ? 'XML' : 'PHLO');

/** Returns the resources of a request in our names. @throws ApiError invalid that names the place of a mistake. */
export function partsFromWire(input: ImportRequest): AccountParts {
  return {
    subaccounts: (input.subaccounts ?? []).map((given) => ({
      authId: given.auth_id,
      authToken: given.auth_token,
      name: given.name,
      enabled: given.enabled,
    })),
    applications: (input.applications ?? []).map(applicationFromWire),
    numbers: (input.numbers ?? []).map((given) => ({
      number: given.number,
      alias: given.alias ?? '',
      appId: idIn(given.app_id),
      subaccountId: idIn(given.subaccount),
      carrier: given.carrier ?? 'own',
      region: given.region,
      numberType: given.number_type,
      smsEnabled: given.sms_enabled ?? true,
      mmsEnabled: given.mms_enabled ?? true,
      addedAt: momentIn(given.added_on),
    })),
    powerpacks: (input.powerpacks ?? []).map(powerpackFromWire),
    members: (input.members ?? []).map((given) => ({
      poolUuid: poolIn(given.number_pool_uuid),
      number: given.number,
      service: given.service ?? 'sms',
    })),
    shortcodes: (input.shortcodes ?? []).map((given) => ({
      poolUuid: poolIn(given.number_pool_uuid),
      shortcode: given.shortcode,
      countryIso2: given.country_iso2,
    })),
  };
}

function applicationFromWire(
  given: Static<typeof ImportedApplication>,
): AccountParts['applications'][number] {
  const { app_id: appId, app_name: appName, application_type: type, subaccount: owner, ...settings } = given;
  const subaccountId = idIn(owner);
  return {
    appId,
    appName,
    applicationType: type ?? typeOfId(appId),
    settings: { ...settingsFromWire(settings), ...(subaccountId === undefined ? {} : { subaccountId }) },
  };
}

function powerpackFromWire(
  given: Static<typeof ImportedPowerpack>,
  index: number,
): AccountParts['powerpacks'][number] {
  const {
    uuid,
    number_pool_uuid: pool,
    created_on: createdOn,
    application_id: application,
    ...settings
  } = given;
  const appId = idIn(application);
  try {
    const { name: _, ...change } = changeFromWire({
      ...settings,
      ...(appId === undefined ? {} : { application_id: appId }),
    });
    const ids = { uuid: uuid.toLowerCase(), poolUuid: poolIn(pool) };
    return { ids, name: given.name, change, createdAt: momentIn(createdOn) };
  } catch (error) {
    throw error instanceof ApiError
      ? new ApiError(error.kind, `powerpacks[${index}].${error.message}`)
      : error;
  }
}

const idIn = (reference: string | undefined) => (reference === undefined ? undefined : idOf(reference));

function momentIn(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new ApiError('invalid', `"${text}" is no date`);
  return at;
}

function poolIn(reference: string): string {
  const uuid = idOf(reference).toLowerCase();
  if (!isUuid(uuid)) throw new ApiError('invalid', 'number_pool_uuid must be a UUID, or the path of a pool');
  return uuid;
}

export function takenToWire(taken: readonly Taken[]) {
  return {
    made: taken.filter(({ outcome }) => outcome === 'made').length,
    results: taken.map(({ kind, id, outcome, reason = null }) => ({ kind, id, outcome, reason })),
  };
}
