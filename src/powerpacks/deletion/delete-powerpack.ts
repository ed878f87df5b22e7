// Deletes powerpacks, shows the effects beforehand, and restores them.

import type { Settings } from '../../base/config.ts';
import { daysBefore } from '../../base/days.ts';
import { ApiError } from '../../base/errors.ts';
import { violatedConstraint } from '../../db/constraint.ts';
import type { Db } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import { rerentNumbers, unrentNumbers } from '../../numbers/rent-numbers.ts';
import { lockNumbers } from '../../numbers/store.ts';
import { nameTaken } from '../change-powerpack.ts';
import type { Powerpack } from '../powerpack.ts';
import { requireLockedPowerpack, requirePowerpack } from '../require-powerpack.ts';
import { lockDeletedPowerpack, markDeleted, markRestored } from './deleted-store.ts';
import {
  detachMembers,
  listNumbersOfPool,
  type PoolSummary,
  restoreMembers,
  summarisePool,
} from './detached-store.ts';

/** Returns the moment since which a deleted powerpack can still be restored. */
export function restoreStart(now: Date, settings: Settings): Date {
  return daysBefore(now, settings.restoreDays);
}

/**
 * Deletes a powerpack. Its members leave the pool; its numbers stay rented unless `unrentNumbers` is set. All of it stays stored, so
 * that it can be restored (semantics section 5).
 * @throws ApiError notFound, or conflict while the powerpack is protected.
 */
export function deletePowerpack(
  db: Db,
  scope: Scope,
  uuid: string,
  { unrentNumbers: unrent, now }: { unrentNumbers: boolean; now: Date },
): Promise<void> {
  return db.transaction(async (tx) => {
    const powerpack = await requireLockedPowerpack(tx, scope, uuid);
    if (powerpack.deletionProtection) {
      throw new ApiError('conflict', 'powerpack is protected; set deletion_protection to false first');
    }
    const members = await listNumbersOfPool(tx, powerpack.poolUuid);
    const numbers = (await lockNumbers(tx, scope, members)).map(({ number }) => number);
    await detachMembers(tx, powerpack.poolUuid);
    if (unrent) await unrentNumbers(tx, numbers, now);
    await markDeleted(tx, powerpack.uuid, now);
  });
}

/** The effects of a deletion. */
export interface DeletePlan {
  readonly powerpack: Powerpack;
  readonly pool: PoolSummary;
  readonly numbersUnrented: number;
  /** Messages that are queued in numbers which it would unrent: they would fail with code 40. */
  readonly queuedFailing: number;
}

/**
 * Returns the effects of a deletion, and changes nothing.
 * @throws ApiError notFound
 */
export async function planDeletion(db: Db, scope: Scope, uuid: string, unrent: boolean): Promise<DeletePlan> {
  const powerpack = await requirePowerpack(db, scope, uuid);
  const pool = await summarisePool(db, powerpack.poolUuid);
  return {
    powerpack,
    pool,
    numbersUnrented: unrent ? pool.longcodes + pool.tollfree : 0,
    queuedFailing: unrent ? pool.queuedFromNumbers : 0,
  };
}

export interface Restoration {
  readonly powerpack: Powerpack;
  readonly rentedAgain: readonly string[];
  readonly restored: readonly string[];
  readonly lost: readonly string[];
}

/**
 * Restores a deleted powerpack with its uuid, pool, settings, sticky senders and every member that is still free. Numbers that were
 * unrented are rented again unless another account rented them.
 * @throws ApiError notFound when there is nothing to restore, conflict when its name is taken by now.
 */
export async function restorePowerpack(
  db: Db,
  scope: Scope,
  uuid: string,
  { name, now, settings }: { name: string | undefined; now: Date; settings: Settings },
): Promise<Restoration> {
  try {
    return await db.transaction(async (tx) => {
      const deleted = await lockDeletedPowerpack(tx, scope.accountId, uuid, restoreStart(now, settings));
      if (deleted === undefined) throw new ApiError('notFound', 'no deleted powerpack to restore');
      const powerpack = { ...deleted, name: name ?? deleted.name };
      const numbers = await listNumbersOfPool(tx, powerpack.poolUuid);
      const rented = (await lockNumbers(tx, scope, numbers)).map(({ number }) => number);
      const stillRented = new Set(rented);
      const givenUp = numbers.filter((number) => !stillRented.has(number));
      const rentedAgain = await rerentNumbers(tx, scope, givenUp, now, settings);
      await markRestored(tx, powerpack.uuid, powerpack.name);
      const members = await restoreMembers(tx, powerpack.poolUuid, [...rented, ...rentedAgain]);
      return { powerpack, rentedAgain, ...members };
    });
  } catch (error) {
    switch (violatedConstraint(error)) {
      case 'powerpacks_name':
        throw nameTaken();
      case 'pool_members_sender':
      case 'pool_members_number':
        throw new ApiError('conflict', 'a member was added to another powerpack at this moment; try again');
      default:
        throw error;
    }
  }
}
