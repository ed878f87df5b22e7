// Gives an account what it is made with. All of it or nothing.

import type { Settings } from '../base/config.ts';
import { ApiError } from '../base/errors.ts';
import type { Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { listTakenFictitious } from '../numbers/held-store.ts';
import { holdStart, rentNumber } from '../numbers/rent-numbers.ts';
import { searchInventory } from '../telecom/inventory.ts';
import { parseNumber } from '../telecom/written-number.ts';

/** Numbers to rent: one by its digits, or some that are like it. */
export interface NumberSeed {
  readonly count: number;
  readonly countryIso2: 'US' | 'CA';
  readonly type: 'local' | 'tollfree';
  readonly pattern: string | undefined;
  readonly number: string | undefined;
}

export interface SeedParts {
  readonly settings: Settings;
  readonly now: Date;
}

/** The most rounds in which numbers are looked for: others may take them at the same moment. */
const maxRounds = 5;

/** Rents the numbers of a seed, and returns them in its order. */
export async function rentSeeds(
  tx: Transaction,
  scope: Scope,
  seeds: readonly NumberSeed[],
  parts: SeedParts,
): Promise<string[]> {
  const rented: string[] = [];
  for (const [index, seed] of seeds.entries()) {
    const some = await (seed.number === undefined
      ? rentSome(tx, scope, seed, parts)
      : rentOne(tx, scope, seed.number, parts));
    if (some === undefined)
      throw new ApiError('conflict', `seed.numbers[${index}]: not so many are for sale`);
    rented.push(...some);
  }
  return rented;
}

async function rentOne(
  tx: Transaction,
  scope: Scope,
  text: string,
  { settings, now }: SeedParts,
): Promise<string[] | undefined> {
  const number = parseNumber(text);
  if (number === undefined) return undefined;
  const result = await rentNumber(tx, scope, { number, applicationId: undefined, now, settings });
  return result === 'rented' ? [number.number] : undefined;
}

async function rentSome(
  tx: Transaction,
  scope: Scope,
  { count, countryIso2, type, pattern }: NumberSeed,
  { settings, now }: SeedParts,
): Promise<string[] | undefined> {
  const rented: string[] = [];
  for (let round = 0; round < maxRounds && rented.length < count; round++) {
    const taken = await listTakenFictitious(tx, scope, holdStart(now, settings));
    const { numbers } = searchInventory(
      { countryIso2, type, pattern, limit: count - rented.length, offset: 0 },
      (number) => taken.has(number),
    );
    for (const number of numbers) {
      const result = await rentNumber(tx, scope, { number, applicationId: undefined, now, settings });
      if (result === 'rented') rented.push(number.number);
    }
  }
  return rented.length === count ? rented : undefined;
}
