// Finds the things of an account that a typed text means: a UUID, a number in any spelling, an id, a part of a name.
import { listEntries } from '../audit/audit-store.ts';
import { listRequests } from '../audit/requests/request-store.ts';
import type { Db } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { isAtLeast } from '../http/role.ts';
import { isUuid } from '../http/schemas.ts';
import { getMessage } from '../messages/store.ts';
import { parseAnyNumber, parseNumber } from '../telecom/written-number.ts';
import { getWebhook } from '../webhooks/store.ts';
import { findByName, findNumbers, findPowerpack } from './find-store.ts';
import type { Found } from './found.ts';

/** As few digits would be in most numbers. */
const fewestDigits = 3;

/** Returns what a text means in an account, as far as the caller may see it. */
export function find(db: Db, scope: Scope, typed: string): Promise<readonly Found[]> {
  return isUuid(typed) ? findByUuid(db, scope, typed.toLowerCase()) : findByText(db, scope, typed);
}

async function findByUuid(db: Db, scope: Scope, uuid: string): Promise<readonly Found[]> {
  const [message, powerpacks, webhook, requests] = await Promise.all([
    getMessage(db, scope, uuid),
    findPowerpack(db, scope, uuid),
    getWebhook(db, scope, uuid),
    findRequest(db, scope, uuid),
  ]);
  const named = (kind: 'message' | 'webhook'): Found => ({ kind, id: uuid, name: undefined });
  return [
    ...(message === undefined ? [] : [named('message')]),
    ...powerpacks,
    ...(webhook === undefined ? [] : [named('webhook')]),
    ...requests,
  ];
}

/** Returns the change by the request with an `api_id`, or else the request, for those who may read the logs. */
async function findRequest(db: Db, scope: Scope, apiId: string): Promise<readonly Found[]> {
  if (!isAtLeast(scope.apiKey?.role ?? 'owner', 'operator')) return [];
  const filters = { id: apiId, caller: undefined, pathPrefix: undefined, from: undefined, until: undefined };
  const ofAnyKind = { ...filters, method: undefined, minStatus: 0, endStatus: 1000 };
  const [[change], [request]] = await Promise.all([
    listEntries(db, scope, filters, undefined, 1),
    listRequests(db, scope, ofAnyKind, undefined, 1),
  ]);
  if (change !== undefined)
    return [{ kind: 'change', id: change.id, name: `${change.method} ${change.path}`.trimEnd() }];
  if (request === undefined) return [];
  const { id, method, path, status } = request;
  return [{ kind: 'request', id, name: `${method} ${path}: ${status}` }];
}

async function findByText(db: Db, scope: Scope, typed: string): Promise<readonly Found[]> {
  const written = readNumber(typed, scope.defaultCountry);
  const [numbers, named] = await Promise.all([
    written === undefined ? [] : findNumbers(db, scope, written.digits),
    findByName(db, scope, typed, scope.apiKey === undefined),
  ]);
  const person: readonly Found[] =
    written?.isWhole === true ? [{ kind: 'person', id: written.digits, name: undefined }] : [];
  const known = new Set(numbers.map(({ id }) => id));
  return [
    ...numbers,
    ...person.filter(({ id }) => !known.has(id)),
    ...named.filter(({ kind, id }) => kind !== 'number' || !known.has(id)),
  ];
}

interface WrittenNumber {
  readonly digits: string;
  /** Whether it is a whole telephone number, with its country code. */
  readonly isWhole: boolean;
}

/** Returns the number that a text spells, or the digits of a part of one; `undefined` for any other text. */
function readNumber(typed: string, country: string | undefined): WrittenNumber | undefined {
  if (!/^[+\d\s().\p{Pd}]+$/u.test(typed)) return undefined;
  const whole = parseNumber(typed, country)?.number ?? parseAnyNumber(typed);
  if (whole !== undefined) return { digits: whole, isWhole: true };
  const digits = typed.replaceAll(/\D/g, '');
  return digits.length < fewestDigits ? undefined : { digits, isWhole: false };
}
