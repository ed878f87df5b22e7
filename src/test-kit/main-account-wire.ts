// The wire of main accounts. Extensions, in the vendor's style.
import { Type } from 'typebox';
import type { Account } from '../accounts/account.ts';
import { isoMicroseconds } from '../http/schemas.ts';
import { AccountSeedInput, SeededBody } from './seed-wire.ts';

const { message: _message, ...seededFields } = SeededBody.properties;

export const CreateMainAccountInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 255, trim: true, description: 'Name of the account.' }),
  seed: Type.Optional(
    Type.Object(AccountSeedInput.properties, {
      description:
        'Where the test kit is on: what the account is made with, and returns to when it is reset.',
    }),
  ),
});

export const CreatedMainAccount = Type.Object({
  auth_id: Type.String(),
  auth_token: Type.String(),
  message: Type.Literal('created'),
  ...seededFields,
});

export const MainAccountBody = Type.Object({
  auth_id: Type.String(),
  created_on: Type.String(),
  name: Type.String(),
  resource_uri: Type.String(),
});

export function mainAccountToWire({ authId, name, createdAt }: Account) {
  return {
    auth_id: authId,
    created_on: isoMicroseconds(createdAt),
    name,
    resource_uri: `/v1/Account/${authId}/`,
  };
}
