// Adds members to a number pool and removes them.
import type { Settings } from '../../base/config.ts';
import { ApiError } from '../../base/errors.ts';
import { violatedConstraint } from '../../db/constraint.ts';
import type { Db, Transaction } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import type { RentedNumber } from '../../numbers/number.ts';
import { rentNumber, unrentNumbers } from '../../numbers/rent-numbers.ts';
import { lockNumber, lockNumbers } from '../../numbers/store.ts';
import type { PhoneNumber } from '../../telecom/e164.ts';
import type { Service } from '../../telecom/service.ts';
import type { SenderKind } from '../powerpack.ts';
import { memberTypeOf, type PoolMember } from '../powerpack.ts';
import {
  addMember,
  addMembers,
  findInOtherPool,
  findMember,
  type MemberKey,
  type MemberLimits,
  type NewMember,
  removeMember,
} from './pool-store.ts';
import { requireLockedPool } from './require-pool.ts';

export interface NumberToAdd {
  readonly poolUuid: string;
  readonly number: PhoneNumber;
  /** Kinds that the call may add: `Tollfree/` takes toll-free numbers only. */
  readonly kinds: readonly SenderKind[];
  readonly service: Service | undefined;
  readonly limits: MemberLimits;
  /** Rent the number first when the account does not have it. */
  readonly rent: boolean;
  readonly now: Date;
  readonly settings: Settings;
}

/**
 * Adds a number to a pool, renting it first if asked: both or neither.
 * @throws ApiError notFound (pool, number), conflict (in another pool, wrong kind), invalid (service not on this number).
 */
export async function addNumber(db: Db, scope: Scope, request: NumberToAdd): Promise<PoolMember> {
  const added = await db.transaction(async (tx) => {
    const present = await lockNumberIn(tx, scope, request.poolUuid, request.number.number);
    if (!request.kinds.includes(request.number.kind))
      throw new ApiError('conflict', 'number is not toll-free');
    const number = present ?? (await rentForPool(tx, scope, request));
    requireService(number, request.service ?? 'sms');
    return addMember(
      tx,
      memberOf(request.poolUuid, number, request.now),
      // What is rented for the pool takes what the number can.
      { service: request.service, standard: request.rent && number.mmsEnabled ? 'mms' : 'sms' },
      request.limits,
    );
  });
  const member = added();
  // Nothing was written: a number that is in a pool was the account's already.
  if (member === undefined) throw new ApiError('conflict', 'number belongs to another powerpack');
  return member;
}

/**
 * Returns a number, if it is the account's, locked; keeps the powerpack of a pool from being deleted as well, in the same round trip.
 * @throws ApiError notFound for an unknown pool.
 */
async function lockNumberIn(
  tx: Transaction,
  scope: Scope,
  poolUuid: string,
  number: string,
): Promise<RentedNumber | undefined> {
  const [, locked] = await Promise.all([
    requireLockedPool(tx, scope, poolUuid),
    lockNumber(tx, scope, number),
  ]);
  return locked;
}

async function rentForPool(tx: Transaction, scope: Scope, request: NumberToAdd): Promise<RentedNumber> {
  if (!request.rent) throw new ApiError('notFound', 'number not found in this account');
  await rentNumber(tx, scope, {
    number: request.number,
    applicationId: null,
    now: request.now,
    settings: request.settings,
  });
  const rented = await lockNumber(tx, scope, request.number.number);
  if (rented === undefined) throw new ApiError('notFound', 'number not found in this account');
  return rented;
}

const memberOf = (poolUuid: string, number: RentedNumber, addedAt: Date): NewMember => ({
  poolUuid,
  sender: number.number,
  kind: number.kind,
  memberType: memberTypeOf(number.numberType),
  countryIso2: number.countryIso2,
  addedAt,
});

function requireService(number: RentedNumber, service: Service): void {
  if (!isEnabled(number, service)) throw new ApiError('invalid', `number is not enabled for ${service}`);
}

const isEnabled = ({ smsEnabled, mmsEnabled }: RentedNumber, service: Service): boolean =>
  service === 'mms' ? mmsEnabled : smsEnabled;

export interface NumbersToAdd {
  readonly poolUuid: string;
  readonly numbers: readonly PhoneNumber[];
  readonly service: Service | undefined;
  readonly limits: MemberLimits;
  readonly now: Date;
}

