// Confirms, inside the transaction that serves them, callers who were recognised from memory.
import type { Reader } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { isLetIn } from './authenticate.ts';
import { loadLogins } from './store.ts';

/**
 * Which of the scopes no longer hold: their token has ended, or the caller is disabled or gone. Scopes that are confirmed already are
 * none of them. What was acknowledged before this is called, in whichever process, is known here.
 */
export async function findEndedScopes(
  reader: Reader,
  scopes: readonly Scope[],
  now: Date,
): Promise<ReadonlySet<Scope>> {
  const asked = [...new Set(scopes)].filter(({ unconfirmed }) => unconfirmed !== undefined);
  if (asked.length === 0) return new Set();
  const authIds = new Set(asked.flatMap(({ callerId, accountId }) => [callerId, accountId]));
  const logins = await loadLogins(reader, [...authIds], now);
  const holds = ({ callerId, accountId, unconfirmed }: Scope): boolean =>
    unconfirmed !== undefined &&
    isLetIn(logins.get(callerId), unconfirmed.tokenDigest, logins.get(accountId));
  return new Set(asked.filter((scope) => !holds(scope)));
}
