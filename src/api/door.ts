// What happens to every API call, whatever framework carried it here: who asks, what they ask for, the answer.
import type { Authenticate } from '../accounts/authenticate.ts';
import type { LimitRequests } from '../accounts/limit-requests.ts';
import type { Activity } from '../base/activity.ts';
import type { Clock } from '../base/clock.ts';
import type { Settings } from '../base/config.ts';
import { ApiError } from '../base/errors.ts';
import { type RandomBytes, uuidv7 } from '../base/id.ts';
import type { Logger } from '../base/logger.ts';
import type { Sealer } from '../base/seal.ts';
import type { VirtualClock } from '../base/virtual-clock.ts';
import type { Simulator } from '../carriers/simulator/simulator.ts';
import type { Db } from '../db/db.ts';
import { readBasicAuth } from '../http/basic-auth.ts';
import { type BodyContent, readBody, readQuery } from '../http/body.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { errorReply } from '../http/error-reply.ts';
import { fingerprintOf, firstRequestWaitMs, readIdempotencyKey } from '../http/idempotency-key.ts';
import { parameterReader, schemaCheck } from '../http/parameters.ts';
import type { Signals } from '../queue/signals.ts';
import { answerOnce } from './answer-once.ts';
import type { KeyedRequest } from './idempotency-store.ts';
import { makeUploadLimit } from './limit-uploads.ts';
import type { Metrics } from './metrics.ts';
import type { Route } from './routes.ts';

/** A call as it came in, free of any framework. */
export interface Call {
  readonly method: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: string;
  /** The body, `undefined` when there is none. One that carries files is not read before it is asked for. */
  readonly readBody: () => Promise<Buffer | undefined>;
  readonly contentType: string | undefined;
  readonly authorization: string | undefined;
  readonly idempotencyKey: string | undefined;
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
  /** How customers reach the server, without a slash at the end; known once it listens. */
  readonly publicUrl: () => string;
  readonly simulator: Simulator | undefined;
  readonly virtualClock: VirtualClock | undefined;
  readonly activity: Activity;
  readonly signals: Signals;
}

/** A call whose body is there. */
type ReceivedCall = Call & { readonly body: Buffer | undefined };

/** Uploads of one route that may be under way at once: each is held in memory. */
const maxUploads = 4;

export type HandleCall = (call: Call) => Promise<Reply>;

/** Makes the handler of one route. It never throws: whatever goes wrong becomes an answer. */
export function makeHandler(parts: DoorParts, route: Route): HandleCall {
  const readInput = parameterReader(route.endpoint.input);
  const fitsPath = schemaCheck(route.endpoint.path);
  const limitUploads = makeUploadLimit(maxUploads);

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
      const { randomBytes, sealer, settings, simulator, virtualClock, activity, signals } = parts;
      const publicUrl = parts.publicUrl();
      const serve = async (): Promise<Reply> => {
        const received = { ...call, body: await call.readBody() };
        const answer = async (db: Db): Promise<Reply> => {
          if (!fitsPath(path)) throw new ApiError('notFound');
          const { parameters, files } = await readCallContent(received, route.endpoint);
          const input = readInput(parameters);
          const request = {
            scope,
            path,
            input,
            files,
            db,
            now,
            newId,
            randomBytes,
            sealer,
            settings,
            publicUrl,
            simulator,
            virtualClock,
            activity,
            signals,
            requesterIp: call.address,
          };
          const { status, body } = await callEndpoint(route.endpoint, request);
          return makeReply(status, body === undefined ? undefined : { api_id: apiId, ...body });
        };
        const keyed = readKeyedRequest(route, received, scope.accountId);
        if (keyed === undefined) return answer(parts.db);
        const refuse = (mistake: ApiError) => failureReply(parts.logger, apiId, mistake);
        const once = await answerOnce(
          { db: parts.db, sealer, now, waitMs: firstRequestWaitMs, answer, refuse },
          keyed,
        );
        return jsonReply(once.status, once.body, once.isReplay ? { 'Idempotent-Replayed': 'true' } : {});
      };
      return route.endpoint.files === undefined ? serve() : limitUploads(serve);
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

/** What a call carries. On POST and DELETE parameters may stand in the query as well as in the body, which wins. */
async function readCallContent(call: ReceivedCall, endpoint: Endpoint): Promise<BodyContent> {
  const query = readQuery(call.query);
  if (call.body === undefined) return { parameters: query, files: [] };
  const { parameters, files } = await readBody(call.contentType, call.body, endpoint.files);
  // A null is "not given", so it does not hide what the query says.
  const given = Object.entries(parameters).filter(
    ([name, value]) => value !== null || !Object.hasOwn(query, name),
  );
  return { parameters: { ...query, ...Object.fromEntries(given) }, files };
}

/** A call with an `Idempotency-Key`. It means nothing on GET, where reading twice does no harm, and to what no transaction can hold. */
function readKeyedRequest(
  { method, path, endpoint }: Route,
  call: ReceivedCall,
  accountId: string,
): KeyedRequest | undefined {
  if (method === 'GET' || endpoint.outsideDatabase || call.idempotencyKey === undefined) return undefined;
  return {
    accountId,
    key: readIdempotencyKey(call.idempotencyKey),
    fingerprint: fingerprintOf({ ...call, route: path }),
  };
}

async function settle(
  parts: Pick<DoorParts, 'logger'>,
  apiId: string,
  work: () => Promise<Reply>,
): Promise<Reply> {
  try {
    return await work();
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

function makeReply(status: number, body: object | undefined, headers: Reply['headers'] = {}): Reply {
  return jsonReply(status, body === undefined ? '' : JSON.stringify(body), headers);
}

/** JSON's content type stands even on an answer without a body: Ruby cannot read a 204 without it. */
function jsonReply(status: number, text: string, headers: Reply['headers']): Reply {
  return { status, body: text, headers: { 'content-type': 'application/json', ...headers } };
}
