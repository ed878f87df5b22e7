// Makes API keys.
import { ApiError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import type { Db } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { digestToken, makeAuthId, makeAuthToken } from './account.ts';
import type { ApiKey, NewApiKey } from './api-key.ts';
import { countKeys, insertKey } from './api-key-store.ts';
import { lockAccount } from './store.ts';

/** The most keys of an account. */
const maxKeys = 100;

/**
 * Makes a key for the account of a scope.
 * @throws ApiError conflict when it has very many.
 */
export function createKey(
  db: Db,
  { accountId, subaccountId }: Scope,
  { name, role }: Pick<ApiKey, 'name' | 'role'>,
  randomBytes: RandomBytes,
  now: Date,
): Promise<NewApiKey> {
  return db.transaction(async (tx) => {
    await lockAccount(tx, accountId);
    if ((await countKeys(tx, accountId)) >= maxKeys) {
      throw new ApiError('conflict', `the account has ${maxKeys} API keys; delete one first`);
    }
    const keyId = makeAuthId(subaccountId === undefined ? 'MA' : 'SA', randomBytes);
    const secret = makeAuthToken(randomBytes);
    const key = { keyId, name, role, createdAt: now };
    const isFree = await insertKey(tx, { accountId, secretSha256: digestToken(secret), ...key });
    if (!isFree) throw new ApiError('conflict', 'key_id already in use');
    return { ...key, secret };
  });
}
