// SQL of the powerpacks and numbers that an opt-out by hand names.
import type { Transaction } from '../../db/db.ts';

/** Returns which of these powerpacks are of an account or, for a main account, of its subaccounts; they stay until the transaction ends. */
export async function holdPowerpacksOf(
  tx: Transaction,
  accountId: string,
  uuids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (uuids.length === 0) return new Set();
  const rows = await tx.query<{ uuid: string }>(
    `select powerpacks.uuid from powerpacks join accounts on accounts.auth_id = powerpacks.account_id
     where powerpacks.uuid = any($2::uuid[]) and powerpacks.deleted_at is null
       and $1 in (accounts.auth_id, accounts.main_id)
     order by powerpacks.uuid for share of powerpacks`,
    [accountId, uuids],
  );
  return new Set(rows.map(({ uuid }) => uuid));
}

/** Returns which of these numbers are a subaccount's; they stay its own until the transaction ends. */
export async function holdNumbersOf(
  tx: Transaction,
  subaccountId: string,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  if (numbers.length === 0) return new Set();
  const rows = await tx.query<{ number: string }>(
    'select number from numbers where subaccount_id = $1 and number = any($2) order by number for share',
    [subaccountId, numbers],
  );
  return new Set(rows.map(({ number }) => number));
}
