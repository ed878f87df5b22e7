// Rents numbers that are for sale, takes in numbers that an account brings along, and gives them up again.
import type { Settings } from '../base/config.ts';
import { ApiError } from '../base/errors.ts';
import type { Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { type PhoneNumber, parseNumber } from '../telecom/e164.ts';
import { findInventoryNumber } from '../telecom/inventory.ts';
import { newNumber, type Ownership } from './number.ts';
import { findHolds, findOwners, insertNumbers, moveFromHeld, moveToHeld } from './store.ts';

const dayMs = 24 * 3600 * 1000;

/** Name of the carrier that the simulator's numbers belong to. */
export const simulatorCarrier = 'Simulator';

/** The moment since which an unrented number is still held for its account. */
export function holdStart(now: Date, settings: Settings): Date {
  return new Date(now.getTime() - settings.holdDays * dayMs);
}

/**
 * Reads a number from a path.
 * @throws ApiError invalid when it is no phone number: Node sends the text of a failed search as one.
 */
export function readNumber(text: string): PhoneNumber {
  const number = parseNumber(text);
  if (number === undefined)
    throw new ApiError('invalid', 'number must be a phone number with its country code');
  return number;
}

export interface Rental {
  readonly number: PhoneNumber;
  readonly applicationId: string | null;
  readonly now: Date;
  readonly settings: Settings;
}

/**
 * Rents a number: one that is held for the account comes back as it was, any other must be in the inventory.
 * @throws ApiError conflict when the account has it already, notFound when it is not for sale.
 */
export async function rentNumber(tx: Transaction, scope: Scope, rental: Rental): Promise<void> {
  const { number, settings, now } = rental;
  const owner = (await findOwners(tx, [number.number])).get(number.number);
  if (owner === scope.mainId) throw new ApiError('conflict', 'number is already rented');
  const notForSale = new ApiError('notFound', 'number not found in this account and not for sale');
  if (owner !== undefined) throw notForSale;

  const holder = (await findHolds(tx, [number.number], holdStart(now, settings))).get(number.number);
  if (holder === scope.mainId) {
    if ((await moveFromHeld(tx, scope.mainId, [number.number])).length === 0) throw notForSale;
    return;
  }
  const forSale = settings.sellsInventory && findInventoryNumber(number.number) !== undefined;
  if (holder !== undefined || !forSale) throw notForSale;

  const rented = newNumber(
    number,
    {
      accountId: scope.mainId,
      subaccountId: scope.subaccountId ?? null,
      applicationId: rental.applicationId,
      alias: '',
      carrier: simulatorCarrier,
    },
    now,
  );
  const added = await insertNumbers(tx, [rented]);
  if (added.size === 0) throw notForSale;
}

export interface OwnNumber {
  readonly number: PhoneNumber;
  readonly ownership: Ownership;
}

/** Why a number could not be taken in. */
export interface Refusal {
  readonly number: string;
  readonly reason: string;
}

/**
 * Takes in numbers that an account brings along (its own carriers'). Numbers that it has already stay as they are.
 * Answers those that belong to, or are held for, another account; nothing is added for them.
 */
export async function addOwnNumbers(
  tx: Transaction,
  mainId: string,
  numbers: readonly OwnNumber[],
  now: Date,
  settings: Settings,
): Promise<Refusal[]> {
  const digits = numbers.map(({ number }) => number.number);
  const holds = await findHolds(tx, digits, holdStart(now, settings));
  const free = numbers.filter(({ number }) => !holds.has(number.number));
  await moveFromHeld(tx, mainId, digits);
  const added = await insertNumbers(
    tx,
    free.map(({ number, ownership }) => newNumber(number, ownership, now)),
  );
  const owners = await findOwners(
    tx,
    digits.filter((number) => !added.has(number)),
  );

  const refusals: Refusal[] = [];
  for (const number of digits) {
    const owner = owners.get(number);
    const holder = holds.get(number);
    if (owner !== undefined && owner !== mainId) {
      refusals.push({ number, reason: 'belongs to another account' });
    } else if (owner === undefined && holder !== undefined && holder !== mainId) {
      refusals.push({ number, reason: 'is held for another account' });
    }
  }
  return refusals;
}

/** Gives numbers up: they leave their pools, and are held for the account for a while. Answers which were rented. */
export function unrentNumbers(tx: Transaction, numbers: readonly string[], now: Date): Promise<string[]> {
  return moveToHeld(tx, numbers, now);
}

/** Rents numbers again that are held for the account, as they were. Answers those that came back. */
export function rerentNumbers(
  tx: Transaction,
  mainId: string,
  numbers: readonly string[],
): Promise<string[]> {
  return moveFromHeld(tx, mainId, numbers);
}
