// AlphanumericSender: names to send as, of accounts and in pools, and the operator's decisions on them. Extensions.
import { requireOperator } from '../../accounts/operator.ts';
import { ApiError } from '../../base/errors.ts';
import { defineEndpoint } from '../../http/endpoint.ts';
import { listSchema, PageInput, pageAnswer, pageOf } from '../../http/page.ts';
import { noContent } from '../../http/schemas.ts';
import type { Operating } from '../../routing/operating.ts';
import { PoolPath } from '../pool/pool-wire.ts';
import { requirePool } from '../pool/require-pool.ts';
import {
  countNamedMembers,
  countSenders,
  findSender,
  listNamedMembers,
  listSenders,
} from './alphanumeric-store.ts';
import {
  AddAlphanumericInput,
  AlphanumericBody,
  AlphanumericIdPath,
  AlphanumericPath,
  alphanumericToWire,
  DecideInput,
  ListAlphanumericInput,
  NamedMemberBody,
  namedMemberToWire,
  PoolAlphanumericPath,
  RequestAlphanumericInput,
  ReviewedAlphanumericBody,
  rateFromWire,
  reviewedToWire,
} from './alphanumeric-wire.ts';
import {
  addNameToPool,
  decideOnSender,
  forgetSender,
  removeNameFromPool,
  requestSender,
  senderNotFound,
} from './change-alphanumeric.ts';

const segment = 'AlphanumericSender';

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
    const path = `/v1/Account/${scope.accountId}/${segment}/`;
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
    await forgetSender(db, scope, path.name);
    return noContent;
  },
});

const operatorOnly = "The operator's account only.";

export const listAlphanumericReviewsEndpoint = defineEndpoint({
  summary: 'List the names of all accounts',
  description: `With the accounts that asked for them, the first asked for first. ${operatorOnly}`,
  extension: true,
  input: ListAlphanumericInput,
  answers: { 200: listSchema(ReviewedAlphanumericBody) },
  async handle({ db, scope, input }, { operating }: { operating: Operating }) {
    await requireOperator(db, scope, operating.operatorId());
    const page = pageOf(input);
    const filter = { accountId: undefined, status: input.status };
    const [senders, count] = await Promise.all([listSenders(db, filter, page), countSenders(db, filter)]);
    const path = `/v1/Account/${scope.accountId}/AlphanumericReview/`;
    return pageAnswer(path, page, input, count, senders.map(reviewedToWire));
  },
});

export const decideOnAlphanumericEndpoint = defineEndpoint({
  summary: 'Approve or reject a name',
  description: `May be decided anew. Of several accounts one can have a name approved. When it is rejected after it was approved, what waits to be sent from it fails. ${operatorOnly}`,
  extension: true,
  path: AlphanumericIdPath,
  input: DecideInput,
  answers: { 200: ReviewedAlphanumericBody },
  async handle({ db, scope, path, input, now }, { operating }: { operating: Operating }) {
    await requireOperator(db, scope, operating.operatorId());
    const { status, reason } = input;
    if (status === 'rejected' && reason === undefined)
      throw new ApiError('invalid', 'reason is required to reject a name');
    const sender = await decideOnSender(db, path.alphanumeric_uuid, status, reason, now);
    return { status: 200, body: reviewedToWire(sender) };
  },
});

export const listPoolAlphanumericEndpoint = defineEndpoint({
  summary: 'List the names of a pool',
  extension: true,
  path: PoolPath,
  input: PageInput,
  answers: { 200: listSchema(NamedMemberBody) },
  async handle({ db, scope, path, input }) {
    const poolUuid = await requirePool(db, scope, path.number_pool_uuid);
    const page = pageOf(input);
    const [members, count] = await Promise.all([
      listNamedMembers(db, poolUuid, page),
      countNamedMembers(db, poolUuid),
    ]);
    const objects = members.map((member) => namedMemberToWire(poolUuid, member));
    const uri = `/v1/Account/${scope.accountId}/NumberPool/${poolUuid}/${segment}/`;
    return pageAnswer(uri, page, input, count, objects);
  },
});

export const addPoolAlphanumericEndpoint = defineEndpoint({
  summary: 'Add a name to a pool',
  description:
    'A name of the account, which may be in several pools. It sends texts, once it is approved. Adding it again changes its rate.',
  extension: true,
  path: PoolAlphanumericPath,
  input: AddAlphanumericInput,
  answers: { 200: NamedMemberBody },
  async handle({ db, scope, path, input, now }) {
    const poolUuid = path.number_pool_uuid.toLowerCase();
    const request = { poolUuid, name: path.name, smsPerSecond: rateFromWire(input) };
    const member = await addNameToPool(db, scope, request, now);
    return { status: 200, body: namedMemberToWire(poolUuid, member) };
  },
});

export const removePoolAlphanumericEndpoint = defineEndpoint({
  summary: 'Remove a name from a pool',
  description: 'Messages that wait to be sent from it still are.',
  extension: true,
  path: PoolAlphanumericPath,
  answers: { 204: null },
  async handle({ db, scope, path }) {
    await removeNameFromPool(db, scope, path.number_pool_uuid.toLowerCase(), path.name);
    return noContent;
  },
});
