// The tokens that sign calls.
import { loadSigningTokens } from '../../accounts/store.ts';
import type { Encrypter } from '../../base/encrypt.ts';
import type { Logger } from '../../base/logger.ts';
import type { Timers } from '../../base/timers.ts';
import type { Db } from '../../db/db.ts';
import type { LeasedWebhook } from '../webhook.ts';
import type { CallTokens } from './call-webhook.ts';

/** A leased call with the tokens that sign it. */
export type SignableWebhook = LeasedWebhook & { readonly tokens: CallTokens };

interface TokenParts {
  readonly db: Db;
  readonly encrypter: Encrypter;
  readonly timers: Pick<Timers, 'now'>;
  readonly logger: Logger;
}

/** Returns calls with the tokens that sign them, each read and decrypted once. One that cannot be decrypted concerns its own calls alone. */
export async function findTokens(
  { db, encrypter, timers, logger }: TokenParts,
  calls: readonly LeasedWebhook[],
): Promise<SignableWebhook[]> {
  if (calls.length === 0) return [];
  const accountIds = new Set(calls.flatMap(({ accountId, mainId }) => [accountId, mainId]));
  const tokens = new Map<string, ReadableTokens>();
  const unreadable = new Set<string>();
  for (const [accountId, encrypted] of await loadSigningTokens(db, [...accountIds], timers.now())) {
    const [current, ...former] = encrypted.map((token) => encrypter.tryDecrypt(token));
    if (current === undefined) unreadable.add(accountId);
    else tokens.set(accountId, { current, former: former.filter((token) => token !== undefined) });
  }
  if (unreadable.size > 0) logger.error({ accounts: [...unreadable] }, 'tokens cannot be decrypted');

  const tokensOf = ({ accountId, mainId }: LeasedWebhook): CallTokens => {
    const [own, main] = [tokens.get(accountId), tokens.get(mainId)];
    if (own !== undefined && main !== undefined) return signingTokens(own, main);
    const isUnreadable = unreadable.has(accountId) || unreadable.has(mainId);
    return { missing: isUnreadable ? 'the token that signs it cannot be decrypted' : 'the account is gone' };
  };
  return calls.map((call) => ({ tokens: tokensOf(call), ...call }));
}

interface ReadableTokens {
  readonly current: string;
  /** Those that were replaced and are still valid. */
  readonly former: readonly string[];
}

const signingTokens = (own: ReadableTokens, main: ReadableTokens): CallTokens => ({
  own: own.current,
  main: main.current,
  former:
    own.former.length === 0 && main.former.length === 0 ? undefined : { own: own.former, main: main.former },
});
