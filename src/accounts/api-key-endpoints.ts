// Key: API keys, for the auth token of the account alone. Extensions.
import { ApiError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { sortingOf } from '../http/order.ts';
import { listSchema, pageAnswer, pageOf } from '../http/page.ts';
import { noContent } from '../http/schemas.ts';
import { countKeys, deleteKey, getKey, listKeys } from './api-key-store.ts';
import {
  ApiKeyBody,
  ApiKeyPath,
  apiKeyToWire,
  CreateApiKeyInput,
  CreatedApiKey,
  createdApiKeyToWire,
  ListApiKeysInput,
} from './api-key-wire.ts';
import { createKey } from './create-key.ts';

const ownerOnly = 'For the auth token of the account: no API key may do this.';
const keyNotFound = () => new ApiError('notFound', 'API key not found');

export const listApiKeysEndpoint = defineEndpoint({
  summary: 'List API keys',
  description: ownerOnly,
  extension: true,
  role: 'owner',
  input: ListApiKeysInput,
  answers: { 200: listSchema(ApiKeyBody) },
  async handle({ db, scope, input }) {
    const page = pageOf(input);
    const [keys, count] = await Promise.all([
      listKeys(db, scope.accountId, page, sortingOf(input)),
      countKeys(db, scope.accountId),
    ]);
    const objects = keys.map((key) => apiKeyToWire(scope.accountId, key));
    return pageAnswer(`/v1/Account/${scope.accountId}/Key/`, page, input, count, objects);
  },
});

export const createApiKeyEndpoint = defineEndpoint({
  summary: 'Create an API key',
  description: `Credentials with a role, beside the auth token. Every SDK takes the key's id as the auth id and its secret as the auth token. ${ownerOnly}`,
  extension: true,
  role: 'owner',
  input: CreateApiKeyInput,
  answers: { 201: CreatedApiKey },
  async handle({ db, scope, input, now }, { randomBytes }: { randomBytes: RandomBytes }) {
    const key = await createKey(db, scope, input, randomBytes, now);
    return { status: 201, body: createdApiKeyToWire(key) };
  },
});

export const getApiKeyEndpoint = defineEndpoint({
  summary: 'Retrieve an API key',
  description: `Without its secret. ${ownerOnly}`,
  extension: true,
  role: 'owner',
  path: ApiKeyPath,
  answers: { 200: ApiKeyBody },
  async handle({ db, scope, path }) {
    const key = await getKey(db, scope.accountId, path.key_id);
    if (key === undefined) throw keyNotFound();
    return { status: 200, body: apiKeyToWire(scope.accountId, key) };
  },
});

export const deleteApiKeyEndpoint = defineEndpoint({
  summary: 'Delete an API key',
  description: `Its next request is refused, in every process. ${ownerOnly}`,
  extension: true,
  role: 'owner',
  path: ApiKeyPath,
  answers: { 204: null },
  async handle({ db, scope, path }) {
    const isDeleted = await db.transaction((tx) => deleteKey(tx, scope.accountId, path.key_id));
    if (!isDeleted) throw keyNotFound();
    return noContent;
  },
});
