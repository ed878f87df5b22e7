// Names: asked for, decided on by the operator, deleted, and put into pools.
import { ApiError } from '../../base/errors.ts';
import { violatedConstraint } from '../../db/constraint.ts';
import type { Db } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import { requireLockedPool } from '../pool/require-pool.ts';
import type { AlphanumericSender, ApprovalStatus, NamedMember } from './alphanumeric-sender.ts';
import {
  addNamedMember,
  countSenders,
  deleteSender,
  findNamedMember,
  holdSender,
  insertSender,
  removeNamedMember,
  saveDecision,
} from './alphanumeric-store.ts';

/** The most names of an account. */
const maxSenders = 100;

export const senderNotFound = () => new ApiError('notFound', 'name not found');

/**
 * Stores that an account wants to send as a name. It waits for the operator.
 * @throws ApiError conflict when the account has it already, in whatever case, or has very many.
 */
export async function requestSender(
  db: Db,
  { accountId }: Scope,
  { name, note }: Pick<AlphanumericSender, 'name' | 'note'>,
  id: string,
  now: Date,
): Promise<AlphanumericSender> {
  const sender = {
    id,
    accountId,
    name,
    status: 'pending',
    note,
    reason: undefined,
    requestedAt: now,
    decidedAt: undefined,
  } as const;
  try {
    await db.transaction(async (tx) => {
      if ((await countSenders(tx, { accountId, status: undefined })) >= maxSenders)
        throw new ApiError('conflict', `the account has ${maxSenders} names; delete one first`);
      await insertSender(tx, sender);
    });
  } catch (error) {
    if (violatedConstraint(error) !== 'alphanumeric_senders_once') throw error;
    throw new ApiError('conflict', 'the account has this name already');
  }
  return sender;
}

/**
 * Stores the operator's decision on a name. One account sends as a name: handsets show no owner.
 * @throws ApiError notFound, conflict when another account has the name.
 */
export async function decideOnSender(
  db: Db,
  id: string,
  status: Exclude<ApprovalStatus, 'pending'>,
  reason: string | undefined,
  now: Date,
): Promise<AlphanumericSender> {
  try {
    const sender = await db.transaction((tx) => saveDecision(tx, id, status, reason, now));
    if (sender === undefined) throw senderNotFound();
    return sender;
  } catch (error) {
    if (violatedConstraint(error) !== 'alphanumeric_senders_approved') throw error;
    throw new ApiError('conflict', 'the name is approved for another account');
  }
}

/** Deletes a name: it leaves its pools, and what waits to be sent from it fails. @throws ApiError notFound */
export function forgetSender(db: Db, { accountId }: Scope, name: string): Promise<void> {
  return db.transaction(async (tx) => {
    if (!(await deleteSender(tx, accountId, name))) throw senderNotFound();
  });
}

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

/** Takes a name out of a pool. @throws ApiError notFound (pool, name) */
export function removeNameFromPool(db: Db, scope: Scope, poolUuid: string, name: string): Promise<void> {
  return db.transaction(async (tx) => {
    await requireLockedPool(tx, scope, poolUuid);
    if (!(await removeNamedMember(tx, poolUuid, name)))
      throw new ApiError('notFound', 'name not found in this pool');
  });
}