/**
 * Adds numbers that the account has to a pool: all of them or none.
 * @throws ApiError notFound (pool, a number), conflict (a number in another pool), invalid (service not on a number); each names the number.
 */
export async function addNumbers(db: Db, scope: Scope, request: NumbersToAdd): Promise<PoolMember[]> {
  const { poolUuid, service, limits, now } = request;
  const digits = request.numbers.map(({ number }) => number);
  const added = await db.transaction(async (tx) => {
    const [, numbers] = await Promise.all([
      requireLockedPool(tx, scope, poolUuid),
      lockNumbers(tx, scope, digits),
    ]);
    const owned = new Set(numbers.map(({ number }) => number));
    const missing = digits.find((number) => !owned.has(number));
    if (missing !== undefined) throw new ApiError('notFound', `number ${missing} not found in this account`);
    const unfit = numbers.find((number) => !isEnabled(number, service ?? 'sms'));
    if (unfit !== undefined)
      throw new ApiError('invalid', `number ${unfit.number} is not enabled for ${service ?? 'sms'}`);
    // The locks of the numbers keep it so.
    const elsewhere = await findInOtherPool(tx, poolUuid, digits);
    if (elsewhere !== undefined)
      throw new ApiError('conflict', `number ${elsewhere} belongs to another powerpack`);
    return addMembers(
      tx,
      numbers.map((number) => memberOf(poolUuid, number, now)),
      { service, standard: 'sms' },
      limits,
    );
  });
  return added();
}

export interface ShortcodeToAdd {
  readonly poolUuid: string;
  readonly shortcode: string;
  readonly countryIso2: string;
  readonly limits: MemberLimits;
  readonly now: Date;
}

/**
 * Adds a short code, for SMS: short codes carry nothing else. One US and one CA short code per powerpack.
 * @throws ApiError notFound (pool), conflict (attached elsewhere, or the pool has one of that country).
 */
export async function addShortcode(db: Db, scope: Scope, request: ShortcodeToAdd): Promise<PoolMember> {
  try {
    const added = await db.transaction(async (tx) => {
      await requireLockedPool(tx, scope, request.poolUuid);
      return addMember(
        tx,
        {
          poolUuid: request.poolUuid,
          sender: request.shortcode,
          kind: 'shortcode',
          memberType: 'shortcode',
          countryIso2: request.countryIso2,
          addedAt: request.now,
        },
        { service: 'sms', standard: 'sms' },
        request.limits,
      );
    });
    const member = added();
    if (member === undefined) throw new ApiError('conflict', 'short code belongs to another powerpack');
    return member;
  } catch (error) {
    if (violatedConstraint(error) !== 'pool_members_shortcode') throw error;
    throw new ApiError('conflict', `powerpack already has a short code for ${request.countryIso2}`);
  }
}

/**
 * Takes a member out of its pool, and unrents its number if asked. Short codes are never unrented.
 * @throws ApiError notFound for an unknown pool or a sender that is not in it.
 */
export async function removeFromPool(
  db: Db,
  scope: Scope,
  key: MemberKey,
  { unrent, now }: { unrent: boolean; now: Date },
): Promise<void> {
  const removed = await (key.kinds.includes('shortcode')
    ? db.transaction(async (tx) => {
        await requireLockedPool(tx, scope, key.poolUuid);
        return removeMember(tx, key);
      })
    : removeNumber(db, scope, key, { unrent, now }));
  if (removed() === undefined) throw notInPool(key);
}

function removeNumber(
  db: Db,
  scope: Scope,
  key: MemberKey,
  { unrent, now }: { unrent: boolean; now: Date },
): Promise<() => PoolMember | undefined> {
  return db.transaction(async (tx) => {
    const number = await lockNumberIn(tx, scope, key.poolUuid, key.sender);
    // Its lock keeps it in the pool or out of it.
    if (unrent && (await findMember(tx, key, undefined)) === undefined) throw notInPool(key);
    const removed = removeMember(tx, key);
    if (unrent && number !== undefined) await unrentNumbers(tx, [number.number], now);
    return removed;
  });
}

const notInPool = ({ kinds }: MemberKey) =>
  new ApiError('notFound', `${kinds.includes('shortcode') ? 'short code' : 'number'} not found in this pool`);
