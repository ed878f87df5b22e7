// Decides who is asking and whether they may: credentials against accounts, and the account in the path.
import { timingSafeEqual } from 'node:crypto';
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
export interface Claim {
  readonly credentials: Credentials | undefined;
  /** The account in the path; `undefined` where the path names none, which means the caller's own. */
  readonly accountId: string | undefined;
  /** Address of the client. */
  readonly address: string;
}

export type Authenticate = (claim: Claim) => Promise<Scope>;

const failureWindowSeconds = 60;

/**
 * Makes the check that every API call passes. Logins are read from the database each time (calls that arrive together
 * share one query), so a rotated token or a disabled subaccount counts at once in every process.
 *
 * Failed logins are limited per address and account: past the limit they are answered 429 with the time to wait. Right
 * credentials always pass, so nobody is locked out by somebody else's failures; tokens are too long to be guessed.
 */
export function makeAuthenticate(db: Reader, clock: Clock, failuresPerMinute: number): Authenticate {
  const findLogin = batchReads<string, Login>(
    (authIds) => loadLogins(db, authIds, clock()),
    (authId) => authId,
  );
  const failures = new RateLimiterMemory({ points: failuresPerMinute, duration: failureWindowSeconds });

  return async ({ credentials, accountId, address }) => {
    if (credentials === undefined || !isAuthId(credentials.authId)) throw unauthorised();
    const login = await findLogin(credentials.authId);
    if (!matches(login, digestToken(credentials.authToken)) || login?.enabled !== true) {
      const state = await failures.penalty(`${address} ${credentials.authId}`);
      throw state.consumedPoints > failuresPerMinute ? tooManyFailures(state.msBeforeNext) : unauthorised();
    }
    return scopeOf(login, accountId ?? login.authId, findLogin);
  };
}

function unauthorised(): ApiError {
  return new ApiError('unauthorised', undefined, { 'WWW-Authenticate': 'Basic realm="Rucksack"' });
}

function tooManyFailures(waitMs: number): ApiError {
  return new ApiError('tooMany', 'too many failed logins', {
    'Retry-After': String(Math.ceil(waitMs / 1000)),
  });
}

/** Compares in constant time, and does the same work when there is no such account. */
function matches(login: Login | undefined, digest: Buffer): boolean {
  const digests = login?.tokenDigests ?? [];
  const candidates = digests.length > 0 ? digests : ['00'.repeat(digest.length)];
  let matched = false;
  for (const candidate of candidates) {
    if (timingSafeEqual(Buffer.from(candidate, 'hex'), digest)) matched = true;
  }
  return matched;
}

/** A main account may act for its subaccounts. For everybody else another's account does not exist. */
async function scopeOf(
  caller: Login,
  accountId: string,
  findLogin: (authId: string) => Promise<Login | undefined>,
): Promise<Scope> {
  const account =
    accountId === caller.authId ? caller : isAuthId(accountId) ? await findLogin(accountId) : undefined;
  if (account === undefined || (account !== caller && account.mainId !== caller.authId)) {
    throw new ApiError('notFound');
  }
  return {
    accountId: account.authId,
    mainId: account.mainId ?? account.authId,
    subaccountId: account.mainId === null ? undefined : account.authId,
    callerId: caller.authId,
  };
}
