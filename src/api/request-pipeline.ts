// What happens to every API call, whatever framework carried it here: who asks, what they ask for, the answer.
import type { Authenticator, LoginAttempt } from '../accounts/authenticate.ts';
import type { RequestLimit } from '../accounts/limit-requests.ts';
import type { ApiError } from '../base/errors.ts';
import { uuidv7 } from '../base/id.ts';
import type { Logger } from '../base/logger.ts';
import type { Db } from '../db/db.ts';
import type { Notifier } from '../events/notifier.ts';
import { readBasicAuth } from '../http/basic-auth.ts';
import { type BodyContent, readBody, readQuery } from '../http/body.ts';
import type { Answer, Endpoint, HandleRequest, Scope } from '../http/endpoint.ts';
import { type EventStream, eventStreamType } from '../http/event-stream.ts';
import { fingerprintOf, readIdempotencyKey } from '../http/idempotency-key.ts';
import { readResultTarget } from '../http/result-target.ts';
import { announcedTopics } from './announced-topics.ts';
import { callBackResult } from './call-back-result.ts';
import type { Idempotency } from './idempotency/idempotency.ts';
import type { KeyedRequest } from './idempotency/idempotency-store.ts';
import { makeUploadLimit } from './limit-uploads.ts';
import { failureReply, jsonReply, makeReply, type RefusalParts, type Reply } from './reply.ts';
import type { ApiParts, Route } from './routes.ts';

/** A call as it came in, free of any framework. */
export interface Call {
  readonly method: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: string;
  /** The body, `undefined` when there is none. One that carries files is not read before it is asked for. */
  readonly readBody: () => Promise<Buffer | undefined>;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly authorization: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly lastEventId: string | undefined;
  /** Address of the client. */
  readonly address: string;
}

export interface PipelineParts extends RefusalParts {
  readonly db: Db;
  readonly authenticator: Authenticator;
  readonly requestLimit: RequestLimit;
  readonly idempotency: Idempotency;
  /** Told what changed in an account. */
  readonly notifier: Notifier;
  /** What endpoints work with. */
  readonly endpointParts: ApiParts;
}

/** A call whose body is there. */
type ReceivedCall = Call & { readonly body: Buffer | undefined };

/** Uploads of one route that may be under way at once: each is held in memory. */
const maxUploads = 4;

export type HandleCall = (call: Call) => Promise<Reply>;

/** Makes the handler of one route. It never throws: whatever goes wrong becomes an answer. */
export function makeHandler(parts: PipelineParts, route: Route<ApiParts>): HandleCall {
  const handle = route.endpoint.prepare(parts.endpointParts);
  const limitUploads = makeUploadLimit(maxUploads);
  const topics = announcedTopics(route);

  return async (call) => {
    const startedAt = performance.now();
    const now = parts.clock();
    const newId = () => uuidv7(parts.clock(), parts.randomBytes);
    const apiId = newId();
    let scope: Scope | undefined;
    let body: Promise<Buffer | undefined> | undefined;
    // A request that is served again has its body already.
    const readBodyOnce = () => {
      body ??= call.readBody();
      return body;
    };

    const reply = await replyToFailures(parts.logger, apiId, route.endpoint.errorBody, async () => {
      const { auth_id: pathAccount, ...segments } = call.pathParameters;
      const { authorization, address } = call;
      const attempt = { credentials: readBasicAuth(authorization), accountId: pathAccount, address };
      return authorise(parts, route, attempt, call.idempotencyKey, async (authenticated) => {
        scope = authenticated;
        await parts.requestLimit.count(authenticated.callerId);
        const authorised = { attempt, scope: authenticated, segments, now, newId, apiId };
        const serveIt = () => serve(parts, route, handle, authorised, call, readBodyOnce);
        return route.endpoint.files === undefined ? serveIt() : limitUploads(serveIt);
      });
    });

    if (scope !== undefined && topics.length > 0 && reply.status < 300) {
      const { mainId, subaccountId } = scope;
      parts.notifier.announce({ mainId, subaccountId, topics });
    }
    const logAndCount = () => {
      const durationMs = performance.now() - startedAt;
      parts.metrics.countRequest(route.method, route.path, reply.status, durationMs / 1000);
      parts.logger.info(
        {
          api_id: apiId,
          method: call.method,
          route: route.path,
          account: scope?.accountId,
          status: reply.status,
          ms: Math.round(durationMs * 10) / 10,
        },
        'request',
      );
    };
    if (reply.stream !== undefined) return { ...reply, stream: followedBy(reply.stream, logAndCount) };
    logAndCount();
    return reply;
  };
}

/** A stream at whose end something is done. */
function followedBy(stream: EventStream, finish: () => void): EventStream {
  return (sink) => {
    const close = stream(sink);
    return () => {
      close();
      finish();
    };
  };
}

