// The SQL of accounts and auth tokens.
import type { Reader, Transaction } from '../db/db.ts';
import { type Sorting, sortedText, sortedTexts } from '../db/sorted-texts.ts';
import type { Scope } from '../http/endpoint.ts';
import type { PageRequest } from '../http/page.ts';
import type { KeyRole } from '../http/role.ts';
import type { Account, OptOutCallback, StoredToken } from './account.ts';

interface AccountRow {
  auth_id: string;
  main_id: string | null;
  name: string;
  enabled: boolean;
  city: string;
  address: string;
  state: string;
  default_country: string | null;
  opt_out_url: string | null;
  opt_out_method: OptOutCallback['method'] | null;
  created_at: Date;
  modified_at: Date | null;
}

const columns =
  'auth_id, main_id, name, enabled, city, address, state, default_country, opt_out_url, opt_out_method, created_at, modified_at';

const fromRow = (row: AccountRow): Account => ({
  authId: row.auth_id,
  mainId: row.main_id,
  name: row.name,
  enabled: row.enabled,
  city: row.city,
  address: row.address,
  state: row.state,
  defaultCountry: row.default_country,
  optOutCallback:
    row.opt_out_url === null || row.opt_out_method === null
      ? null
      : { url: row.opt_out_url, method: row.opt_out_method },
  createdAt: row.created_at,
  modifiedAt: row.modified_at,
});

/** The stored facts of a login: of an account by its auth token, or of an API key. */
export interface Login {
  /** The account: of an API key, the one that it is for. */
  readonly authId: string;
  readonly apiKey: Scope['apiKey'];
  readonly mainId: string | null;
  /** False when the account, or the main account it belongs to, is disabled. */
  readonly enabled: boolean;
  /** Its own, or its main account's. */
  readonly defaultCountry: string | null;
  /** Digests of the tokens that are valid now, hexadecimal. */
  readonly tokenDigests: readonly string[];
}

/** Returns the logins of several accounts and API keys in one query, by their ids. Unknown ones are absent from the map. */
export async function loadLogins(
  db: Reader,
  authIds: readonly string[],
  now: Date,
): Promise<Map<string, Login>> {
  const rows = await db.query<{
    login_id: string;
    auth_id: string;
    main_id: string | null;
    enabled: boolean;
    default_country: string | null;
    role: KeyRole | null;
    digests: string[];
  }>(
    `with asked as (
       select auth_id as login_id, auth_id, null::text as role, null::text as digest from accounts where auth_id = any($1)
       union all
       select key_id, account_id, role, encode(secret_sha256, 'hex') from api_keys where key_id = any($1))
     select asked.login_id, accounts.auth_id, accounts.main_id,
       accounts.enabled and coalesce(main.enabled, true) as enabled,
       coalesce(accounts.default_country, main.default_country) as default_country, asked.role,
       case when asked.role is not null then array[asked.digest] else array(
         select encode(token_sha256, 'hex') from auth_tokens
         where auth_tokens.auth_id = accounts.auth_id and (valid_until is null or valid_until > $2)
       ) end as digests
     from asked
     join accounts on accounts.auth_id = asked.auth_id
     left join accounts main on main.auth_id = accounts.main_id`,
    [authIds, now],
  );
  return new Map(
    rows.map((row) => [
      row.login_id,
      {
        authId: row.auth_id,
        apiKey: row.role === null ? undefined : { id: row.login_id, role: row.role },
        mainId: row.main_id,
        enabled: row.enabled,
        defaultCountry: row.default_country,
        tokenDigests: row.digests,
      },
    ]),
  );
}

/** Returns an account or subaccount by its id. */
export async function getAccount(db: Reader, authId: string): Promise<Account | undefined> {
  const rows = await db.query<AccountRow>(`select ${columns} from accounts where auth_id = $1`, [authId]);
  return rows.map(fromRow)[0];
}

/**
 * Takes a lock on an account's row against other changes until the transaction ends. Rows that refer to the account can still
 * come and go.
 */
export async function lockAccount(tx: Transaction, authId: string): Promise<Account | undefined> {
  const rows = await tx.query<AccountRow>(
    `select ${columns} from accounts where auth_id = $1 for no key update`,
    [authId],
  );
  return rows.map(fromRow)[0];
}

