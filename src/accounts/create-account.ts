// Makes accounts and gives them tokens.

import type { Encrypter } from '../base/encrypt.ts';
import { ApiError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import type { Db, Transaction } from '../db/db.ts';
import type { Credentials } from '../http/basic-auth.ts';
import { type Account, digestToken, makeAuthId, makeAuthToken } from './account.ts';
import { getCurrentTokenDigest, insertAccount, lockAccount, replaceToken, saveAccount } from './store.ts';

interface NewAccount {
  readonly mainId: string | null;
  readonly name: string;
  readonly enabled: boolean;
}

export interface AccountFactory {
  readonly db: Db;
  readonly encrypter: Encrypter;
  readonly randomBytes: RandomBytes;
  readonly now: Date;
}

/**
 * Makes a main account or a subaccount, and returns its credentials: those that are given, as far as they are, and new ones.
 * @throws ApiError conflict when the id is taken.
 */
export function createAccount(
  { db, encrypter, randomBytes, now }: AccountFactory,
  wanted: NewAccount,
  given: Partial<Credentials> = {},
): Promise<Credentials> {
  return db.transaction(async (tx) => {
    const credentials = {
      authId: given.authId ?? makeAuthId(wanted.mainId === null ? 'MA' : 'SA', randomBytes),
      authToken: given.authToken ?? makeAuthToken(randomBytes),
    };
    const account = newAccount(credentials.authId, wanted, now);
    if (!(await insertAccount(tx, account))) throw new ApiError('conflict', 'auth_id already in use');
    await storeToken(tx, encrypter, credentials, now, now);
    return credentials;
  });
}

/**
 * Replaces an account's token. The old one stays valid for `graceSeconds`, so that its users can change to the new one.
 * @throws ApiError notFound when there is no such account.
 */
export function rotateToken(
  { db, encrypter, randomBytes, now }: AccountFactory,
  authId: string,
  graceSeconds: number,
): Promise<Credentials> {
  return db.transaction(async (tx) => {
    const account = await lockAccount(tx, authId);
    if (account === undefined) throw new ApiError('notFound', 'account not found');
    const credentials = { authId, authToken: makeAuthToken(randomBytes) };
    await storeToken(tx, encrypter, credentials, now, new Date(now.getTime() + graceSeconds * 1000));
    await saveAccount(tx, { ...account, modifiedAt: now });
    return credentials;
  });
}

/**
 * Makes sure that an account with these credentials exists: for containers and tests, which must know them beforehand. An
 * existing account is unchanged except for its token, which becomes the given one at once.
 */
export function ensureAccount(accountFactory: AccountFactory, credentials: Credentials): Promise<void> {
  const { authId, authToken } = credentials;
  return accountFactory.db.transaction(async (tx) => {
    const account = newAccount(
      authId,
      { mainId: null, name: 'First account', enabled: true },
      accountFactory.now,
    );
    if (!(await insertAccount(tx, account))) await lockAccount(tx, authId);
    const current = await getCurrentTokenDigest(tx, authId);
    if (current === undefined || !digestToken(authToken).equals(current)) {
      await storeToken(tx, accountFactory.encrypter, credentials, accountFactory.now, accountFactory.now);
    }
  });
}

function newAccount(authId: string, wanted: NewAccount, now: Date): Account {
  const { mainId, name, enabled } = wanted;
  return {
    authId,
    mainId,
    name,
    enabled,
    city: '',
    address: '',
    state: '',
    defaultCountry: null,
    optOutCallback: null,
    createdAt: now,
    modifiedAt: null,
  };
}

async function storeToken(
  tx: Transaction,
  encrypter: Encrypter,
  credentials: Credentials,
  now: Date,
  oldValidUntil: Date,
): Promise<void> {
  const token = {
    sha256: digestToken(credentials.authToken),
    encrypted: encrypter.encrypt(credentials.authToken),
  };
  await replaceToken(tx, credentials.authId, token, now, oldValidUntil);
}
