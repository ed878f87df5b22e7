// Find: everything of an account that a typed text means. An extension.
import { defineEndpoint } from '../http/endpoint.ts';
import { find } from './find.ts';
import { FindBody, FindInput, foundToWire } from './wire.ts';

export const findEndpoint = defineEndpoint({
  summary: 'Find by number, UUID, id or name',
  description:
    'What a text means in the account, at most five of a kind, names that begin with it first. Texts of messages are found by `Message/`. Changes are shown to those who may read the audit log, subaccounts to the auth token of their main account.',
  extension: true,
  input: FindInput,
  answers: { 200: FindBody },
  async handle({ db, scope, input }) {
    const found = await find(db, scope, input.query);
    return { status: 200, body: { objects: found.map((one) => foundToWire(scope.accountId, one)) } };
  },
});
