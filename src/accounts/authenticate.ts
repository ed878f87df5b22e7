// Decides who is asking and whether they may: credentials against accounts, and the account in the path.
import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Clock } from '../base/clock.ts';
import { ApiError } from '../base/errors.ts';
import type { Reader } from '../db/db.ts';
import { batchReads } from '../db/read-batch.ts';
import type { Credentials } from '../http/basic-auth.ts';
import type { Scope } from '../http/endpoint.ts';
import { digestToken, isAuthId } from './account.ts';
import { type Login, loadLogins } from './store.ts';

/** Who sent a request and for which account. */
export interface LoginAttempt {
  readonly credentials: Credentials | undefined;
  /** The account in the path; `undefined` where the path names none, which means the caller's own. */
  readonly accountId: string | undefined;
  /** Address of the client. */
  readonly address: string;
}

export interface Authenticator {
  /**
   * The check that every API call passes. Logins are read from the database each time (calls that arrive together share one query),
   * so a rotated token or a disabled subaccount counts at once in every process.
   */
  authenticate(claim: LoginAttempt): Promise<Scope>;
  /**
   * Whom the same claim let in before, from memory. That may be over by now: the scope is marked as unconfirmed, and nothing may be
   * done for it but in a transaction that confirms it (`confirm-scopes.ts`).
   */
  recognise(claim: LoginAttempt): Scope | undefined;
  /**
   * Whether a claim that was let in would be now, as the database says. For answers that go on: nobody tries a login here, so none
   * is counted as failed.
   */
  isStillAuthorised(claim: LoginAttempt): Promise<boolean>;
}

const failureWindowSeconds = 60;
/** The most scopes that are remembered; the one that was used the longest ago goes first. */
const maxRemembered = 10_000;

/**
 * Makes the check of logins. Failed logins are limited per address and account: past the limit they are answered 429 with the time to
 * wait. Right credentials always pass, so nobody is locked out by somebody else's failures; tokens are too long to be guessed.
 */
export function makeAuthenticator(db: Reader, clock: Clock, failuresPerMinute: number): Authenticator {
  const findLogin = batchReads<string, Login>(
    (authIds) => loadLogins(db, authIds, clock()),
    (authId) => authId,
  );
  const failures = new RateLimiterMemory({ points: failuresPerMinute, duration: failureWindowSeconds });

  /** By the digests of tokens: a token itself stands nowhere. */
  const remembered = new LRUCache<string, Scope>({ max: maxRemembered });

  return {
    async authenticate({ credentials, accountId, address }) {
      if (credentials === undefined || !isAuthId(credentials.authId)) throw unauthorised();
      const login = await findLogin(credentials.authId);
      const tokenDigest = digestToken(credentials.authToken);
      const key = keyOf(credentials.authId, tokenDigest, accountId);
      remembered.delete(key);
      if (!mayAsk(login, tokenDigest)) {
        const state = await failures.penalty(`${address} ${credentials.authId}`);
        throw state.consumedPoints > failuresPerMinute ? tooManyFailures(state.msBeforeNext) : unauthorised();
      }
      const scope = await scopeOf(login, accountId ?? login.authId, findLogin);
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
      return isLetIn(caller, digestToken(authToken), account);
    },
  };
}

const keyOf = (authId: string, tokenDigest: Buffer, accountId: string | undefined): string =>
  `${authId} ${tokenDigest.toString('base64')} ${accountId ?? ''}`;

/** The refusal of a login, in the wire's words. */
export function unauthorised(): ApiError {
  return new ApiError('unauthorised', undefined, { 'WWW-Authenticate': 'Basic realm="Rucksack"' });
}

function tooManyFailures(waitMs: number): ApiError {
  return new ApiError('tooMany', 'too many failed logins', {
    'Retry-After': String(Math.ceil(waitMs / 1000)),
  });
}

/**
 * Whether a login is enabled and has the token. Compares in constant time, and does the same work when there is no such account.
 */
function mayAsk(login: Login | undefined, tokenDigest: Buffer): login is Login {
  const digests = login?.tokenDigests ?? [];
  const candidates = digests.length > 0 ? digests : ['00'.repeat(tokenDigest.length)];
  let matched = false;
  for (const candidate of candidates) {
    if (timingSafeEqual(Buffer.from(candidate, 'hex'), tokenDigest)) matched = true;
  }
  return matched && login?.enabled === true;
}

/** A main account may act for its subaccounts. */
const mayActFor = (caller: Login, account: Login): boolean =>
  account.authId === caller.authId || account.mainId === caller.authId;

/** Whether a caller with this token may ask about this account: both as the database has them now, if it does. */
export const isLetIn = (
  caller: Login | undefined,
  tokenDigest: Buffer,
  account: Login | undefined,
): boolean => mayAsk(caller, tokenDigest) && account !== undefined && mayActFor(caller, account);

/** For whoever may not act for it, another's account does not exist. */
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
    defaultCountry: account.defaultCountry ?? undefined,
  };
}
