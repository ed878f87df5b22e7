// SQL of the powerpacks and numbers that an opt-out by hand, or a check, names.
import type { Reader, Transaction } from '../../db/db.ts';
import type { SenderKind } from '../powerpack.ts';
import { queueOf } from '../queue-name.ts';

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

const powerpacksOfSenderSql = `
  select pool_members.sender, pool_members.kind, pool_members.country_iso2, powerpacks.uuid
  from pool_members
  join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid
  join accounts on accounts.auth_id = powerpacks.account_id
  where pool_members.sender = $2 and not detached and pool_members.kind <> 'alphanumeric'
    and powerpacks.deleted_at is null and $1 in (accounts.auth_id, accounts.main_id)`;

/**
 * Returns the powerpacks of a main account and its subaccounts that a number or short code is in, by its sender queue: one for a number, one
 * for each country of a short code.
 */
export async function findPowerpacksOf(
  reader: Reader,
  mainId: string,
  sender: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await reader.query<{ sender: string; kind: SenderKind; country_iso2: string; uuid: string }>(
    powerpacksOfSenderSql,
    [mainId, sender],
  );
  return new Map(
    rows.map(({ sender, kind, country_iso2: countryIso2, uuid }) => [
      queueOf({ sender, kind, countryIso2 }),
      uuid,
    ]),
  );
}
