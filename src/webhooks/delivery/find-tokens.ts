// The tokens that sign calls.
import { loadEncryptedTokens } from '../../accounts/store.ts';
import type { Encrypter } from '../../base/encrypt.ts';
import type { Logger } from '../../base/logger.ts';
import type { Db } from '../../db/db.ts';
import type { LeasedWebhook } from '../webhook.ts';
import type { CallTokens } from './call-webhook.ts';

/** A leased call with the tokens that sign it. */
export type SignableWebhook = LeasedWebhook & { readonly tokens: CallTokens };

export interface TokenParts {
  readonly db: Db;
  readonly encrypter: Encrypter;
  readonly logger: Logger;
}

/** Returns calls with the tokens that sign them, each read and decrypted once. One that cannot be decrypted concerns its own calls alone. */
export async function findTokens(
  { db, encrypter, logger }: TokenParts,
  calls: readonly LeasedWebhook[],
): Promise<SignableWebhook[]> {
  if (calls.length === 0) return [];
  const accountIds = new Set(calls.flatMap(({ accountId, mainId }) => [accountId, mainId]));
  const tokens = new Map<string, string>();
  const unreadable = new Set<string>();
  for (const [accountId, { encrypted }] of await loadEncryptedTokens(db, [...accountIds])) {
    const token = encrypter.tryDecrypt(encrypted);
    if (token === undefined) unreadable.add(accountId);
    else tokens.set(accountId, token);
  }
  if (unreadable.size > 0) logger.error({ accounts: [...unreadable] }, 'tokens cannot be decrypted');

  const tokensOf = ({ accountId, mainId }: LeasedWebhook): CallTokens => {
    const [own, main] = [tokens.get(accountId), tokens.get(mainId)];
    if (own !== undefined && main !== undefined) return { own, main };
    const isUnreadable = unreadable.has(accountId) || unreadable.has(mainId);
    return { missing: isUnreadable ? 'the token that signs it cannot be decrypted' : 'the account is gone' };
  };
  return calls.map((call) => ({ tokens: tokensOf(call), ...call }));
}
