// The operator's account: the one that runs the server for all others, and may change its carriers and routes.
import { ApiError } from '../base/errors.ts';
import type { Reader } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { findOldestMainAccount } from './store.ts';

/**
 * Keeps what is the operator's from all others: for them it is not there.
 * @param named the account that the settings name; without one it is the oldest main account.
 * @throws ApiError notFound
 */
export async function requireOperator(db: Reader, scope: Scope, named: string | undefined): Promise<void> {
  const operator = named ?? (await findOldestMainAccount(db));
  // A subaccount's path is not the operator's, whoever asks for it.
  if (scope.accountId !== operator || scope.callerId !== operator) throw new ApiError('notFound');
}
