// The steps of every API request, independent of the framework: credentials, parameters, the endpoint, the response.
import type { Authenticator, LoginAttempt } from '../accounts/authenticate.ts';
import type { RequestLimit } from '../accounts/limit-requests.ts';
import type { RequestLog } from '../audit/requests/request-log.ts';
import type { ApiError } from '../base/errors.ts';
import { uuidv7 } from '../base/id.ts';
import type { Logger } from '../base/logger.ts';
import type { Span, TraceContext, Tracer } from '../base/tracer.ts';
import type { Db } from '../db/db.ts';
import type { ReadReplica } from '../db/replica/read-replica.ts';
import type { Notifier } from '../events/notifier.ts';
import { readBasicAuth } from '../http/basic-auth.ts';
import type { Answer, HandleRequest, Scope } from '../http/endpoint.ts';
import { type EventStream, eventStreamType } from '../http/event-stream.ts';
import { fingerprintOf, readIdempotencyKey } from '../http/idempotency-key.ts';
import { readResultTarget } from '../http/result-target.ts';
import type { CallbackQueue } from '../webhooks/callback-queue.ts';
import { announcedTopics } from './announced-topics.ts';
import { type ApiRequest, type ReceivedRequest, readRequestContent } from './api-request.ts';
import { callBackResult } from './call-back-result.ts';
import type { Idempotency } from './idempotency/idempotency.ts';
import type { KeyedRequest } from './idempotency/idempotency-store.ts';
import { makeUploadLimit } from './limit-uploads.ts';
import { logRequest } from './log-request.ts';
import type { OwnTransactions } from './own-transactions.ts';
import { recordChanges } from './record-change.ts';
import { failureReply, jsonReply, makeReply, type RefusalParts, type Reply } from './reply.ts';
import { requireRole } from './require-role.ts';
import type { ApiParts, Route } from './routes.ts';

export interface PipelineParts extends RefusalParts {
  readonly db: Db;
  readonly authenticator: Authenticator;
  readonly requestLimit: RequestLimit;
  readonly requestLog: RequestLog;
  readonly idempotency: Idempotency;
  readonly ownTransactions: OwnTransactions;
  /** Where reads that may lag go; undefined without a replica. */
  readonly replica: ReadReplica | undefined;
  /** Gets the changes of accounts. */
  readonly notifier: Notifier;
  /** Stores the callbacks that carry results. */
  readonly callbacks: CallbackQueue;
  /** The parts that endpoints need. */
  readonly endpointParts: ApiParts;
  /** Where tracing is on. */
  readonly tracer?: Tracer | undefined;
}

/** Uploads of one route that may be in progress at once: each is held in memory. */
const maxUploads = 4;

export type HandleApiRequest = (request: ApiRequest) => Promise<Reply>;

