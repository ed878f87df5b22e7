// Our names for what is found. Extensions.
import { type Static, Type } from 'typebox';
import { type Found, type FoundKind, foundKinds } from './found.ts';

export const FindInput = Type.Object({
  query: Type.String({
    minLength: 1,
    maxLength: 200,
    trim: true,
    description:
      'A number in any spelling or a part of one, the UUID of a message, powerpack, pool or callback, an `api_id`, the id of an application, campaign, brand or subaccount, or a part of a name.',
  }),
});

export const FoundBody = Type.Object({
  id: Type.String({ description: 'UUID, number or id.' }),
  kind: Type.Enum([...foundKinds], {
    description:
      '`person`: a number that is not of the account. `change`: an entry of the audit log, of an `api_id`. `request`: one of the log of requests, of an `api_id` that changed nothing.',
  }),
  name: Type.Union([Type.String(), Type.Null()], {
    description: 'Of a change, the request that made it; of a request, what was asked and the status.',
  }),
  resource_uri: Type.String({
    description: 'Where more of it is; of a person, the messages from and to it.',
  }),
});

export const FindBody = Type.Object({ objects: Type.Array(FoundBody) });

const pathOf: Readonly<Record<FoundKind, (id: string) => string>> = {
  message: (id) => `Message/${id}/`,
  powerpack: (id) => `Powerpack/${id}/`,
  webhook: (id) => `Webhook/${id}/`,
  change: (id) => `Audit/?api_id=${id}`,
  request: (id) => `Request/?api_id=${id}`,
  number: (id) => `Number/${id}/`,
  person: (id) => `Conversation/${id}/`,
  application: (id) => `Application/${id}/`,
  campaign: (id) => `10dlc/Campaign/${id}/`,
  brand: (id) => `10dlc/Brand/${id}/`,
  subaccount: (id) => `Subaccount/${id}/`,
};

export const foundToWire = (accountId: string, { kind, id, name }: Found): Static<typeof FoundBody> => ({
  id,
  kind,
  name: name ?? null,
  resource_uri: `/v1/Account/${accountId}/${pathOf[kind](id)}`,
});
