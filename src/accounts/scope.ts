// What a scope sees of things that belong to a main account and may be assigned to one of its subaccounts.
import { ApiError } from '../base/errors.ts';
import type { Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';

/**
 * The condition on columns `account_id` and `subaccount_id`, of `table` where the statement has several: a main account sees
 * everything of its own, a subaccount what is assigned to it. `$1` and `$2` are `scopeValues`.
 */
export function visibleIn(table?: string): string {
  const prefix = table === undefined ? '' : `${table}.`;
  return `${prefix}account_id = $1 and ($2::text is null or ${prefix}subaccount_id = $2)`;
}

/**
 * Keeps what is a main account's alone from its subaccounts: for them it is not there.
 * @throws ApiError notFound
 */
export function requireMainAccount(scope: Scope): void {
  if (scope.subaccountId !== undefined) throw new ApiError('notFound');
}

/** The values of `visibleIn`, in order. */
export function scopeValues(scope: Scope): [mainId: string, subaccountId: string | null] {
  return [scope.mainId, scope.subaccountId ?? null];
}

/**
 * Whether a scope may give things to a subaccount: the main account to any of its own, a subaccount to itself. Its row is kept
 * from going away until the transaction ends.
 */
export async function holdSubaccount(tx: Transaction, scope: Scope, subaccountId: string): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from accounts where auth_id = $3 and main_id = $1 and ($2::text is null or auth_id = $2) for key share',
    [...scopeValues(scope), subaccountId],
  );
  return rows.length === 1;
}
