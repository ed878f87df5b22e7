// The SQL of API keys.
import type { Reader, Transaction } from '../db/db.ts';
import { type Sorting, sortedText, sortedTexts } from '../db/sorted-texts.ts';
import type { PageRequest } from '../http/page.ts';
import type { KeyRole } from '../http/role.ts';
import type { ApiKey } from './api-key.ts';

interface KeyRow {
  key_id: string;
  name: string;
  role: KeyRole;
  created_at: Date;
}

const columns = 'key_id, name, role, created_at';

const fromRow = (row: KeyRow): ApiKey => ({
  keyId: row.key_id,
  name: row.name,
  role: row.role,
  createdAt: row.created_at,
});

interface StoredKey extends ApiKey {
  readonly accountId: string;
  readonly secretSha256: Uint8Array;
}

/** Stores a key. Returns false when its id is that of another key or of an account. */
export async function insertKey(tx: Transaction, key: StoredKey): Promise<boolean> {
  const rows = await tx.query(
    `insert into api_keys (key_id, account_id, name, role, secret_sha256, created_at)
     select $1, $2, $3, $4, $5, $6 where not exists (select from accounts where auth_id = $1)
     on conflict (key_id) do nothing returning 1`,
    [key.keyId, key.accountId, key.name, key.role, key.secretSha256, key.createdAt],
  );
  return rows.length === 1;
}

/** By which API keys can be put in order. */
export const keyOrders = ['name', 'role', 'created_on'] as const;
type KeyOrder = (typeof keyOrders)[number];

const lists = sortedTexts<KeyOrder>(
  { name: 'lower(name)', role: 'role', created_on: 'created_at' },
  (order) =>
    `select ${columns} from api_keys where account_id = $1 order by ${order}created_at, key_id limit $2 offset $3`,
);

/** Returns a page of an account's keys in an order, by itself the oldest first. */
export async function listKeys(
  reader: Reader,
  accountId: string,
  page: PageRequest,
  sorting: Sorting<KeyOrder>,
): Promise<ApiKey[]> {
  const rows = await reader.query<KeyRow>(sortedText(lists, sorting), [accountId, page.limit, page.offset]);
  return rows.map(fromRow);
}

/** Returns how many keys an account has. */
export async function countKeys(reader: Reader, accountId: string): Promise<number> {
  const rows = await reader.query<{ count: number }>(
    'select count(*) as count from api_keys where account_id = $1',
    [accountId],
  );
  return rows[0]?.count ?? 0;
}

/** Returns a key of an account. */
export async function getKey(reader: Reader, accountId: string, keyId: string): Promise<ApiKey | undefined> {
  const rows = await reader.query<KeyRow>(
    `select ${columns} from api_keys where account_id = $1 and key_id = $2`,
    [accountId, keyId],
  );
  return rows.map(fromRow)[0];
}

/** Deletes a key of an account. Returns whether there was one. */
export async function deleteKey(tx: Transaction, accountId: string, keyId: string): Promise<boolean> {
  const rows = await tx.query('delete from api_keys where account_id = $1 and key_id = $2 returning 1', [
    accountId,
    keyId,
  ]);
  return rows.length === 1;
}
