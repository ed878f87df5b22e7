// NumberPool: its numbers, its toll-free numbers and its short codes.
import type { Settings } from '../../base/config.ts';
import { ApiError } from '../../base/errors.ts';
import type { Db } from '../../db/db.ts';
import { type Answer, defineEndpoint, type Endpoint, type Scope } from '../../http/endpoint.ts';
import { listSchema, type PageFields, PageInput, pageAnswer, pageOf } from '../../http/page.ts';
import { Success, success } from '../../http/schemas.ts';
import { readOwnNumbers } from '../../numbers/own-numbers.ts';
import { readNewNumber, readNumber } from '../../numbers/rent-numbers.ts';
import { isShortCode } from '../../telecom/e164.ts';
import type { PoolMember, SenderKind } from '../powerpack.ts';
import { poolUri } from '../wire.ts';
import { addNumber, addNumbers, addShortcode, removeFromPool } from './change-pool.ts';
import { countMembers, findMember, listMembers, type MemberFilters } from './pool-store.ts';
import {
  AddedBody,
  AddNumberInput,
  AddPoolNumbersInput,
  AddShortcodeInput,
  FindShortcodeInput,
  filtersFromWire,
  ListMembersInput,
  limitsFromWire,
  PoolBody,
  PoolNumberBody,
  PoolNumberPath,
  PoolPath,
  PoolShortcodeBody,
  PoolShortcodePath,
  PoolTollfreeBody,
  poolNumberToWire,
  poolShortcodeToWire,
  poolTollfreeToWire,
  poolToWire,
  RemoveNumberInput,
  RemoveShortcodeInput,
  ServiceInput,
} from './pool-wire.ts';
import { requirePool } from './require-pool.ts';

/** Toll-free numbers are found under `Number/` as well as under `Tollfree/` (semantics section 6). */
const numberKinds: readonly SenderKind[] = ['longcode', 'tollfree'];
const tollfreeKinds: readonly SenderKind[] = ['tollfree'];
const shortcodeKinds: readonly SenderKind[] = ['shortcode'];

export const getPoolEndpoint = defineEndpoint({
  summary: 'Retrieve a number pool',
  path: PoolPath,
  answers: { 200: PoolBody },
  async handle({ db, scope, path }) {
    const poolUuid = await requirePool(db, scope, path.number_pool_uuid);
    return { status: 200, body: poolToWire(scope.accountId, poolUuid) };
  },
});

export const listPoolNumbersEndpoint = defineEndpoint({
  summary: 'List the numbers of a pool',
  path: PoolPath,
  input: ListMembersInput,
  answers: { 200: listSchema(PoolNumberBody) },
  async handle({ db, scope, path, input }) {
    const filters = { kinds: numberKinds, ...filtersFromWire(input) };
    const list = { poolUuid: path.number_pool_uuid, segment: 'Number', filters, input };
    return answerList(db, scope, list, poolNumberToWire);
  },
});

export const listPoolTollfreeEndpoint = listEndpoint({
  what: 'toll-free numbers',
  segment: 'Tollfree',
  kinds: tollfreeKinds,
  body: PoolTollfreeBody,
  toWire: poolTollfreeToWire,
});

/** `Number/{n}` and `Tollfree/{n}` differ in the kinds of sender that they know and in the shape of a member. */
interface MemberResource {
  readonly what: string;
  readonly kinds: readonly SenderKind[];
  readonly body: typeof PoolNumberBody | typeof PoolTollfreeBody | typeof PoolShortcodeBody;
  readonly toWire: (accountId: string, member: PoolMember) => object;
}

const numberResource: MemberResource = {
  what: 'number',
  kinds: numberKinds,
  body: PoolNumberBody,
  toWire: poolNumberToWire,
};

const tollfreeResource: MemberResource = {
  what: 'toll-free number',
  kinds: tollfreeKinds,
  body: PoolTollfreeBody,
  toWire: poolTollfreeToWire,
};

export const findPoolNumberEndpoint = findMemberEndpoint(numberResource);
export const addPoolNumberEndpoint = addMemberEndpoint(numberResource);
export const removePoolNumberEndpoint = removeMemberEndpoint(numberResource);
export const findPoolTollfreeEndpoint = findMemberEndpoint(tollfreeResource);
export const addPoolTollfreeEndpoint = addMemberEndpoint(tollfreeResource);
export const removePoolTollfreeEndpoint = removeMemberEndpoint(tollfreeResource);

/** A list that shows all members of some kinds. */
interface ListResource extends MemberResource {
  /** Last segment of the list's path. */
  readonly segment: string;
}

function listEndpoint({ what, segment, kinds, body, toWire }: ListResource): Endpoint<unknown> {
  return defineEndpoint({
    summary: `List the ${what} of a pool`,
    path: PoolPath,
    input: PageInput,
    answers: { 200: listSchema(body) },
    async handle({ db, scope, path, input }) {
      const list = { poolUuid: path.number_pool_uuid, segment, filters: { kinds }, input };
      return answerList(db, scope, list, toWire);
    },
  });
}

function findMemberEndpoint({ what, kinds, body, toWire }: MemberResource): Endpoint<unknown> {
  return defineEndpoint({
    summary: `Find a ${what} in a pool`,
    path: PoolNumberPath,
    input: ServiceInput,
    answers: { 200: body },
    async handle({ db, scope, path, input }) {
      const poolUuid = await requirePool(db, scope, path.number_pool_uuid);
      const key = { poolUuid, sender: readNumber(path.number).number, kinds };
      const member = found(await findMember(db, key, input.service), 'number');
      return { status: 200, body: toWire(scope.accountId, member) };
    },
  });
}