/**
 * Takes the locks to delete a subaccount: on its powerpacks and numbers first, in the order of their changes. Nothing can refer
 * to it then.
 */
export async function lockToDelete(tx: Transaction, authId: string): Promise<void> {
  await tx.query('select lock_users_of_account($1)', [authId]);
  await tx.query('select 1 from accounts where auth_id = $1 for update', [authId]);
}

/** Returns all main accounts, oldest first: there are as many as the operator made. */
export async function listMainAccounts(db: Reader): Promise<Account[]> {
  const rows = await db.query<AccountRow>(
    `select ${columns} from accounts where main_id is null order by created_at, auth_id`,
  );
  return rows.map(fromRow);
}

/** Returns the auth id of the main account that was made first. */
export async function findOldestMainAccount(db: Reader): Promise<string | undefined> {
  const rows = await db.query<{ auth_id: string }>(
    'select auth_id from accounts where main_id is null order by created_at, auth_id limit 1',
  );
  return rows[0]?.auth_id;
}

/** Adds an account; returns false when its id is taken. */
export async function insertAccount(tx: Transaction, account: Account): Promise<boolean> {
  const rows = await tx.query(
    `insert into accounts (auth_id, main_id, name, enabled, city, address, state, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (auth_id) do nothing returning auth_id`,
    [
      account.authId,
      account.mainId,
      account.name,
      account.enabled,
      account.city,
      account.address,
      account.state,
      account.createdAt,
    ],
  );
  return rows.length === 1;
}

/** Writes the changeable columns of an account. */
export async function saveAccount(tx: Transaction, account: Account): Promise<void> {
  await tx.query(
    `update accounts set name = $2, enabled = $3, city = $4, address = $5, state = $6, modified_at = $7, default_country = $8,
       opt_out_url = $9, opt_out_method = $10
     where auth_id = $1`,
    [
      account.authId,
      account.name,
      account.enabled,
      account.city,
      account.address,
      account.state,
      account.modifiedAt,
      account.defaultCountry,
      account.optOutCallback?.url ?? null,
      account.optOutCallback?.method ?? null,
    ],
  );
}

/**
 * Deletes an account with all that it owns, powerpacks and subaccounts too; things that were only assigned to it return to its
 * main account.
 */
export async function deleteAccount(tx: Transaction, authId: string): Promise<void> {
  await tx.query('delete from accounts where auth_id = $1', [authId]);
}

/** A subaccount with its current token, encrypted. */
interface Subaccount {
  readonly account: Account;
  readonly encryptedToken: Uint8Array;
}

interface SubaccountRow extends AccountRow {
  encrypted_token: Uint8Array;
}

const subaccounts = `select accounts.*, auth_tokens.encrypted_token
  from accounts join auth_tokens on auth_tokens.auth_id = accounts.auth_id and valid_until is null`;

const subaccountFromRow = (row: SubaccountRow): Subaccount => ({
  account: fromRow(row),
  encryptedToken: row.encrypted_token,
});

/** Returns a subaccount of a main account, with its current token. */
export async function getSubaccount(
  db: Reader,
  mainId: string,
  authId: string,
): Promise<Subaccount | undefined> {
  const rows = await db.query<SubaccountRow>(`${subaccounts} where main_id = $1 and accounts.auth_id = $2`, [
    mainId,
    authId,
  ]);
  return rows.map(subaccountFromRow)[0];
}

/** By which subaccounts can be put in order. */
export const subaccountOrders = ['name', 'enabled', 'created'] as const;
type SubaccountOrder = (typeof subaccountOrders)[number];

const subaccountLists = sortedTexts<SubaccountOrder>(
  { name: 'lower(accounts.name)', enabled: 'accounts.enabled', created: 'accounts.created_at' },
  (order) =>
    `${subaccounts} where main_id = $1 order by ${order}accounts.created_at, accounts.auth_id limit $2 offset $3`,
);

/** Returns a page of a main account's subaccounts in an order, by itself the oldest first. */
export async function listSubaccounts(
  db: Reader,
  mainId: string,
  page: PageRequest,
  sorting: Sorting<SubaccountOrder>,
): Promise<Subaccount[]> {
  const rows = await db.query<SubaccountRow>(sortedText(subaccountLists, sorting), [
    mainId,
    page.limit,
    page.offset,
  ]);
  return rows.map(subaccountFromRow);
}

