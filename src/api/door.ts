// What happens to every API call, whatever framework carried it here: who asks, what they ask for, the answer.
import type { Authenticate } from '../accounts/authenticate.ts';
import type { LimitRequests } from '../accounts/limit-requests.ts';
import type { Clock } from '../base/clock.ts';
import type { Settings } from '../base/config.ts';
import { ApiError } from '../base/errors.ts';
import { type RandomBytes, uuidv7 } from '../base/id.ts';
import type { Logger } from '../base/logger.ts';
import type { Sealer } from '../base/seal.ts';
import type { Db } from '../db/db.ts';
import { readBasicAuth } from '../http/basic-auth.ts';
import { readParameters, readQuery } from '../http/body.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { errorReply } from '../http/error-reply.ts';
import { type ParameterReader, parameterReader, schemaCheck } from '../http/parameters.ts';
import type { Metrics } from './metrics.ts';
import type { Route } from './routes.ts';

/** A call as it came in, free of any framework. */
export interface Call {
  readonly method: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: string;
  readonly body: Buffer | undefined;
  readonly contentType: string | undefined;
  readonly authorization: string | undefined;
  /** Address of the client. */
  readonly address: string;
}

/** An answer ready to be sent. */
export interface Reply {
  readonly status: number;
  /** JSON text; empty for an answer without a body. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface DoorParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly sealer: Sealer;
  readonly settings: Settings;
  readonly authenticate: Authenticate;
  readonly limitRequests: LimitRequests;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

export type HandleCall = (call: Call) => Promise<Reply>;

/** Makes the handler of one route. It never throws: whatever goes wrong becomes an answer. */
export function makeHandler(parts: DoorParts, route: Route): HandleCall {
  const readInput = parameterReader(route.endpoint.input);
  const fitsPath = schemaCheck(route.endpoint.path);

  return async (call) => {
    const startedAt = performance.now();
    const now = parts.clock();
    const newId = () => uuidv7(parts.clock(), parts.randomBytes);
    const apiId = newId();
    let accountId: string | undefined;

    const reply = await settle(parts, apiId, async () => {
      const { auth_id: pathAccount, ...path } = call.pathParameters;
      const scope = await parts.authenticate({
        credentials: readBasicAuth(call.authorization),
        accountId: pathAccount,
        address: call.address,
      });
      accountId = scope.accountId;
      await parts.limitRequests(scope.callerId);
      if (!fitsPath(path)) throw new ApiError('notFound');
      const input = await readCallInput(call, readInput);
      const { db, randomBytes, sealer, settings } = parts;
      const request = { scope, path, input, db, now, newId, randomBytes, sealer, settings };
      return callEndpoint(route.endpoint, request);
    });

    const durationMs = performance.now() - startedAt;
    parts.metrics.countRequest(route.method, route.path, reply.status, durationMs / 1000);
    parts.logger.info(
      {
        api_id: apiId,
        method: call.method,
        route: route.path,
        account: accountId,
        status: reply.status,
        ms: Math.round(durationMs * 10) / 10,
      },
      'request',
    );
    return reply;
  };
}

/** An endpoint's types are hidden in the route list; the schemas that the request passed stand for them here. */
function callEndpoint(endpoint: Endpoint, request: object): ReturnType<Endpoint['handle']> {
  return endpoint.handle(request as Parameters<Endpoint['handle']>[0]);
}

/** The parameters of a call. On POST and DELETE they may stand in the query as well as in the body, which wins. */
async function readCallInput(call: Call, readInput: ParameterReader<Endpoint['input']>): Promise<object> {
  const query = readQuery(call.query);
  if (call.body === undefined) return readInput(query);
  const body = await readParameters(call.contentType, call.body);
  // A null is "not given", so it does not hide what the query says.
  const given = Object.entries(body).filter(([name, value]) => value !== null || !Object.hasOwn(query, name));
  return readInput({ ...query, ...Object.fromEntries(given) });
}

type Work = () => Promise<{ status: number; body?: object }>;

async function settle(parts: Pick<DoorParts, 'logger'>, apiId: string, work: Work): Promise<Reply> {
  try {
    const { status, body } = await work();
    return makeReply(status, body === undefined ? undefined : { api_id: apiId, ...body });
  } catch (error) {
    return failureReply(parts.logger, apiId, error);
  }
}

/** The answer to what never came to an endpoint; it leaves the same traces as an endpoint's would. */
export function refuse(parts: DoorParts, method: string, error: unknown): Reply {
  const apiId = uuidv7(parts.clock(), parts.randomBytes);
  const reply = failureReply(parts.logger, apiId, error);
  parts.metrics.countRequest(method, 'none', reply.status, 0);
  parts.logger.info({ api_id: apiId, method, status: reply.status }, 'request');
  return reply;
}

/** The answer to a failure, which is logged when it is ours. */
function failureReply(logger: Logger, apiId: string, error: unknown): Reply {
  const { status, body, headers, ours } = errorReply(error);
  if (ours) logger.error({ api_id: apiId, err: error }, 'request failed');
  return makeReply(status, { api_id: apiId, ...body }, headers);
}

/** JSON's content type stands even on an answer without a body: Ruby cannot read a 204 without it. */
function makeReply(status: number, body: object | undefined, headers: Reply['headers'] = {}): Reply {
  const text = body === undefined ? '' : JSON.stringify(body);
  return { status, body: text, headers: { 'content-type': 'application/json', ...headers } };
}
