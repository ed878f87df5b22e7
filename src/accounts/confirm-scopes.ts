// Confirms, inside the transaction that serves them, callers who were recognised from memory.

import { ApiError } from '../base/errors.ts';
import type { Reader } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { isLetIn, unauthorised } from './authenticate.ts';
import { loadLogins } from './store.ts';

/**
 * Returns why scopes no longer hold: their token has ended, the caller is disabled or gone, or the account reads national numbers of
 * another country by now. Scopes that hold, or are confirmed already, are absent. What was acknowledged before this is called, in
 * whichever process, is known here.
 */
export async function findEndedScopes(
  reader: Reader,
  scopes: readonly Scope[],
  now: Date,
): Promise<ReadonlyMap<Scope, ApiError>> {
  const asked = [...new Set(scopes)].filter(({ unconfirmed }) => unconfirmed !== undefined);
  if (asked.length === 0) return new Map();
  const authIds = new Set(asked.flatMap(({ callerId, accountId }) => [callerId, accountId]));
  const logins = await loadLogins(reader, [...authIds], now);
  const refusalOf = ({ callerId, accountId, unconfirmed, defaultCountry }: Scope): ApiError | undefined => {
    const account = logins.get(accountId);
    if (unconfirmed === undefined || !isLetIn(logins.get(callerId), unconfirmed.tokenDigest, account)) {
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

/** Its numbers were read by what was remembered: the request pipeline reads the request again. */
const changedCountry = () =>
  new ApiError('conflict', 'default_country of the account changed at this moment; try again');
