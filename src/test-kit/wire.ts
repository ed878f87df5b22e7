// Wire names of the test kit: main accounts, seeds, resets. Extensions, named in the vendor's style.
import { type Static, Type } from 'typebox';
import type { Account } from '../accounts/account.ts';
import { isoMicroseconds } from '../http/schemas.ts';
import type { NumberSeed } from './seed.ts';

const maxNumbers = 500;

const NumberSeedInput = Type.Object({
  count: Type.Optional(
    Type.Integer({ minimum: 1, maximum: maxNumbers, default: 1, description: 'How many. Default 1.' }),
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
      expected: 'at most 11 digits',
      description: 'Digits that the numbers begin with, with or without the country code.',
    }),
  ),
  number: Type.Optional(
    Type.String({ maxLength: 40, description: 'Exactly this one, of those for sale, instead of the above.' }),
  ),
});

/** What an account is made with. */
export const SeedInput = Type.Object({
  numbers: Type.Optional(
    Type.Array(NumberSeedInput, {
      maxItems: 100,
      description: 'Numbers to rent from the inventory of the simulator: the first that are free.',
    }),
  ),
});

/** Returns the numbers of a seed in our names. */
export function numberSeedsFromWire({ numbers = [] }: Static<typeof SeedInput>): NumberSeed[] {
  return numbers.map(({ count = 1, country_iso: countryIso2 = 'US', type = 'local', pattern, number }) => ({
    count,
    countryIso2,
    type,
    pattern,
    number,
  }));
}

export const CreateMainAccountInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 255, trim: true, description: 'Name of the account.' }),
  seed: Type.Optional(
    Type.Object(SeedInput.properties, {
      description:
        'Where the test kit is on: what the account is made with, and returns to when it is reset.',
    }),
  ),
});

export const CreatedMainAccount = Type.Object({
  auth_id: Type.String(),
  auth_token: Type.String(),
  message: Type.Literal('created'),
  numbers: Type.Array(Type.String(), { description: 'The numbers of the seed, in its order.' }),
});

export const MainAccountBody = Type.Object({
  auth_id: Type.String(),
  created_on: Type.String(),
  name: Type.String(),
  resource_uri: Type.String(),
});

export function mainAccountToWire({ authId, name, createdAt }: Account) {
  return {
    auth_id: authId,
    created_on: isoMicroseconds(createdAt),
    name,
    resource_uri: `/v1/Account/${authId}/`,
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
