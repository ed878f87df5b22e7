// The powerpack that a request is about: of the account in its path, else 404.
import { ApiError } from '../base/errors.ts';
import type { Db, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import type { Powerpack } from './powerpack.ts';
import { getPowerpack, lockPowerpack } from './store.ts';

/** Returns the error for a powerpack that is not there, deleted, or another account's. */
export const powerpackNotFound = () => new ApiError('notFound', 'powerpack not found');

/** @throws ApiError notFound */
export async function requirePowerpack(db: Db, scope: Scope, uuid: string): Promise<Powerpack> {
  const powerpack = await getPowerpack(db, scope.accountId, uuid);
  if (powerpack === undefined) throw powerpackNotFound();
  return powerpack;
}

/**
 * Returns the same as `requirePowerpack`, locked against other changes until the transaction ends.
 * @throws ApiError notFound
 */
export async function requireLockedPowerpack(
  tx: Transaction,
  scope: Scope,
  uuid: string,
): Promise<Powerpack> {
  const powerpack = await lockPowerpack(tx, scope.accountId, uuid);
  if (powerpack === undefined) throw powerpackNotFound();
  return powerpack;
}
