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
  addMembers,
  addShortcodeMember,
  lockMember,
  lockMemberOfNumber,
  lockMemberships,
  type MemberKey,
  type MemberLimits,
  moveMembers,
  type NewMember,
  removeMember,
} from './pool-store.ts';
import { requireLockedPool } from './require-pool.ts';

interface NumberToAdd {
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

/** A member as it was added, and as it was in the pool before; undefined where it was not. */
interface AddedMember {
  readonly member: PoolMember;
  readonly before: PoolMember | undefined;
}

/**
 * Adds a number to a pool, renting it first if asked: both or neither.
 * @throws ApiError notFound (pool, number), conflict (in another pool, wrong kind), invalid (service not on this number).
 */
export function addNumber(db: Db, scope: Scope, request: NumberToAdd): Promise<AddedMember> {
  const { poolUuid, service, limits } = request;
  return db.transaction(async (tx) => {
    const [, present] = await Promise.all([
      requireLockedPool(tx, scope, poolUuid),
      lockNumberAndMember(tx, scope, request.number.number),
    ]);
    if (!request.kinds.includes(request.number.kind))
      throw new ApiError('conflict', 'number is not toll-free');
    const { number, before } = present ?? (await rentForPool(tx, scope, request));
    requireService(number, service ?? 'sms');
    if (before !== undefined && before.poolUuid !== poolUuid.toLowerCase())
      throw new ApiError('conflict', 'number belongs to another powerpack');
    // What is rented for the pool takes what the number can.
    const standard = request.rent && number.mmsEnabled ? 'mms' : 'sms';
    const added = memberOf(poolUuid, number, request.now);
    addMembers(tx, [added], { service, standard }, limits);
    const member = before ?? { ...added, service: standard };
    return { member: { ...member, service: service ?? member.service }, before };
  });
}

interface LockedNumber {
  readonly number: RentedNumber;
  /** The member that it is, of whichever pool. */
  readonly before: PoolMember | undefined;
}

/** Returns a number, if it is the account's, and the member that it is: both stay so until the transaction ends. */
async function lockNumberAndMember(
  tx: Transaction,
  scope: Scope,
  digits: string,
): Promise<LockedNumber | undefined> {
  const [number, before] = await Promise.all([lockNumber(tx, scope, digits), lockMemberOfNumber(tx, digits)]);
  return number && { number, before };
}

async function rentForPool(tx: Transaction, scope: Scope, request: NumberToAdd): Promise<LockedNumber> {
  const notFound = () => new ApiError('notFound', 'number not found in this account');
  if (!request.rent) throw notFound();
  await rentNumber(tx, scope, {
    number: request.number,
    applicationId: null,
    now: request.now,
    settings: request.settings,
  });
  // Another request may have rented and added it at the same moment.
  const rented = await lockNumberAndMember(tx, scope, request.number.number);
  if (rented === undefined) throw notFound();
  return rented;
}

const memberOf = (poolUuid: string, number: RentedNumber, addedAt: Date): NewMember => ({
  poolUuid: poolUuid.toLowerCase(),
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

interface NumbersToAdd {
  readonly poolUuid: string;
  readonly numbers: readonly PhoneNumber[];
  readonly service: Service | undefined;
  readonly limits: MemberLimits;
  /** Take members of the account's other pools out of these, with their services and limits. */
  readonly move: boolean;
  readonly now: Date;
}

/**
 * Adds numbers that the account has to a pool: all of them or none. Returns how many they are.
 * @throws ApiError notFound (pool, a number), conflict (a number in another pool), invalid (service not on a number); each names the number.
 */
export function addNumbers(db: Db, scope: Scope, request: NumbersToAdd): Promise<number> {
  const { poolUuid, service, limits, move, now } = request;
  const digits = request.numbers.map(({ number }) => number);
  return db.transaction(async (tx) => {
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
    const elsewhere = (await lockMemberships(tx, digits)).filter(
      (membership) => membership.poolUuid !== poolUuid.toLowerCase(),
    );
    const kept = move ? elsewhere.find(({ accountId }) => accountId !== scope.accountId) : elsewhere[0];
    if (kept !== undefined)
      throw new ApiError('conflict', `number ${kept.number} belongs to another powerpack`);
    const moved = elsewhere.map(({ number }) => number);
    if (moved.length > 0) moveMembers(tx, poolUuid, moved, now);
    addMembers(
      tx,
      numbers.map((number) => memberOf(poolUuid, number, now)),
      { service, standard: 'sms' },
      limits,
    );
    return numbers.length;
  });
}

interface ShortcodeToAdd {
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
    const member = await db.transaction(async (tx) => {
      await requireLockedPool(tx, scope, request.poolUuid);
      return addShortcodeMember(
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
    if (member === undefined) throw new ApiError('conflict', 'short code belongs to another powerpack');
    return member;
  } catch (error) {
    if (violatedConstraint(error) !== 'pool_members_shortcode') throw error;
    throw new ApiError('conflict', `powerpack already has a short code for ${request.countryIso2}`);
  }
}

/**
 * Takes a member out of its pool, and unrents its number if asked. Short codes are never unrented. Returns the member that left.
 * @throws ApiError notFound for an unknown pool or a sender that is not in it.
 */
export function removeFromPool(
  db: Db,
  scope: Scope,
  key: MemberKey,
  { unrent, now }: { unrent: boolean; now: Date },
): Promise<PoolMember> {
  return db.transaction(async (tx) => {
    // A number is locked before its member.
    const [, number, member] = await Promise.all([
      requireLockedPool(tx, scope, key.poolUuid),
      unrent ? lockNumber(tx, scope, key.sender) : undefined,
      lockMember(tx, key),
    ]);
    if (member === undefined) throw notInPool(key);
    removeMember(tx, member);
    if (number !== undefined) await unrentNumbers(tx, [number.number], now);
    return member;
  });
}

const notInPool = ({ kinds }: MemberKey) =>
  new ApiError('notFound', `${kinds.includes('shortcode') ? 'short code' : 'number'} not found in this pool`);
