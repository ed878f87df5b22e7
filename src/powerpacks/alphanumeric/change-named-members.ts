// Adds names to pools, and removes them.
import { ApiError } from '../../base/errors.ts';
import type { Db } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import { requireLockedPool } from '../pool/require-pool.ts';
import type { NamedMember } from './alphanumeric-sender.ts';
import { holdSender } from './alphanumeric-store.ts';
import { senderNotFound } from './change-alphanumeric.ts';
import { addNamedMember, findNamedMember, removeNamedMember } from './named-member-store.ts';

/**
 * Adds a name of the account to a pool. One that is not approved yet sends once it is.
 * @throws ApiError notFound (pool, name)
 */
export function addNameToPool(
  db: Db,
  scope: Scope,
  {
    poolUuid,
    name,
    smsPerSecond,
  }: { poolUuid: string; name: string; smsPerSecond: number | null | undefined },
  now: Date,
): Promise<NamedMember> {
  return db.transaction(async (tx) => {
    await requireLockedPool(tx, scope, poolUuid);
    const sender = await holdSender(tx, scope.accountId, name);
    if (sender === undefined) throw senderNotFound();
    await addNamedMember(tx, poolUuid, sender, smsPerSecond, now);
    const member = await findNamedMember(tx, poolUuid, name);
    if (member === undefined) throw senderNotFound();
    return member;
  });
}

/** Removes a name from a pool. @throws ApiError notFound (pool, name) */
export function removeNameFromPool(db: Db, scope: Scope, poolUuid: string, name: string): Promise<void> {
  return db.transaction(async (tx) => {
    await requireLockedPool(tx, scope, poolUuid);
    if (!(await removeNamedMember(tx, poolUuid, name)))
      throw new ApiError('notFound', 'name not found in this pool');
  });
}
