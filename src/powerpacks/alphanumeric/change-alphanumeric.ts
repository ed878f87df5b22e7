// Changes the names of accounts: an account asks for one or deletes it, the operator decides.
import { lockAccount } from '../../accounts/store.ts';
import { ApiError } from '../../base/errors.ts';
import { violatedConstraint } from '../../db/constraint.ts';
import type { Db } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import type { AlphanumericSender, ApprovalStatus } from './alphanumeric-sender.ts';
import { countSenders, deleteSender, insertSender, saveDecision } from './alphanumeric-store.ts';

/** The most names of an account. */
const maxSenders = 100;

export const senderNotFound = () => new ApiError('notFound', 'name not found');

/**
 * Stores that an account wants to send as a name, which waits for the operator.
 * @throws ApiError conflict when the account has it already, in upper or lower case, or has very many.
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
      await lockAccount(tx, accountId);
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
export function removeSender(db: Db, { accountId }: Scope, name: string): Promise<void> {
  return db.transaction(async (tx) => {
    if (!(await deleteSender(tx, accountId, name))) throw senderNotFound();
  });
}
