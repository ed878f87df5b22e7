// Adds members to a number pool and removes them.
import type { Settings } from '../../base/config.ts';
import { ApiError } from '../../base/errors.ts';
import { violatedConstraint } from '../../db/constraint.ts';
import type { Db, Transaction } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import type { RentedNumber } from '../../numbers/number.ts';
import { rentNumber, unrentNumbers } from '../../numbers/rent-numbers.ts';
import { lockNumber } from '../../numbers/store.ts';
import type { PhoneNumber } from '../../telecom/e164.ts';
import type { Service } from '../../telecom/service.ts';
import type { SenderKind } from '../powerpack.ts';
import { memberTypeOf, type PoolMember } from '../powerpack.ts';
import { addMember, type MemberKey, type MemberLimits, removeMember } from './pool-store.ts';
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
export function addNumber(db: Db, scope: Scope, request: NumberToAdd): Promise<PoolMember> {
  return db.transaction(async (tx) => {
    await requireLockedPool(tx, scope, request.poolUuid);
    if (!request.kinds.includes(request.number.kind))
      throw new ApiError('conflict', 'number is not toll-free');
    const number = await ownNumber(tx, scope, request);
    requireService(number, request.service ?? 'sms');
    const member = await addMember(
      tx,
      {
        poolUuid: request.poolUuid,
        sender: number.number,
        kind: number.kind,
        memberType: memberTypeOf(number.numberType),
        countryIso2: number.countryIso2,
        addedAt: request.now,
      },
      // What is rented for the pool takes what the number can.
      { service: request.service, standard: request.rent && number.mmsEnabled ? 'mms' : 'sms' },
      request.limits,
    );
    if (member === undefined) throw new ApiError('conflict', 'number belongs to another powerpack');
    return member;
  });
}

async function ownNumber(tx: Transaction, scope: Scope, request: NumberToAdd): Promise<RentedNumber> {
  const present = await lockNumber(tx, scope, request.number.number);
  if (present !== undefined) return present;
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

function requireService(number: RentedNumber, service: Service): void {
  const enabled = service === 'mms' ? number.mmsEnabled : number.smsEnabled;
  if (!enabled) throw new ApiError('invalid', `number is not enabled for ${service}`);
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
  const taken = new ApiError('conflict', 'short code belongs to another powerpack');
  try {
    return await db.transaction(async (tx) => {
      await requireLockedPool(tx, scope, request.poolUuid);
      const member = await addMember(
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
      if (member === undefined) throw taken;
      return member;
    });
  } catch (error) {
    if (violatedConstraint(error) !== 'pool_members_shortcode') throw error;
    throw new ApiError('conflict', `powerpack already has a short code for ${request.countryIso2}`);
  }
}

/**
 * Takes a member out of its pool, and unrents its number if asked. Short codes are never unrented.
 * @throws ApiError notFound for an unknown pool or a sender that is not in it.
 */
export function removeFromPool(
  db: Db,
  scope: Scope,
  key: MemberKey,
  { unrent, now }: { unrent: boolean; now: Date },
): Promise<void> {
  return db.transaction(async (tx) => {
    await requireLockedPool(tx, scope, key.poolUuid);
    const isNumber = !key.kinds.includes('shortcode');
    const number = isNumber ? await lockNumber(tx, scope, key.sender) : undefined;
    const member = await removeMember(tx, key);
    if (member === undefined)
      throw new ApiError('notFound', `${isNumber ? 'number' : 'short code'} not found in this pool`);
    if (unrent && number !== undefined) await unrentNumbers(tx, [number.number], now);
  });
}