/** Serves whom the credentials let in. */
async function authorise(
  { authenticator }: PipelineParts,
  { endpoint }: Route,
  attempt: LoginAttempt,
  idempotencyKey: string | undefined,
  serveAs: (scope: Scope) => Promise<Reply>,
): Promise<Reply> {
  // The answers to refusals are kept under a key, so that nobody unconfirmed may get as far.
  const mayRecognise = endpoint.confirmsScope && idempotencyKey === undefined;
  const recognised = mayRecognise ? authenticator.recognise(attempt) : undefined;
  if (recognised === undefined) return serveAs(await authenticator.authenticate(attempt));
  try {
    return await serveAs(recognised);
  } catch (refusal) {
    // Whose login has ended is told that and nothing else.
    const confirmed = await authenticator.authenticate(attempt);
    // What was remembered of the account is not so any more: the request is read again.
    if (confirmed.defaultCountry !== recognised.defaultCountry) return serveAs(confirmed);
    throw refusal;
  }
}

/** Whether the attempt that was let in still is. What nobody can find out now is no reason to send anybody away. */
async function isStillAuthorised(
  { authenticator, logger }: PipelineParts,
  attempt: LoginAttempt,
): Promise<boolean> {
  try {
    return await authenticator.isStillAuthorised(attempt);
  } catch (error) {
    logger.warn({ err: error }, 'whether a caller is still let in is not known for now');
    return true;
  }
}

/** What is known of a call whose caller may make it. */
interface AuthorisedCall {
  readonly attempt: LoginAttempt;
  readonly scope: Scope;
  readonly segments: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly newId: () => string;
  readonly apiId: string;
}

/** Reads the body and answers, once and for all where the call has an `Idempotency-Key`. */
async function serve(
  parts: PipelineParts,
  route: Route,
  handle: HandleRequest,
  authorised: AuthorisedCall,
  call: Call,
  readBodyOnce: () => Promise<Buffer | undefined>,
): Promise<Reply> {
  const { db, idempotency, logger } = parts;
  const { scope, now, apiId } = authorised;
  const received = { body: await readBodyOnce(), ...call };
  const answer = async (on: Db) => {
    const { status, body, stream } = await answerCall(parts, route, handle, authorised, received, on);
    if (stream !== undefined)
      return { status, body: '', headers: { 'content-type': eventStreamType }, stream };
    return makeReply(status, body === undefined ? undefined : { api_id: apiId, ...body });
  };
  const keyed = readKeyedRequest(route, received, scope.accountId);
  if (keyed === undefined) return answer(db);
  const refuse = (mistake: ApiError) => failureReply(logger, apiId, mistake);
  const once = await idempotency.answerOnce(keyed, { now, answer, refuse });
  return jsonReply(once.status, once.body, once.isReplay ? { 'Idempotent-Replayed': 'true' } : {});
}

/** Answers a call, directly or, where it names a `callback_url`, with the promise of a callback. Extensions know no such URL. */
async function answerCall(
  parts: PipelineParts,
  { endpoint }: Route,
  handle: HandleRequest,
  authorised: AuthorisedCall,
  call: ReceivedCall,
  db: Db,
): Promise<Answer> {
  const { attempt, scope, segments, now, newId, apiId } = authorised;
  const content = await readCallContent(call, endpoint);
  const request = {
    isStillAuthorised: () => isStillAuthorised(parts, attempt),
    countMore: (more: number) => parts.requestLimit.countMore(scope.callerId, more),
    segments,
    content,
    now,
    newId,
    lastEventId: call.lastEventId,
    requesterIp: call.address,
  };
  const target = endpoint.extension ? undefined : readResultTarget(content.parameters);
  if (target === undefined) return handle({ scope, db, ...request });
  // A refusal is called back, so that nobody unconfirmed may get as far.
  const confirmed = scope.unconfirmed === undefined ? scope : await parts.authenticator.authenticate(attempt);
  const { errorBody } = endpoint;
  const result = { scope: confirmed, apiId, now, newId, notifier: parts.notifier, errorBody };
  return callBackResult(db, target, result, (on) => handle({ scope: confirmed, db: on, ...request }));
}

/** What a call carries. On POST and DELETE parameters may stand in the query as well as in the body, which wins. */
async function readCallContent(call: ReceivedCall, endpoint: Endpoint): Promise<BodyContent> {
  const query = readQuery(call.query);
  if (call.body === undefined) return { parameters: query, files: [] };
  const content = await readBody(call, call.body, endpoint.files);
  if (call.query === '') return content;
  const { parameters, files } = content;
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

/** Does the work of a call; what goes wrong in it becomes its answer. */
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
