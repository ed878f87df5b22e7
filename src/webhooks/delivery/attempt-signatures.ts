// The signatures that attempts at a call carried, computed again when they are read: they are not stored.
import { loadEncryptedTokens } from '../../accounts/store.ts';
import type { Encrypter } from '../../base/encrypt.ts';
import type { Db } from '../../db/db.ts';
import type { AttemptRecord } from '../attempt.ts';
import { type SignatureHeader, signCallback } from '../http/sign.ts';
import type { LoggedWebhook } from '../store.ts';

export type Signatures = Readonly<Record<SignatureHeader, string>>;

/**
 * Returns the headers of each attempt in the log, in order. `undefined` where nothing was sent, where the parameters are not stored, and
 * where one of the tokens has been rotated since or cannot be decrypted. Those of tokens that had been replaced before are left out.
 */
export async function listSignatures(
  db: Db,
  encrypter: Encrypter,
  webhook: LoggedWebhook,
): Promise<readonly (Signatures | undefined)[]> {
  const { accountId, mainId, method, url, parameters, log } = webhook;
  if (parameters === null) return log.map(() => undefined);
  const tokens = await loadEncryptedTokens(db, [accountId, mainId]);
  const [own, main] = [tokens.get(accountId), tokens.get(mainId)];
  if (own === undefined || main === undefined) return log.map(() => undefined);
  const [ownToken, mainToken] = [encrypter.tryDecrypt(own.encrypted), encrypter.tryDecrypt(main.encrypted)];
  if (ownToken === undefined || mainToken === undefined) return log.map(() => undefined);
  return log.map(({ nonce, at }: AttemptRecord) => {
    const sentAt = new Date(at);
    if (nonce === null || sentAt < own.createdAt || sentAt < main.createdAt) return undefined;
    return signCallback({ method, url, parameters, nonce, ownToken, mainToken });
  });
}