/** Returns how many subaccounts a main account has. */
export async function countSubaccounts(db: Reader, mainId: string): Promise<number> {
  const rows = await db.query<{ count: number }>(
    'select count(*) as count from accounts where main_id = $1',
    [mainId],
  );
  return rows[0]?.count ?? 0;
}

/** Stores a token as the current one. Earlier ones stay valid until `oldValidUntil` at most. */
export async function replaceToken(
  tx: Transaction,
  authId: string,
  token: StoredToken,
  now: Date,
  oldValidUntil: Date,
): Promise<void> {
  await tx.query('update auth_tokens set valid_until = least(valid_until, $2) where auth_id = $1', [
    authId,
    oldValidUntil,
  ]);
  await tx.query('delete from auth_tokens where auth_id = $1 and valid_until <= $2', [authId, now]);
  await tx.query(
    `insert into auth_tokens (auth_id, token_sha256, encrypted_token, created_at) values ($1, $2, $3, $4)
     on conflict (auth_id, token_sha256) do update set encrypted_token = excluded.encrypted_token, valid_until = null`,
    [authId, token.sha256, token.encrypted, now],
  );
}

/** Returns the SHA-256 of an account's latest token; older ones may still be valid. */
export async function getCurrentTokenDigest(db: Reader, authId: string): Promise<Uint8Array | undefined> {
  const rows = await db.query<{ token_sha256: Uint8Array }>(
    'select token_sha256 from auth_tokens where auth_id = $1 and valid_until is null',
    [authId],
  );
  return rows[0]?.token_sha256;
}

/** A token as it is stored: encrypted. */
interface EncryptedToken {
  readonly encrypted: Uint8Array;
  readonly createdAt: Date;
}

interface TokenRow {
  auth_id: string;
  encrypted_token: Uint8Array;
  created_at: Date;
}

/** Returns the current tokens of accounts, by account. Accounts that are gone are absent. */
export async function loadEncryptedTokens(
  db: Reader,
  accountIds: readonly string[],
): Promise<Map<string, EncryptedToken>> {
  const rows = await db.query<TokenRow>(
    'select auth_id, encrypted_token, created_at from auth_tokens where auth_id = any($1) and valid_until is null',
    [accountIds],
  );
  return new Map(
    rows.map((row) => [row.auth_id, { encrypted: row.encrypted_token, createdAt: row.created_at }]),
  );
}

/** Returns the tokens of accounts that sign calls, by account: the current one first, then those that were replaced and are still valid. */
export async function loadSigningTokens(
  db: Reader,
  accountIds: readonly string[],
  now: Date,
): Promise<Map<string, readonly Uint8Array[]>> {
  const rows = await db.query<TokenRow>(
    `select auth_id, encrypted_token, created_at from auth_tokens
     where auth_id = any($1) and (valid_until is null or valid_until > $2)
     order by auth_id, valid_until desc nulls first`,
    [accountIds, now],
  );
  const tokens = new Map<string, Uint8Array[]>();
  for (const { auth_id: id, encrypted_token: token } of rows)
    tokens.set(id, [...(tokens.get(id) ?? []), token]);
  return tokens;
}

/** Returns the current token of every account and subaccount, encrypted. */
export async function listEncryptedTokens(db: Reader): Promise<Map<string, Uint8Array>> {
  const rows = await db.query<{ auth_id: string; encrypted_token: Uint8Array }>(
    'select auth_id, encrypted_token from auth_tokens where valid_until is null order by auth_id',
  );
  return new Map(rows.map((row) => [row.auth_id, row.encrypted_token]));
}

/** Returns whether a subaccount owns powerpacks, and protected ones: read from a view, because powerpacks are a higher layer. */
export async function findPowerpacksOf(
  db: Reader,
  subaccountId: string,
): Promise<'none' | 'unprotected' | 'protected'> {
  const rows = await db.query<{ has_protected: boolean }>(
    'select has_protected from subaccounts_with_powerpacks where auth_id = $1',
    [subaccountId],
  );
  if (rows[0] === undefined) return 'none';
  return rows[0].has_protected ? 'protected' : 'unprotected';
}
