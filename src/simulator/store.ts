// SQL of the simulator's endpoints: the messages and the senders of a scope.
import { scopeValues, visibleIn } from '../accounts/scope.ts';
import type { Reader } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';

const visible = visibleIn();

/** Returns those of the messages that the scope may see. */
export async function visibleMessages(
  db: Reader,
  scope: Scope,
  messageIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ id: string }>(
    `select id from messages where ${visible} and id = any($3::uuid[])`,
    [...scopeValues(scope), messageIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Returns whether messages to `sender` are received in the scope: its number, or a short code in one of its powerpacks. A short
 * code must be of the writer's country, because the same code may have another owner in another country.
 */
export async function receivesFor(
  db: Reader,
  scope: Scope,
  sender: string,
  writerCountryIso2: string,
): Promise<boolean> {
  const rows = await db.query(
    `select from numbers where ${visible} and number = $3
     union all
     select from pool_members
     join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid and powerpacks.deleted_at is null
     join accounts on accounts.auth_id = powerpacks.account_id
     where pool_members.sender = $3 and pool_members.country_iso2 = $4 and pool_members.kind = 'shortcode'
       and not pool_members.detached
       and coalesce(accounts.main_id, accounts.auth_id) = $1 and ($2::text is null or accounts.auth_id = $2)
     limit 1`,
    [...scopeValues(scope), sender, writerCountryIso2],
  );
  return rows.length > 0;
}