function addMemberEndpoint({ what, kinds, body, toWire }: MemberResource): Endpoint<{ settings: Settings }> {
  return defineEndpoint({
    summary: `Add a ${what} to a pool`,
    description: 'With `rent` the number is rented first when the account does not have it: both or neither.',
    path: PoolNumberPath,
    input: AddNumberInput,
    tellsBefore: true,
    answers: { 200: body },
    async handle({ db, scope, path, input, now }, { settings }: { settings: Settings }) {
      const { member, before } = await addNumber(db, scope, {
        poolUuid: path.number_pool_uuid,
        number: readNewNumber(path.number),
        kinds,
        service: input.service,
        limits: limitsFromWire(input),
        rent: input.rent ?? false,
        now,
        settings,
      });
      return {
        status: 200,
        body: toWire(scope.accountId, member),
        before: before && toWire(scope.accountId, before),
      };
    },
  });
}

export const addPoolNumbersEndpoint = defineEndpoint({
  summary: 'Add numbers to a pool',
  description:
    'Adds many of the numbers that the account has: all of them, or none. Those that are in the pool already take the service and the limits that are given; with `move`, so do those that are in other powerpacks.',
  extension: true,
  path: PoolPath,
  input: AddPoolNumbersInput,
  answers: { 200: AddedBody },
  async handle({ db, scope, path, input, now }) {
    const added = await addNumbers(db, scope, {
      poolUuid: path.number_pool_uuid,
      numbers: readOwnNumbers(input.numbers, scope.defaultCountry),
      service: input.service,
      limits: limitsFromWire(input),
      move: input.move ?? false,
      now,
    });
    return { status: 200, body: { message: 'added', numbers: added } };
  },
});

function removeMemberEndpoint({ what, kinds, toWire }: MemberResource): Endpoint<unknown> {
  return defineEndpoint({
    summary: `Remove a ${what} from a pool`,
    path: PoolNumberPath,
    input: RemoveNumberInput,
    tellsBefore: true,
    answers: { 200: Success },
    async handle({ db, scope, path, input, now }) {
      const key = { poolUuid: path.number_pool_uuid, sender: readNumber(path.number).number, kinds };
      const removed = await removeFromPool(db, scope, key, { unrent: input.unrent ?? false, now });
      return { ...success, before: toWire(scope.accountId, removed) };
    },
  });
}

export const listPoolShortcodesEndpoint = listEndpoint({
  what: 'short codes',
  segment: 'Shortcode',
  kinds: shortcodeKinds,
  body: PoolShortcodeBody,
  toWire: (_accountId, member) => poolShortcodeToWire(member),
});

export const findPoolShortcodeEndpoint = defineEndpoint({
  summary: 'Find a short code in a pool',
  path: PoolShortcodePath,
  input: FindShortcodeInput,
  answers: { 200: PoolShortcodeBody },
  async handle({ db, scope, path, input }) {
    const poolUuid = await requirePool(db, scope, path.number_pool_uuid);
    const countryIso2 = input.country_iso2?.toUpperCase();
    const key = { poolUuid, sender: readShortcode(path.shortcode), kinds: shortcodeKinds, countryIso2 };
    const member = found(await findMember(db, key, input.service), 'short code');
    return { status: 200, body: poolShortcodeToWire(member) };
  },
});

export const addPoolShortcodeEndpoint = defineEndpoint({
  summary: 'Attach a short code to a pool',
  extension: true,
  path: PoolShortcodePath,
  input: AddShortcodeInput,
  answers: { 200: PoolShortcodeBody },
  async handle({ db, scope, path, input, now }) {
    const member = await addShortcode(db, scope, {
      poolUuid: path.number_pool_uuid,
      shortcode: readShortcode(path.shortcode),
      countryIso2: input.country_iso2 ?? 'US',
      limits: limitsFromWire(input),
      now,
    });
    return { status: 200, body: poolShortcodeToWire(member) };
  },
});

export const removePoolShortcodeEndpoint = defineEndpoint({
  summary: 'Remove a short code from a pool',
  path: PoolShortcodePath,
  input: RemoveShortcodeInput,
  tellsBefore: true,
  answers: { 200: Success },
  async handle({ db, scope, path, input, now }) {
    const key = {
      poolUuid: path.number_pool_uuid,
      sender: readShortcode(path.shortcode),
      kinds: shortcodeKinds,
      countryIso2: input.country_iso2?.toUpperCase(),
    };
    const removed = await removeFromPool(db, scope, key, { unrent: false, now });
    return { ...success, before: poolShortcodeToWire(removed) };
  },
});

interface MemberList {
  readonly poolUuid: string;
  /** Last segment of the list's path. */
  readonly segment: string;
  readonly filters: MemberFilters;
  readonly input: PageFields;
}

async function answerList(
  db: Db,
  scope: Scope,
  list: MemberList,
  toWire: MemberResource['toWire'],
): Promise<Answer> {
  const page = pageOf(list.input);
  const poolUuid = await requirePool(db, scope, list.poolUuid);
  const [members, count] = await Promise.all([
    listMembers(db, poolUuid, list.filters, page),
    countMembers(db, poolUuid, list.filters),
  ]);
  const path = `${poolUri(scope.accountId, poolUuid)}${list.segment}/`;
  const objects = members.map((member) => toWire(scope.accountId, member));
  return pageAnswer(path, page, list.input, count, objects);
}

function found(member: PoolMember | undefined, what: string): PoolMember {
  if (member === undefined) throw new ApiError('notFound', `${what} not found in this pool`);
  return member;
}

function readShortcode(text: string): string {
  if (isShortCode(text)) return text;
  throw new ApiError('invalid', 'shortcode must be a short code: 5 or 6 digits');
}
