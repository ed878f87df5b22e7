// Confirms, inside the transaction that serves them, callers who were recognised from memory.

import { ApiError } from '../base/errors.ts';
import type { Reader } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { isAuthorised, unauthorised } from './authenticate.ts';
import { loadLogins } from './store.ts';

/**
 * Returns the errors of scopes that are no longer valid: their token has ended, the caller is disabled or deleted, or the
 * account reads national numbers of another country by now. Valid and confirmed scopes are absent. Everything that was
 * acknowledged before this call, by any process, counts.
 */
export async function findEndedScopes(
  reader: Reader,
  scopes: readonly Scope[],
  now: Date,
): Promise<ReadonlyMap<Scope, ApiError>> {
  const asked = [...new Set(scopes)].filter(({ unconfirmed }) => unconfirmed !== undefined);
  if (asked.length === 0) return new Map();
  const authIds = new Set(asked.flatMap((scope) => [loginOf(scope), scope.accountId]));
  const logins = await loadLogins(reader, [...authIds], now);
  const refusalOf = (scope: Scope): ApiError | undefined => {
    const { accountId, unconfirmed, defaultCountry } = scope;
    const account = logins.get(accountId);
    if (
      unconfirmed === undefined ||
      !isAuthorised(logins.get(loginOf(scope)), unconfirmed.tokenDigest, account)
    ) {
      return unauthorised();
    }
    return (account?.defaultCountry ?? undefined) === defaultCountry ? undefined : changedCountry();
  };
  const refusals = new Map<Scope, ApiError>();
  for (const scope of asked) {
    const refusal = refusalOf(scope);
    if (refusal !== undefined) refusals.set(scope, refusal);
  }
  return refusals;
}

/** Returns the id of the credentials: of the API key, else of the account. */
const loginOf = ({ apiKey, callerId }: Scope): string => apiKey?.id ?? callerId;

/**
 * Returns the error for a changed country: the request's numbers were read with the old one, and the request pipeline reads the
 * request again.
 */
const changedCountry = () =>
  new ApiError('conflict', 'default_country of the account changed at this moment; try again');
