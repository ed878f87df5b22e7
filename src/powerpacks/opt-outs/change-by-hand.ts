// Opt-outs that are added and removed by hand or by a file, instead of by STOP and START.
import { ApiError } from '../../base/errors.ts';
import type { Db, Transaction } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import type { PhoneNumber } from '../../telecom/e164.ts';
import type { OptOutScope } from '../powerpack.ts';
import { queueOfSender, senderOfQueue } from '../queue-name.ts';
import type { NewOptOut } from './opt-out.ts';
import type { Cause } from './opt-out-change.ts';
import { findOptOuts } from './opt-out-list-store.ts';
import { addOptOuts, lockOptOuts, removeOptOuts } from './opt-out-store.ts';
import { holdNumbersOf, holdPowerpacksOf } from './place-store.ts';
import { type RecordParts, recordChanges } from './record-changes.ts';

/** The messages that an opt-out is to block. */
export interface OptOutPlace {
  readonly scope: OptOutScope;
  /** In small letters; required for the scope `powerpack`. */
  readonly powerpackUuid: string | undefined;
  /** Digits of a number or short code; required for the scope `number`. It is blocked in every scope. */
  readonly sender: string | undefined;
}

/** An opt-out as a request or a line of a file asks for it. */
export interface WantedOptOut extends OptOutPlace {
  readonly destination: PhoneNumber;
  readonly optedOutAt: Date;
  readonly cause: Cause;
}

/** How many opt-outs are new, and how many were there already. */
export interface AddedCounts {
  readonly added: number;
  readonly known: number;
}

/** Returns why a place cannot be, without regard to which powerpacks and numbers there are; undefined where it can. */
function placeProblem({ scope, powerpackUuid, sender }: OptOutPlace): string | undefined {
  if (scope === 'powerpack' && powerpackUuid === undefined)
    return 'powerpack_uuid is required with the scope powerpack';
  if (scope === 'number' && sender === undefined) return 'number is required with the scope number';
  return undefined;
}

/** Returns why the scope of a request may not add an opt-out at a place; undefined where it may. */
type CheckPlace = (place: OptOutPlace) => string | undefined;

/**
 * Reads the powerpacks and numbers of places, and locks them until the transaction ends. A subaccount opts out of what is its own; a main
 * account of everything, also of numbers that it has no longer.
 */
export async function holdPlaces(
  tx: Transaction,
  scope: Scope,
  places: readonly OptOutPlace[],
): Promise<CheckPlace> {
  const uuids = places.flatMap(({ powerpackUuid = [] }) => powerpackUuid);
  const powerpacks = await holdPowerpacksOf(tx, scope.accountId, [...new Set(uuids)]);
  const { subaccountId } = scope;
  const senders = subaccountId === undefined ? [] : places.flatMap(({ sender = [] }) => sender);
  const numbers = await holdNumbersOf(tx, subaccountId ?? '', [...new Set(senders)]);
  return (place) => {
    if (place.scope === 'account' && subaccountId !== undefined)
      return 'the scope account is for the main account';
    if (place.powerpackUuid !== undefined && !powerpacks.has(place.powerpackUuid))
      return 'powerpack_uuid must be a powerpack of the account';
    if (place.sender !== undefined && subaccountId !== undefined && !numbers.has(place.sender))
      return 'number must be a number of the subaccount';
    return placeProblem(place);
  };
}

/** Stores opt-outs whose places were checked, the first of several that are the same; their history and callbacks with them. */
export async function storeWanted(
  tx: Transaction,
  { mainId }: Scope,
  wanted: readonly WantedOptOut[],
  now: Date,
  parts: RecordParts,
): Promise<AddedCounts> {
  const optOuts = new Map<string, NewOptOut & { readonly cause: Cause }>();
  for (const { destination, scope, powerpackUuid, sender, optedOutAt, cause } of wanted) {
    const queue =
      sender === undefined ? undefined : queueOfSender({ sender, countryIso2: destination.countryIso2 });
    const key = `${destination.number} ${queue ?? ''} ${powerpackUuid ?? ''}`;
    if (optOuts.has(key)) continue;
    const { number } = destination;
    optOuts.set(key, {
      accountId: mainId,
      destination: number,
      queue,
      powerpackUuid,
      scope,
      optedOutAt,
      cause,
    });
  }
  const changes = await addOptOuts(tx, [...optOuts.values()]);
  await recordChanges(tx, changes, now, parts);
  return { added: changes.length, known: wanted.length - changes.length };
}

/**
 * Adds opt-outs by hand.
 * @throws ApiError invalid for a place that the scope has not.
 */
export function addByHand(
  db: Db,
  scope: Scope,
  wanted: readonly WantedOptOut[],
  now: Date,
  parts: RecordParts,
): Promise<AddedCounts> {
  return db.transaction(async (tx) => {
    const check = await holdPlaces(tx, scope, wanted);
    const problem = wanted.map(check).find((found) => found !== undefined);
    if (problem !== undefined) throw new ApiError('invalid', problem);
    return storeWanted(tx, scope, wanted, now, parts);
  });
}

/** Which opt-outs of a person are removed: all that the scope sees, those of a powerpack, those of a number. */
export interface Removal {
  readonly destination: string;
  readonly powerpackUuid: string | undefined;
  readonly sender: string | undefined;
  readonly cause: Cause;
}

/** Removes opt-outs of a person by hand. Returns how many there were. */
export function removeByHand(
  db: Db,
  scope: Scope,
  { destination, powerpackUuid, sender, cause }: Removal,
  now: Date,
  parts: RecordParts,
): Promise<number> {
  return db.transaction(async (tx) => {
    const key = { accountId: scope.mainId, destination };
    const present = await lockOptOuts(tx, key);
    const visible = (await findOptOuts(tx, scope, [destination])).get(destination) ?? [];
    const removed = present.filter(
      (optOut) =>
        visible.some((seen) => seen.queue === optOut.queue && seen.powerpackUuid === optOut.powerpackUuid) &&
        (powerpackUuid === undefined || optOut.powerpackUuid === powerpackUuid) &&
        (sender === undefined || (optOut.queue !== undefined && senderOfQueue(optOut.queue) === sender)),
    );
    removeOptOuts(tx, key, removed);
    const changes = removed.map((optOut) => ({ ...optOut, cause, change: 'removed' as const }));
    await recordChanges(tx, changes, now, parts);
    return removed.length;
  });
}
