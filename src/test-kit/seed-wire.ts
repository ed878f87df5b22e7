// The wire of seeds and resets. Extensions, in the vendor's style.
import { type Static, Type } from 'typebox';
import { CreateApplicationInput, settingsFromWire } from '../applications/wire.ts';
import { ApiError } from '../base/errors.ts';
import { maxRules, readRules } from '../carriers/simulator/rule-format.ts';
import { CreatePowerpackInput, changeFromWire, poolUri } from '../powerpacks/wire.ts';
import { SimulatorRuleInput } from '../simulator/wire.ts';
import type { MessageSeed, NumberSeed, PowerpackSeed, Seed, Seeded } from './seed.ts';

const NumberSeedInput = Type.Object({
  count: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 500, default: 1, description: 'How many. Default 1.' }),
  ),
  country_iso: Type.Optional(
    Type.Enum(['US', 'CA'], {
      aliases: ['country_iso2'],
      default: 'US',
      description: 'Country. Default US.',
    }),
  ),
  type: Type.Optional(Type.Enum(['local', 'tollfree'], { description: 'Kind of number. Default local.' })),
  pattern: Type.Optional(
    Type.String({
      pattern: '^[0-9]{1,11}$',
      maxLength: 11,
      expected: '1 to 11 digits',
      description: 'Digits that the numbers begin with, with or without the country code.',
    }),
  ),
  number: Type.Optional(
    Type.String({ maxLength: 40, description: 'Exactly this one, of those for sale, instead of the above.' }),
  ),
});

const numbers = (about: string) =>
  Type.Optional(Type.Array(NumberSeedInput, { maxItems: 100, description: about }));

const PowerpackSeedInput = Type.Object({
  ...CreatePowerpackInput.properties,
  application: Type.Optional(
    Type.String({ maxLength: 255, description: '`app_name` of an application of this seed, for replies.' }),
  ),
  numbers: numbers('Numbers to rent into its pool.'),
  shortcodes: Type.Optional(
    Type.Array(Type.String({ pattern: '^[0-9]{5,6}$', expected: 'a short code: 5 or 6 digits' }), {
      maxItems: 1,
      description: 'A short code of the US for its pool. No other powerpack of the server may have it.',
    }),
  ),
});

const number = (about: string) =>
  Type.String({ minLength: 1, maxLength: 40, trim: true, description: about });

const MessageSeedInput = Type.Object({
  direction: Type.Optional(
    Type.Enum(['outbound', 'inbound'], { default: 'outbound', description: 'Default outbound.' }),
  ),
  src: number('Sender.'),
  dst: number('Destination.'),
  text: Type.String({ maxLength: 1600, description: 'The text.' }),
  type: Type.Optional(Type.Enum(['sms', 'mms'], { default: 'sms', description: 'Service. Default sms.' })),
  message_state: Type.Optional(
    Type.Enum(['sent', 'delivered', 'undelivered', 'failed', 'received'], {
      default: 'delivered',
      description: 'State. Default delivered.',
    }),
  ),
  error_code: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000, description: 'Error code.' })),
  powerpack: Type.Optional(
    Type.String({ maxLength: 255, description: 'Name of a powerpack of this seed that sent it.' }),
  ),
  message_time: Type.Optional(
    Type.String({
      pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?Z$',
      expected: 'a time such as 2026-03-14T09:26:53Z',
      description: 'When it was accepted or received; now without it.',
    }),
  ),
});

const seedFields = {
  applications: Type.Optional(
    Type.Array(CreateApplicationInput, { maxItems: 100, description: 'Applications to make.' }),
  ),
  numbers: numbers('Numbers to rent from the inventory of the simulator: the first that are free.'),
  powerpacks: Type.Optional(
    Type.Array(PowerpackSeedInput, { maxItems: 100, description: 'Powerpacks to make, with their pools.' }),
  ),
  // `readRules` checks them.
  rules: Type.Optional(
    Type.Array(Type.Unknown(), {
      publishedItems: SimulatorRuleInput,
      maxItems: maxRules,
      description: "Rules of the simulator for the account's own messages.",
    }),
  ),
  messages: Type.Optional(
    Type.Array(MessageSeedInput, {
      maxItems: 10_000,
      description: 'Messages of the past: they are listed, and nothing is sent.',
    }),
  ),
};

