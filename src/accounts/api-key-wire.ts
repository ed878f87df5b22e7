// The names that the API gives to API keys: extensions, in the vendor's style.
import { type Static, Type } from 'typebox';
import { orderParameters } from '../http/order.ts';
import { pageParameters } from '../http/page.ts';
import { keyRoles } from '../http/role.ts';
import { isoMicroseconds } from '../http/schemas.ts';
import type { ApiKey, NewApiKey } from './api-key.ts';
import { keyOrders } from './api-key-store.ts';

export const ApiKeyPath = Type.Object({ key_id: Type.String({ pattern: '^(MA|SA)[A-Z0-9]{18}$' }) });

export const ListApiKeysInput = Type.Object({
  ...orderParameters(keyOrders, 'without it the oldest comes first.'),
  ...pageParameters,
});

const role = Type.Enum([...keyRoles], {
  description:
    '`read_only` reads everything but credentials; `sender` also sends messages and uploads media; `operator` does everything but credentials.',
});

export const CreateApiKeyInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 255, trim: true, description: 'Who or what uses it.' }),
  role,
});

export const ApiKeyBody = Type.Object({
  created_on: Type.String(),
  key_id: Type.String({ description: 'Takes the place of the auth id, in paths too.' }),
  name: Type.String(),
  resource_uri: Type.String(),
  role,
});

export const CreatedApiKey = Type.Object({
  key_id: Type.String(),
  message: Type.Literal('created'),
  secret: Type.String({ description: 'Takes the place of the auth token. It is shown this once.' }),
});

export function apiKeyToWire(accountId: string, key: ApiKey): Static<typeof ApiKeyBody> {
  return {
    created_on: isoMicroseconds(key.createdAt),
    key_id: key.keyId,
    name: key.name,
    resource_uri: `/v1/Account/${accountId}/Key/${key.keyId}/`,
    role: key.role,
  };
}

export const createdApiKeyToWire = ({ keyId, secret }: NewApiKey): Static<typeof CreatedApiKey> => ({
  key_id: keyId,
  message: 'created',
  secret,
});
