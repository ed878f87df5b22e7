// Authenticates callers and authorises them for the account in the path.
import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../base/clock.ts';
import { ApiError } from '../base/errors.ts';
import type { Reader } from '../db/db.ts';
import { batchReads } from '../db/read-batch.ts';
import type { Credentials } from '../http/basic-auth.ts';
import type { Scope } from '../http/endpoint.ts';
import { digestToken, isAuthId } from './account.ts';
import { makeFailureLimit } from './limit-failures.ts';
import { type Login, loadLogins } from './store.ts';

/** The credentials of a request, and the account that it is for. */
export interface LoginAttempt {
  readonly credentials: Credentials | undefined;
  /** The account in the path; `undefined` where the path names none, which means the caller's own. */
  readonly accountId: string | undefined;
  /** Address of the client. */
  readonly address: string;
}

export interface Authenticator {
  /**
   * Checks a login. Every API request passes this. Logins are read from the database each time (requests that arrive together
   * share one query), so a rotated token or a disabled subaccount counts at once in every process.
   */
  authenticate(attempt: LoginAttempt): Promise<Scope>;
  /**
   * Returns the scope of an earlier login with the same credentials, from memory. It may have ended: the scope is marked as
   * unconfirmed, and may only be used in a transaction that confirms it (`confirm-scopes.ts`).
   */
  recognise(attempt: LoginAttempt): Scope | undefined;
  /**
   * Returns whether earlier credentials are still valid, from the database. For streams: this is no login, so none is counted
   * as failed.
   */
  isStillAuthorised(attempt: LoginAttempt): Promise<boolean>;
}

/** The most scopes that are remembered; the least recently used goes first. */
const maxRemembered = 10_000;

/**
 * Makes the authenticator. Failed logins are limited per address and account: beyond the limit they are answered 429 with the
 * time to wait. Correct logins always succeed, so failures of others lock no one out; tokens are too long to be guessed.
 */
export function makeAuthenticator(db: Reader, clock: Clock, failuresPerMinute: number): Authenticator {
  const findLogin = batchReads<string, Login>(
    (authIds) => loadLogins(db, authIds, clock()),
    (authId) => authId,
  );
  const failures = makeFailureLimit(failuresPerMinute);

  /** Scopes by the digests of tokens: tokens themselves are not kept. */
  const remembered = new LRUCache<string, Scope>({ max: maxRemembered });

  return {
    async authenticate({ credentials, accountId, address }) {
      if (credentials === undefined || !isAuthId(credentials.authId)) throw unauthorised();
      const login = await findLogin(credentials.authId);
      const tokenDigest = digestToken(credentials.authToken);
      const key = keyOf(credentials.authId, tokenDigest, accountId);
      remembered.delete(key);
      if (!hasToken(login, tokenDigest)) {
        const waitMs = await failures.count(`${address} ${credentials.authId}`);
        throw waitMs === undefined ? unauthorised() : tooManyFailures(waitMs);
      }
      const scope = await scopeOf(login, accountOf(login, accountId), findLogin);
      remembered.set(key, { unconfirmed: { tokenDigest }, ...scope });
      return scope;
    },
    recognise({ credentials, accountId }) {
      if (credentials === undefined) return undefined;
      return remembered.get(keyOf(credentials.authId, digestToken(credentials.authToken), accountId));
    },
    async isStillAuthorised({ credentials, accountId }) {
      if (credentials === undefined) return false;
      const { authId, authToken } = credentials;
      const [caller, account] = await Promise.all([findLogin(authId), findLogin(accountId ?? authId)]);
      return isAuthorised(caller, digestToken(authToken), account);
    },
  };
}

const keyOf = (authId: string, tokenDigest: Buffer, accountId: string | undefined): string =>
  `${authId} ${tokenDigest.toString('base64')} ${accountId ?? ''}`;

/** Returns the error of a failed login. */
export function unauthorised(): ApiError {
  return new ApiError('unauthorised', undefined, { 'WWW-Authenticate': 'Basic realm="Rucksack"' });
}

function tooManyFailures(waitMs: number): ApiError {
  return new ApiError('tooMany', 'too many failed logins', {
    'Retry-After': String(Math.ceil(waitMs / 1000)),
  });
}

/**
 * Returns whether a login is enabled and has the token. Compares in constant time, and does the same work when there is no such
 * account.
 */
function hasToken(login: Login | undefined, tokenDigest: Buffer): login is Login {
  const digests = login?.tokenDigests ?? [];
  const candidates = digests.length > 0 ? digests : ['00'.repeat(tokenDigest.length)];
  let matched = false;
  for (const candidate of candidates) {
    if (timingSafeEqual(Buffer.from(candidate, 'hex'), tokenDigest)) matched = true;
  }
  return matched && login?.enabled === true;
}

/** Returns the account that a path means: the id of the caller's API key stands for the key's account, as SDKs write it. */
const accountOf = (caller: Login, accountId: string | undefined): string =>
  accountId === undefined || accountId === caller.apiKey?.id ? caller.authId : accountId;

/** Returns whether the caller is the account or its main account. */
const mayActFor = (caller: Login, account: Login): boolean =>
  (account.apiKey === undefined || account.apiKey.id === caller.apiKey?.id) &&
  (account.authId === caller.authId || account.mainId === caller.authId);

/** Returns whether a caller with this token may act for this account, both as read from the database. */
export const isAuthorised = (
  caller: Login | undefined,
  tokenDigest: Buffer,
  account: Login | undefined,
): boolean => hasToken(caller, tokenDigest) && account !== undefined && mayActFor(caller, account);

/** Returns the scope of a caller. Accounts that it may not act for do not exist for it. */
async function scopeOf(
  caller: Login,
  accountId: string,
  findLogin: (authId: string) => Promise<Login | undefined>,
): Promise<Scope> {
  const account =
    accountId === caller.authId ? caller : isAuthId(accountId) ? await findLogin(accountId) : undefined;
  if (account === undefined || !mayActFor(caller, account)) throw new ApiError('notFound');
  return {
    accountId: account.authId,
    mainId: account.mainId ?? account.authId,
    subaccountId: account.mainId === null ? undefined : account.authId,
    callerId: caller.authId,
    apiKey: caller.apiKey,
    defaultCountry: account.defaultCountry ?? undefined,
  };
}
