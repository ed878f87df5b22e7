// Decides who is asking and whether they may: credentials against accounts, and the account in the path.
import { timingSafeEqual } from 'node:crypto';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Clock } from '../base/clock.ts';
import { ApiError } from '../base/errors.ts';
import type { Reader } from '../db/db.ts';
import { batchReads } from '../db/read-batch.ts';
import type { Credentials } from '../http/basic-auth.ts';
import type { Scope } from '../http/endpoint.ts';
import { digestToken } from './account.ts';
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
const rememberedLogins = 10_000;

/**
 * Makes the check that every API call passes. Logins are read from the database each time (calls that arrive together
 * share one query), so a rotated token or a disabled subaccount counts at once in every process.
 *
 * Failed logins are limited per address and account. Past the limit nothing from that address is even compared for
 * that account, except the very credentials that succeeded from there before: guessing stops, the rightful user goes on.
 */
export function makeAuthenticate(db: Reader, clock: Clock, failuresPerMinute: number): Authenticate {
  const findLogin = batchReads<string, Login>(
    (authIds) => loadLogins(db, authIds, clock()),
    (authId) => authId,
  );
  const failures = new RateLimiterMemory({ points: failuresPerMinute, duration: failureWindowSeconds });
  const succeeded = new RememberedSet(rememberedLogins);

  return async ({ credentials, accountId, address }) => {
    if (credentials === undefined) throw new ApiError('unauthorised', undefined, challenge);
    const attempt = `${address} ${credentials.authId}`;
    const digest = digestToken(credentials.authToken);
    const knownAttempt = `${attempt} ${digest.toString('hex')}`;
    if (!succeeded.has(knownAttempt)) refuseAfterTooMany(await failures.get(attempt), failuresPerMinute);

    const login = await findLogin(credentials.authId);
    if (!matches(login, digest) || login?.enabled !== true) {
      succeeded.delete(knownAttempt);
      await failures.penalty(attempt);
      throw new ApiError('unauthorised', undefined, challenge);
    }
    succeeded.add(knownAttempt);
    return scopeOf(login, accountId ?? login.authId, findLogin);
  };
}

const challenge = { 'WWW-Authenticate': 'Basic realm="Rucksack"' };

function refuseAfterTooMany(state: RateLimiterRes | null, limit: number): void {
  if (state === null || state.consumedPoints < limit) return;
  const retryAfter = { 'Retry-After': String(Math.ceil(state.msBeforeNext / 1000)) };
  throw new ApiError('tooMany', 'too many failed logins', retryAfter);
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
  const account = accountId === caller.authId ? caller : await findLogin(accountId);
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

/** A set that forgets its oldest entries beyond a size. */
class RememberedSet {
  readonly #entries = new Set<string>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  has(entry: string): boolean {
    return this.#entries.has(entry);
  }

  add(entry: string): void {
    if (this.#entries.has(entry)) return;
    this.#entries.add(entry);
    if (this.#entries.size <= this.#size) return;
    for (const oldest of this.#entries) {
      this.#entries.delete(oldest);
      break;
    }
  }

  delete(entry: string): void {
    this.#entries.delete(entry);
  }
}
