// Rents the numbers of a seed from the inventory.
import type { Settings } from '../base/config.ts';
import { ApiError } from '../base/errors.ts';
import type { Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { listTakenFictitious } from '../numbers/held-store.ts';
import { holdStart, rentNumber } from '../numbers/rent-numbers.ts';
import type { PhoneNumber } from '../telecom/e164.ts';
import { searchInventory } from '../telecom/inventory.ts';
import { parseNumber } from '../telecom/written-number.ts';
import type { NumberSeed } from './seed.ts';

export interface RentParts {
  readonly settings: Settings;
  readonly now: Date;
}

/** The most rounds in which numbers are looked for: of those who look at the same moment each round serves one. */
const maxRounds = 50;

/**
 * Takes numbers for an account, as many as the seed says.
 * @throws ApiError invalid for what is no number, conflict where not so many are free.
 */
export async function rentSeed(
  tx: Transaction,
  scope: Scope,
  seed: NumberSeed,
  parts: RentParts,
): Promise<PhoneNumber[]> {
  if (seed.number !== undefined) return [await rentOne(tx, scope, seed.number, parts)];
  const { settings, now } = parts;
  const { countryIso2, type, pattern, count } = seed;
  const rented: PhoneNumber[] = [];
  for (let round = 0; round < maxRounds && rented.length < count; round++) {
    const taken = await listTakenFictitious(tx, scope, holdStart(now, settings));
    const { numbers } = searchInventory(
      { countryIso2, type, pattern, limit: count - rented.length, offset: 0 },
      (number) => taken.has(number),
    );
    for (const number of numbers) {
      const result = await rentNumber(tx, scope, { number, applicationId: undefined, now, settings });
      if (result === 'rented') rented.push(number);
    }
  }
  if (rented.length < count)
    throw new ApiError('conflict', `not so many numbers are for sale: ${rented.length}`);
  return rented;
}

async function rentOne(
  tx: Transaction,
  scope: Scope,
  text: string,
  { settings, now }: RentParts,
): Promise<PhoneNumber> {
  const number = parseNumber(text);
  if (number === undefined)
    throw new ApiError('invalid', 'number must be a phone number with its country code');
  const result = await rentNumber(tx, scope, { number, applicationId: undefined, now, settings });
  if (result === 'already_rented') {
    throw new ApiError('conflict', `the account has number ${number.number} already`);
  }
  if (result === 'not_for_sale') {
    throw new ApiError(
      'conflict',
      `number ${number.number} is not for sale: it is another account's, or none of the simulator's`,
    );
  }
  return number;
}
