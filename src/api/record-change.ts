// A request that changes something: it runs in one transaction with its entry in the audit log.
import { insertEntry } from '../audit/audit-store.ts';
import { callerOf } from '../audit/caller.ts';
import { writeState } from '../audit/write-state.ts';
import { ApiError } from '../base/errors.ts';
import type { Transaction } from '../db/db.ts';
import { asWhole, insideTransaction } from '../db/nested-db.ts';
import type { Answer, HandleRequest, UncheckedRequest } from '../http/endpoint.ts';
import { findReadingRoute, isAudited } from './audited-routes.ts';
import type { OwnTransactions } from './own-transactions.ts';
import { type ApiParts, pathBelowAccount, type Route, routes } from './routes.ts';

/** A change finds its rows by keys: planning its statements, and those of the triggers and foreign keys, takes longer than running them. */
const planning = { plansOnce: true };

interface RecordingParts {
  readonly ownTransactions: OwnTransactions;
  readonly endpointParts: ApiParts;
}

/**
 * Returns the handler of a route. A change runs in one transaction with its entry in the audit log: neither exists without the other. An
 * error leaves no entry.
 */
export function recordChanges(
  { ownTransactions, endpointParts }: RecordingParts,
  route: Route<ApiParts>,
): HandleRequest {
  const { endpoint } = route;
  const handle = endpoint.prepare(endpointParts);
  if (!isAudited(route)) return handle;
  const readingRoute = endpoint.tellsBefore ? undefined : findReadingRoute(route, routes);
  const read = readingRoute?.endpoint.prepare(endpointParts);

  const change = async (tx: Transaction, request: UncheckedRequest): Promise<Answer> => {
    const found = await readState(tx, request, read);
    const answer = await (endpoint.partsMayFail
      ? handle({ ...request, db: insideTransaction(tx, request.db) })
      : asWhole(tx, request.db, (db) => handle({ ...request, db })));
    const before = endpoint.tellsBefore ? answer.before : found;
    // The answer says what was made. It is read again only where something was changed, so that locks are short.
    const isUpdate = found !== undefined && route.method !== 'DELETE';
    const after = isUpdate ? await readState(tx, request, read) : (answer.after ?? answer.body);
    const { scope, now, apiId, requesterIp } = request;
    insertEntry(tx, {
      id: apiId,
      accountId: scope.mainId,
      subaccountId: scope.subaccountId,
      at: now,
      caller: callerOf(scope, endpointParts.operating.operatorId()),
      address: requesterIp,
      method: route.method,
      path: pathBelowAccount(route.path, request.segments),
      before: written(before),
      after: written(after),
    });
    return answer;
  };
  return (request) =>
    ownTransactions.run(request.db, request.scope.accountId, (tx) => change(tx, request), planning);
}

/** Returns what a route shows of a request's path now, as the caller sees it; undefined where there is nothing. */
async function readState(
  tx: Transaction,
  request: UncheckedRequest,
  read: HandleRequest | undefined,
): Promise<object | undefined> {
  if (read === undefined) return undefined;
  const content = { parameters: {}, files: [] };
  try {
    return (await asWhole(tx, request.db, (db) => read({ ...request, content, db }))).body;
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

const written = (state: object | undefined): string | undefined =>
  state === undefined ? undefined : writeState(state);
