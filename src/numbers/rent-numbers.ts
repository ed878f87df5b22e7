// Rents numbers that are for sale, imports an account's own numbers, and ends the rent of both.
import { holdDefaultApplication } from '../applications/store.ts';
import type { Settings } from '../base/config.ts';
import { daysBefore } from '../base/days.ts';
import { ApiError } from '../base/errors.ts';
import type { Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { type PhoneNumber, parseE164 } from '../telecom/e164.ts';
import { findInventoryNumber } from '../telecom/inventory.ts';
import { numberHint, parseNumber } from '../telecom/written-number.ts';
import { deleteHolds, findHolds, moveFromHeld, moveToHeld } from './held-store.ts';
import { newNumber, type Ownership, type RentedNumber } from './number.ts';
import { findOwners, insertNumbers, type NumberOwner, saveApplicationOf } from './store.ts';

/** Name of the carrier that the simulator's numbers belong to. */
const simulatorCarrier = 'Simulator';

/** Returns the moment since which an unrented number is still held for its account. */
export function holdStart(now: Date, settings: Settings): Date {
  return daysBefore(now, settings.holdDays);
}

/**
 * Reads the number of something that is there, from a path: E.164 digits, as lists show them.
 * @throws ApiError invalid when it is no phone number: Node sends the text of a failed search as one.
 */
export function readNumber(text: string): PhoneNumber {
  return parseE164(text) ?? refuseNumber(text);
}

/**
 * Reads a number under which something is made: rented, added to a pool, pinned. National numbers are refused.
 * @throws ApiError invalid when it is no phone number with its country code.
 */
export function readNewNumber(text: string): PhoneNumber {
  return parseNumber(text) ?? refuseNumber(text);
}

function refuseNumber(text: string): never {
  throw new ApiError('invalid', `number must be a phone number with its country code${numberHint(text)}`);
}

interface Rental {
  readonly number: PhoneNumber;
  /** The application that the caller names; `undefined` takes the account's default, or what a held number had. */
  readonly applicationId: string | null | undefined;
  readonly now: Date;
  readonly settings: Settings;
}

/**
 * Stores that a scope rents a number: one that is held for the scope comes back as it was, any other must be in the inventory. A number
 * that belongs to another account or is held for one is not for sale. Of two that rent one number at the same moment the second learns
 * that it is taken.
 */
export async function rentNumber(
  tx: Transaction,
  scope: Scope,
  rental: Rental,
): Promise<'rented' | 'already_rented' | 'not_for_sale'> {
  const { number, settings, now } = rental;
  const taken = await ownership(tx, scope, number.number);
  if (taken !== undefined) return taken;

  const holder = (await findHolds(tx, [number.number], holdStart(now, settings))).get(number.number);
  if (holder !== undefined && !sees(scope, holder)) return 'not_for_sale';
  if (holder !== undefined) {
    const back = await moveFromHeld(tx, scope, [number.number]);
    if (back.length === 0) return (await ownership(tx, scope, number.number)) ?? 'not_for_sale';
    if (rental.applicationId !== undefined) await saveApplicationOf(tx, number.number, rental.applicationId);
    return 'rented';
  }
  const added = await insertFromInventory(tx, scope, [number], rental);
  return added.size === 1 ? 'rented' : ((await ownership(tx, scope, number.number)) ?? 'not_for_sale');
}

async function ownership(
  tx: Transaction,
  scope: Scope,
  number: string,
): Promise<'already_rented' | 'not_for_sale' | undefined> {
  const owner = (await findOwners(tx, [number])).get(number);
  if (owner === undefined) return undefined;
  return sees(scope, owner) ? 'already_rented' : 'not_for_sale';
}

/** Returns whether a scope sees the numbers of this owner: a main account all of its own, a subaccount those assigned to it. */
function sees({ mainId, subaccountId }: Scope, owner: NumberOwner): boolean {
  return owner.accountId === mainId && (subaccountId === undefined || owner.subaccountId === subaccountId);
}

async function insertFromInventory(
  tx: Transaction,
  scope: Scope,
  numbers: readonly PhoneNumber[],
  { applicationId, now, settings }: Omit<Rental, 'number'>,
): Promise<Set<string>> {
  const forSale = numbers.filter(
    ({ number }) => settings.sellsInventory && findInventoryNumber(number) !== undefined,
  );
  if (forSale.length === 0) return new Set();
  // What is left of holds that have ended.
  await deleteHolds(
    tx,
    forSale.map(({ number }) => number),
  );
  const owner: Ownership = {
    accountId: scope.mainId,
    subaccountId: scope.subaccountId ?? null,
    applicationId:
      applicationId === undefined ? await holdDefaultApplication(tx, scope.mainId) : applicationId,
    alias: '',
    carrier: simulatorCarrier,
  };
  return insertNumbers(
    tx,
    forSale.map((number) => newNumber(number, owner, now)),
  );
}

/** Why a number could not be imported. */
interface Refusal {
  readonly number: string;
  readonly reason: string;
}

/**
 * Imports numbers that an account has from its own carriers. Numbers that the scope has already stay as they are. Returns those that
 * belong to, or are held for, others; nothing is stored for them.
 */
export async function addOwnNumbers(
  tx: Transaction,
  scope: Scope,
  numbers: readonly RentedNumber[],
  now: Date,
  settings: Settings,
): Promise<Refusal[]> {
  const digits = numbers.map(({ number }) => number);
  const holds = await findHolds(tx, digits, holdStart(now, settings));
  const isHeldForOthers = (number: string) => {
    const holder = holds.get(number);
    return holder !== undefined && !sees(scope, holder);
  };
  const wanted = numbers.filter(({ number }) => !isHeldForOthers(number));
  await deleteHolds(
    tx,
    wanted.map(({ number }) => number),
  );
  const added = await insertNumbers(tx, wanted);
  const owners = await findOwners(
    tx,
    digits.filter((number) => !added.has(number)),
  );

  return digits.flatMap((number) => {
    const owner = owners.get(number);
    if (owner !== undefined && !sees(scope, owner)) return [{ number, reason: 'belongs to another account' }];
    if (owner === undefined && isHeldForOthers(number))
      return [{ number, reason: 'is held for another account' }];
    return [];
  });
}

/** Ends the rent of numbers: they leave their pools, and are held for the account for a while. Returns those that were rented. */
export function unrentNumbers(tx: Transaction, numbers: readonly string[], now: Date): Promise<string[]> {
  return moveToHeld(tx, numbers, now);
}

/**
 * Restores numbers that the scope unrented, unless another account rented them: as they were while they are held, else from the
 * inventory. Returns those that came back.
 */
export async function rerentNumbers(
  tx: Transaction,
  scope: Scope,
  numbers: readonly string[],
  now: Date,
  settings: Settings,
): Promise<string[]> {
  const asTheyWere = await moveFromHeld(tx, scope, numbers);
  const holds = await findHolds(tx, numbers, holdStart(now, settings));
  const back = new Set(asTheyWere);
  const rest = numbers.filter((number) => !back.has(number) && !holds.has(number)).map(readNumber);
  const anew = await insertFromInventory(tx, scope, rest, { applicationId: undefined, now, settings });
  return [...asTheyWere, ...anew].sort();
}
