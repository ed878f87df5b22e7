// NumberPool/AlphanumericSender: the names in a pool. Extensions.
import { defineEndpoint } from '../../http/endpoint.ts';
import { listSchema, PageInput, pageAnswer, pageOf } from '../../http/page.ts';
import { noContent } from '../../http/schemas.ts';
import { PoolPath } from '../pool/pool-wire.ts';
import { requirePool } from '../pool/require-pool.ts';
import { addNameToPool, removeNameFromPool } from './change-named-members.ts';
import { countNamedMembers, listNamedMembers } from './named-member-store.ts';
import {
  AddAlphanumericInput,
  NamedMemberBody,
  namedMemberToWire,
  PoolAlphanumericPath,
  rateFromWire,
} from './named-member-wire.ts';

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
    const uri = `/v1/Account/${scope.accountId}/NumberPool/${poolUuid}/AlphanumericSender/`;
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
