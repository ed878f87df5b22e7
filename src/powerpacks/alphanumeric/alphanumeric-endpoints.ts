// AlphanumericSender: the names that an account sends as, or wants to. Extensions.
import { defineEndpoint } from '../../http/endpoint.ts';
import { listSchema, pageAnswer, pageOf } from '../../http/page.ts';
import { noContent } from '../../http/schemas.ts';
import { countSenders, findSender, listSenders } from './alphanumeric-store.ts';
import {
  AlphanumericBody,
  AlphanumericPath,
  alphanumericToWire,
  ListAlphanumericInput,
  RequestAlphanumericInput,
} from './alphanumeric-wire.ts';
import { removeSender, requestSender, senderNotFound } from './change-alphanumeric.ts';

export const listAlphanumericEndpoint = defineEndpoint({
  summary: 'List names to send as',
  description: 'Those of the account in the path, the first asked for first.',
  extension: true,
  input: ListAlphanumericInput,
  answers: { 200: listSchema(AlphanumericBody) },
  async handle({ db, scope, input }) {
    const page = pageOf(input);
    const filter = { accountId: scope.accountId, status: input.status };
    const [senders, count] = await Promise.all([listSenders(db, filter, page), countSenders(db, filter)]);
    const path = `/v1/Account/${scope.accountId}/AlphanumericSender/`;
    return pageAnswer(path, page, input, count, senders.map(alphanumericToWire));
  },
});

export const requestAlphanumericEndpoint = defineEndpoint({
  summary: 'Ask for a name to send as',
  description:
    'The operator approves or rejects it. Approved, it sends from the pools that it is in, to countries that take names; never to the US, Canada and others under +1. Nobody can answer a name.',
  extension: true,
  input: RequestAlphanumericInput,
  answers: { 201: AlphanumericBody },
  async handle({ db, scope, input, newId, now }) {
    const sender = await requestSender(db, scope, { name: input.name, note: input.note }, newId(), now);
    return { status: 201, body: alphanumericToWire(sender) };
  },
});

export const getAlphanumericEndpoint = defineEndpoint({
  summary: 'Retrieve a name to send as',
  extension: true,
  path: AlphanumericPath,
  answers: { 200: AlphanumericBody },
  async handle({ db, scope, path }) {
    const sender = await findSender(db, scope.accountId, path.name);
    if (sender === undefined) throw senderNotFound();
    return { status: 200, body: alphanumericToWire(sender) };
  },
});

export const deleteAlphanumericEndpoint = defineEndpoint({
  summary: 'Delete a name to send as',
  description: 'It leaves its pools, and messages that wait to be sent from it fail with code 40.',
  extension: true,
  path: AlphanumericPath,
  answers: { 204: null },
  async handle({ db, scope, path }) {
    await removeSender(db, scope, path.name);
    return noContent;
  },
});
