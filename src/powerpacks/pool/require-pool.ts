// The number pool that a request is about: of the account in its path, else 404.
import { ApiError } from '../../base/errors.ts';
import type { Db, Transaction } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import { findPool, lockPool } from './pool-store.ts';

const poolNotFound = () => new ApiError('notFound', 'number pool not found');

/**
 * Returns the uuid of a pool, in lower case as it stands in paths.
 * @throws ApiError notFound
 */
export async function requirePool(db: Db, scope: Scope, uuid: string): Promise<string> {
  const poolUuid = await findPool(db, scope.accountId, uuid);
  if (poolUuid === undefined) throw poolNotFound();
  return poolUuid;
}

/**
 * Keeps a pool's powerpack from being deleted until the transaction ends.
 * @throws ApiError notFound
 */
export async function requireLockedPool(tx: Transaction, scope: Scope, uuid: string): Promise<void> {
  if (!(await lockPool(tx, scope.accountId, uuid))) throw poolNotFound();
}