/** Returns the handler of one route. It never throws: every error becomes a response. */
export function makeHandler(parts: PipelineParts, route: Route<ApiParts>): HandleApiRequest {
  const handle = recordChanges(parts, route);
  const limitUploads = makeUploadLimit(maxUploads);
  const topics = announcedTopics(route);

  return async (request) => {
    const startedAt = performance.now();
    const now = parts.clock();
    const newId = () => uuidv7(parts.clock(), parts.randomBytes);
    const apiId = newId();
    const span = parts.tracer?.start(`${route.method} ${route.path}`, 'server', request.trace, {
      'http.request.method': request.method,
      'http.route': route.path,
      'rucksack.api_id': apiId,
    });
    let scope: Scope | undefined;
    let body: Promise<Buffer | undefined> | undefined;
    // A request that is served again has its body already.
    const readBodyOnce = () => {
      body ??= request.readBody();
      return body;
    };

    const reply = await replyToFailures(parts.logger, apiId, route.endpoint.errorBody, async () => {
      const { auth_id: pathAccount, ...segments } = request.pathParameters;
      const { authorization, address } = request;
      const attempt = { credentials: readBasicAuth(authorization), accountId: pathAccount, address };
      return authorise(parts, route, attempt, request.idempotencyKey, async (authenticated) => {
        scope = authenticated;
        requireRole(authenticated, route);
        await parts.requestLimit.count(authenticated.callerId);
        const trace = span?.context;
        const authorised = { attempt, scope: authenticated, segments, now, newId, apiId, trace };
        const serveIt = () => serve(parts, route, handle, authorised, request, readBodyOnce);
        return route.endpoint.files === undefined ? serveIt() : limitUploads(serveIt);
      });
    });

    if (scope !== undefined && topics.length > 0 && reply.status < 300) {
      const { mainId, subaccountId } = scope;
      parts.notifier.announce({ mainId, subaccountId, topics });
    }
    const isLogged = reply.status >= 400 || !route.endpoint.logsRefusalsOnly;
    const finish = (): Promise<void> | undefined => {
      const durationMs = performance.now() - startedAt;
      const { method } = request;
      logAndCount(parts, route, { apiId, method, accountId: scope?.accountId, durationMs, span }, reply);
      if (!isLogged) return undefined;
      // A caller that was recognised may turn out to be none any more.
      const caller = reply.status === 401 ? undefined : scope;
      return logRequest(parts, route, request, { apiId, at: now, durationMs, scope: caller, body }, reply);
    };
    if (reply.stream !== undefined)
      return { ...reply, stream: followedBy(reply.stream, () => void finish()) };
    const logging = finish();
    // An accepted message waits for nothing more.
    if (logging !== undefined) await logging;
    return reply;
  };
}

/** A request that has been answered, as the server's log has it. */
interface AnsweredRequest {
  readonly apiId: string;
  /** As the client has it: HEAD has the route of GET. */
  readonly method: string;
  readonly accountId: string | undefined;
  readonly durationMs: number;
  readonly span: Span | undefined;
}

/** Logs a request in the server's log, counts it, and ends its span. */
function logAndCount(
  { metrics, logger }: PipelineParts,
  route: Route,
  { apiId, method, accountId, durationMs, span }: AnsweredRequest,
  { status, refusal }: Reply,
): void {
  metrics.countRequest(route.method, route.path, status, durationMs / 1000);
  span?.end(
    { 'http.response.status_code': status, 'rucksack.account': accountId },
    status >= 500 ? refusal : undefined,
  );
  logger.info(
    {
      api_id: apiId,
      method,
      route: route.path,
      account: accountId,
      status,
      error: refusal,
      ms: Math.round(durationMs * 10) / 10,
    },
    'request',
  );
}

/** Returns a stream that calls `finish` at its end. */
function followedBy(stream: EventStream, finish: () => void): EventStream {
  return (sink) => {
    const close = stream(sink);
    return () => {
      close();
      finish();
    };
  };
}

/** Runs a request with the scope of its credentials: from memory first, where the endpoint confirms scopes itself. */
async function authorise(
  { authenticator }: PipelineParts,
  { endpoint }: Route,
  attempt: LoginAttempt,
  idempotencyKey: string | undefined,
  serveAs: (scope: Scope) => Promise<Reply>,
): Promise<Reply> {
  // Errors are stored under a key, so unconfirmed callers must not get that far.
  const mayRecognise = endpoint.confirmsScope && idempotencyKey === undefined;
  const recognised = mayRecognise ? authenticator.recognise(attempt) : undefined;
  if (recognised === undefined) return serveAs(await authenticator.authenticate(attempt));
  try {
    return await serveAs(recognised);
  } catch (refusal) {
    // A caller whose login has ended gets that error and no other.
    const confirmed = await authenticator.authenticate(attempt);
    // The remembered country of the account has changed: the request is read again.
    if (confirmed.defaultCountry !== recognised.defaultCountry) return serveAs(confirmed);
    throw refusal;
  }
}

/** Returns whether earlier credentials are still valid; true while that cannot be checked. */
async function isStillAuthorised(
  { authenticator, logger }: PipelineParts,
  attempt: LoginAttempt,
): Promise<boolean> {
  try {
    return await authenticator.isStillAuthorised(attempt);
  } catch (error) {
    logger.warn({ err: error }, 'credentials of a stream cannot be checked for now');
    return true;
  }
}