/** The state that an account is given for its tests. */
export const AccountSeedInput = Type.Object(seedFields);

export const SeedInput = Type.Object({
  ...seedFields,
  start: Type.Optional(
    Type.Boolean({
      default: true,
      description: 'Whether a reset returns to the state after this seed. Default true.',
    }),
  ),
});

/** Returns a seed in our names. @throws ApiError that names the place of a mistake. */
export function seedFromWire(input: Static<typeof AccountSeedInput>): Seed {
  return {
    applications: (input.applications ?? []).map((application) => ({
      appName: application.app_name,
      applicationType: application.application_type ?? 'XML',
      settings: settingsFromWire(application),
    })),
    numbers: (input.numbers ?? []).map(numberFromWire),
    powerpacks: (input.powerpacks ?? []).map(powerpackFromWire),
    rules: input.rules === undefined ? [] : readRules(input.rules),
    messages: (input.messages ?? []).map(messageFromWire),
  };
}

function numberFromWire(given: Static<typeof NumberSeedInput>): NumberSeed {
  const { count = 1, country_iso: countryIso2 = 'US', type = 'local', pattern, number } = given;
  return { count, countryIso2, type, pattern, number };
}

function powerpackFromWire(given: Static<typeof PowerpackSeedInput>, index: number): PowerpackSeed {
  const { application, numbers: wanted = [], shortcodes = [], ...settings } = given;
  try {
    const { name: _, ...change } = changeFromWire(settings);
    return { name: given.name, change, application, numbers: wanted.map(numberFromWire), shortcodes };
  } catch (error) {
    throw error instanceof ApiError
      ? new ApiError(error.kind, `powerpacks[${index}].${error.message}`)
      : error;
  }
}

function messageFromWire(given: Static<typeof MessageSeedInput>): MessageSeed {
  return {
    direction: given.direction ?? 'outbound',
    sender: given.src,
    destination: given.dst,
    text: given.text,
    service: given.type ?? 'sms',
    status: given.message_state ?? 'delivered',
    errorCode: given.error_code,
    powerpack: given.powerpack,
    at: given.message_time === undefined ? undefined : new Date(given.message_time),
  };
}

const seededFields = {
  applications: Type.Array(Type.Object({ app_id: Type.String(), app_name: Type.String() })),
  message_uuid: Type.Array(Type.String()),
  numbers: Type.Array(Type.String(), { description: 'All that were rented, those of powerpacks last.' }),
  powerpacks: Type.Array(
    Type.Object({
      name: Type.String(),
      number_pool: Type.String(),
      numbers: Type.Array(Type.String()),
      uuid: Type.String(),
    }),
  ),
};

export const SeededBody = Type.Object({ message: Type.Literal('seeded'), ...seededFields });

export function seededToWire(accountId: string, { applications, messageIds, numbers, powerpacks }: Seeded) {
  return {
    applications: applications.map(({ appId, appName }) => ({ app_id: appId, app_name: appName })),
    message_uuid: messageIds,
    numbers,
    powerpacks: powerpacks.map((powerpack) => ({
      name: powerpack.name,
      number_pool: poolUri(accountId, powerpack.poolUuid),
      numbers: powerpack.numbers,
      uuid: powerpack.uuid,
    })),
  };
}

export const ResetInput = Type.Object({
  clock: Type.Optional(
    Type.Boolean({
      description:
        "Also put the server's time back to that of its start, and freeze it if it was frozen then. For a server with one suite. Default false.",
    }),
  ),
});

export const ResetBody = Type.Object({ message: Type.Literal('reset') });
