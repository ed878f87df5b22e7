// The SQL that finds things by their names and numbers.
import { scopeValues, visibleIn } from '../accounts/scope.ts';
import type { Reader } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { type Found, type FoundKind, maxOfKind } from './found.ts';

interface Row {
  kind: FoundKind;
  id: string;
  name: string | null;
}

const fromRow = ({ kind, id, name }: Row): Found => ({ kind, id, name: name ?? undefined });

/** Returns the statement of the things of one kind with `$3` in their names or `$3` as their id; names that begin with it come first. */
const namedSql = (kind: FoundKind, id: string, name: string, from: string) => `(
  select '${kind}' as kind, ${id}::text as id, ${name} as name from ${from}
    and (strpos(lower(${name}), lower($3)) > 0 or lower(${id}::text) = lower($3))
  order by strpos(lower(${name}), lower($3)), lower(${name}), ${id} limit ${maxOfKind})`;

// Brands and campaigns are the main account's alone, subaccounts are its owner's ($5).
const namesSql = [
  namedSql('powerpack', 'uuid', 'name', 'powerpacks where account_id = $4 and deleted_at is null'),
  namedSql('number', 'number', 'alias', `numbers where ${visibleIn()}`),
  namedSql('application', 'app_id', 'app_name', `applications where ${visibleIn()}`),
  namedSql('campaign', 'campaign_id', 'alias', 'campaigns where account_id = $1 and $2::text is null'),
  namedSql('brand', 'brand_id', 'alias', 'brands where account_id = $1 and $2::text is null'),
  namedSql(
    'subaccount',
    'auth_id',
    'name',
    'accounts where main_id = $1 and $2::text is null and $5::boolean',
  ),
].join('\n  union all ');

/** Returns the things that have a text in their names, in any case, or as their id, at most five of a kind. */
export async function findByName(
  reader: Reader,
  scope: Scope,
  text: string,
  isOwner: boolean,
): Promise<readonly Found[]> {
  const rows = await reader.query<Row>(namesSql, [...scopeValues(scope), text, scope.accountId, isOwner]);
  return rows.map(fromRow);
}

/** Returns the powerpack with a UUID, or with a pool of that UUID. */
export async function findPowerpack(
  reader: Reader,
  { accountId }: Scope,
  uuid: string,
): Promise<readonly Found[]> {
  const rows = await reader.query<Row>(
    `select 'powerpack' as kind, uuid::text as id, name from powerpacks
     where account_id = $1 and deleted_at is null and (uuid = $2 or pool_uuid = $2)`,
    [accountId, uuid],
  );
  return rows.map(fromRow);
}

/** Returns the account's own numbers that contain digits, those that begin with them first. */
export async function findNumbers(reader: Reader, scope: Scope, digits: string): Promise<readonly Found[]> {
  const rows = await reader.query<Row>(
    `select 'number' as kind, number as id, alias as name from numbers
     where ${visibleIn()} and strpos(number, $3) > 0
     order by strpos(number, $3), number limit ${maxOfKind}`,
    [...scopeValues(scope), digits],
  );
  return rows.map(fromRow);
}