/** The facts of a request whose caller is authorised. */
interface AuthorisedRequest {
  readonly attempt: LoginAttempt;
  readonly scope: Scope;
  readonly segments: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly newId: () => string;
  readonly apiId: string;
  readonly trace: TraceContext | undefined;
}

/** Reads the body and answers; only once where the request has an `Idempotency-Key`. */
async function serve(
  parts: PipelineParts,
  route: Route,
  handle: HandleRequest,
  authorised: AuthorisedRequest,
  request: ApiRequest,
  readBodyOnce: () => Promise<Buffer | undefined>,
): Promise<Reply> {
  const { db, idempotency, logger } = parts;
  const { scope, now, apiId } = authorised;
  const received = { body: await readBodyOnce(), ...request };
  const answer = async (on: Db) => {
    const { status, body, stream } = await answerRequest(parts, route, handle, authorised, received, on);
    if (stream !== undefined)
      return { status, body: '', headers: { 'content-type': eventStreamType }, stream };
    return makeReply(status, body === undefined ? undefined : { api_id: apiId, ...body });
  };
  const keyed = readKeyedRequest(route, received, scope.accountId);
  if (keyed === undefined) return answer(db);
  const refuse = (mistake: ApiError) => failureReply(logger, apiId, mistake);
  const once = await idempotency.answer(keyed, { now, answer, refuse });
  return jsonReply(once.status, once.body, once.isReplay ? { 'Idempotent-Replayed': 'true' } : {});
}

/**
 * Returns the answer to a request or, where it has a `callback_url`, the acknowledgement of a callback. Extensions have no such
 * parameter.
 */
async function answerRequest(
  parts: PipelineParts,
  { endpoint }: Route,
  handle: HandleRequest,
  authorised: AuthorisedRequest,
  received: ReceivedRequest,
  db: Db,
): Promise<Answer> {
  const { attempt, scope, segments, now, newId, apiId, trace } = authorised;
  const content = await readRequestContent(received, endpoint);
  const request = {
    isStillAuthorised: () => isStillAuthorised(parts, attempt),
    countMore: (more: number) => parts.requestLimit.countMore(scope.callerId, more),
    segments,
    content,
    now,
    newId,
    apiId,
    lastEventId: received.lastEventId,
    requesterIp: received.address,
    trace,
  };
  const target = endpoint.extension ? undefined : readResultTarget(content.parameters);
  if (target === undefined) {
    const { replica } = parts;
    if (!endpoint.mayLag || replica === undefined) return handle({ scope, db, ...request });
    return replica.read((on) => handle({ scope, db: on, ...request }));
  }
  // Errors are called back, so unconfirmed callers must not get that far.
  const confirmed = scope.unconfirmed === undefined ? scope : await parts.authenticator.authenticate(attempt);
  const { callbacks, ownTransactions } = parts;
  const { errorBody } = endpoint;
  const result = { ownTransactions, scope: confirmed, apiId, now, newId, callbacks, errorBody };
  return callBackResult(db, target, result, (on) => handle({ scope: confirmed, db: on, ...request }));
}

/**
 * Returns the request with its `Idempotency-Key`. It is ignored on GET, where reading twice does no harm, and for work outside
 * of the database.
 */
function readKeyedRequest(
  { method, path, endpoint }: Route,
  request: ReceivedRequest,
  accountId: string,
): KeyedRequest | undefined {
  if (method === 'GET' || endpoint.outsideDatabase || request.idempotencyKey === undefined) return undefined;
  return {
    accountId,
    key: readIdempotencyKey(request.idempotencyKey),
    fingerprint: fingerprintOf({ ...request, route: path }),
  };
}

/** Runs a request; an error becomes the response. */
async function replyToFailures(
  logger: Logger,
  apiId: string,
  errorBody: object | undefined,
  work: () => Promise<Reply>,
): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    return failureReply(logger, apiId, error, errorBody);
  }
}
