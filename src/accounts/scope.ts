// Which things of a main account a scope may see, where things may be assigned to a subaccount.
import { ApiError } from '../base/errors.ts';
import type { Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';

/**
 * Returns the condition on columns `account_id` and `subaccount_id`, of `table` where the statement has several: a main account
 * sees all of its own, a subaccount what is assigned to it. `$1` and `$2` are `scopeValues`.
 */
export function visibleIn(table?: string): string {
  const prefix = table === undefined ? '' : `${table}.`;
  return `${prefix}account_id = $1 and ($2::text is null or ${prefix}subaccount_id = $2)`;
}

/**
 * Throws for subaccounts, for which things of the main account only do not exist.
 * @throws ApiError notFound
 */
export function requireMainAccount(scope: Scope): void {
  if (scope.subaccountId !== undefined) throw new ApiError('notFound');
}

/** Returns the values of `visibleIn`, in order. */
export function scopeValues(scope: Scope): [mainId: string, subaccountId: string | null] {
  return [scope.mainId, scope.subaccountId ?? null];
}

/**
 * Returns whether a scope may assign things to a subaccount: a main account to any of its own, a subaccount to itself. Locks
 * its row against deletion until the transaction ends.
 */
export async function holdSubaccount(tx: Transaction, scope: Scope, subaccountId: string): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from accounts where auth_id = $3 and main_id = $1 and ($2::text is null or auth_id = $2) for key share',
    [...scopeValues(scope), subaccountId],
  );
  return rows.length === 1;
}
