// The signatures that attempts at a call carried, made once more for whoever looks into them: they are not kept.
import type { Sealer } from '../base/seal.ts';
import type { Db } from '../db/db.ts';
import type { AttemptRecord } from './attempt.ts';
import { type SignatureHeader, signCallback } from './sign.ts';
import type { LoggedWebhook } from './store.ts';

export type Signatures = Readonly<Record<SignatureHeader, string>>;

/**
 * The headers of each attempt in the log, in order. `undefined` where nothing was sent, where the parameters are not kept, and where
 * one of the tokens has been rotated since.
 */
export async function listSignatures(
  db: Db,
  sealer: Sealer,
  webhook: LoggedWebhook,
): Promise<readonly (Signatures | undefined)[]> {
  const { accountId, mainId, method, url, parameters, log } = webhook;
  if (parameters === null) return log.map(() => undefined);
  const rows = await db.query<{ auth_id: string; sealed_token: Uint8Array; created_at: Date }>(
    `select auth_id, sealed_token, created_at from auth_tokens
     where auth_id = any($1::text[]) and valid_until is null`,
    [[accountId, mainId]],
  );
  const [own, main] = [accountId, mainId].map((id) => rows.find(({ auth_id: authId }) => authId === id));
  if (own === undefined || main === undefined) return log.map(() => undefined);
  const [ownToken, mainToken] = [sealer.open(own.sealed_token), sealer.open(main.sealed_token)];
  return log.map(({ nonce, at }: AttemptRecord) => {
    const sentAt = new Date(at);
    if (nonce === null || sentAt < own.created_at || sentAt < main.created_at) return undefined;
    return signCallback({ method, url, parameters, nonce, ownToken, mainToken });
  });
}
