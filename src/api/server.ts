// The HTTP framework, and the only file that imports it.
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ApiError, type ErrorKind } from '../base/errors.ts';
import { bodyLimitBytes, bodyTooLarge, collectBody, fileBodyLimitBytes } from '../http/body.ts';
import { normaliseTarget } from '../http/normalise-target.ts';
import { readTraceContext } from '../http/trace-context.ts';
import type { ApiRequest } from './api-request.ts';
import {
  type ClientLimits,
  Connections,
  close,
  listen,
  serverOptions,
  standardLimits,
} from './connections.ts';
import { type HotRoute, hotPath, makeHotRoute } from './hot-route.ts';
import { logUnrouted } from './log-request.ts';
import { OpenStreams } from './open-streams.ts';
import type { Page, PageAnswer, WebhookPage } from './pages.ts';
import { type RefusalParts, type Reply, refuse } from './reply.ts';
import { type HandleApiRequest, makeHandler, type PipelineParts } from './request-pipeline.ts';
import type { ApiParts, Route } from './routes.ts';

const maxPathSegment = 300;

/** Throws when it is called: no route gives the framework a schema, and its own compilers would take a tenth of a start to load. */
const noSchemas = () => {
  throw new Error('No route has a schema of the framework.');
};

interface ServerParts extends PipelineParts {
  readonly routes: readonly Route<ApiParts>[];
  /** Pages beside the API: health, metrics, reference. */
  readonly pages: readonly Page[];
  /** Pages that other machines call: carriers' webhooks. */
  readonly webhookPages: readonly WebhookPage[];
  readonly trustedProxies: readonly string[];
  /** By default those of a running server, which are too long for tests. */
  readonly limits?: ClientLimits;
}

interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Server {
  /** Answers one request without a socket: for tests of endpoints. */
  inject: FastifyInstance['inject'];
  /** The HTTP listener, for the CONNECT proxy. */
  readonly http: http.Server;
  /** Returns the TLS listener, once there is one. */
  tls(): https.Server | undefined;
  listen(host: string, port: number): Promise<AddressInfo>;
  /** Listens with TLS, too; call it after `listen`. */
  listenTls(host: string, port: number, certificate: Certificate): Promise<AddressInfo>;
  /** Closes each connection with its next response from now on, so that clients make new ones, elsewhere if they can. */
  endConnections(): void;
  /** Stops accepting, lets running requests finish for at most `deadlineMs`, then closes the rest. */
  close(deadlineMs: number): Promise<void>;
}

/** Makes the server: every route of the list, 405 for their other methods, 404 for everything else. */
export function createServer(parts: ServerParts): Server {
  const { limits = standardLimits } = parts;
  const connections = new Connections(parts);
  const streams = new OpenStreams();
  const httpServer = http.createServer(serverOptions(limits));
  let endsConnections = false;
  // During a stop each response closes its connection: otherwise a busy client would keep it for as long as it likes.
  const writeRaw: WriteRaw = (response, answer) => writeAnswer(response, answer, endsConnections);
  const write: WriteAnswer = (reply, answer) => {
    reply.hijack();
    writeRaw(reply.raw, answer);
    return reply;
  };
  const handlers = parts.routes.map((route) => ({ route, handle: makeHandler(parts, route) }));
  const hot = handlers.find(({ route }) => route.method === 'POST' && route.path === hotPath);
  const takeHot: HotRoute =
    hot === undefined || parts.trustedProxies.length > 0
      ? () => false
      : makeHotRoute({ handle: hot.handle, write: writeRaw });
  const app = fastify({
    serverFactory: () => httpServer.on('request', serve),
    rewriteUrl: (request) => normaliseTarget(request.url ?? '/'),
    trustProxy: parts.trustedProxies.length > 0 ? [...parts.trustedProxies] : false,
    bodyLimit: bodyLimitBytes,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    routerOptions: { maxParamLength: maxPathSegment, querystringParser: (query) => ({ query }) },
    clientErrorHandler: (error, socket) => connections.refuseUnreadable(error, socket),
    frameworkErrors: (error, _request, reply) => void sendFailure(parts, write, reply, error),
    exposeHeadRoutes: true,
  });

  function serve(request: http.IncomingMessage, response: http.ServerResponse): void {
    if (!takeHot(request, response)) app.routing(request, response);
  }

  // Node's own refusal has an empty body, and is therefore off.
  app.addHook('onRequest', (request, _reply, done) => {
    const lacksHost = request.raw.headers.host === undefined && request.raw.httpVersion === '1.1';
    done(lacksHost ? new ApiError('invalid', 'the request has no Host header') : undefined);
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, _request, reply) => sendFailure(parts, write, reply, error));
  app.setNotFoundHandler((request, reply) =>
    sendFailure(parts, write, reply, refusalOf(parts.routes, request.url)),
  );
  for (const { route, handle } of handlers) addRoute(app, route, handle, write, streams);
  for (const page of parts.pages) addPage(app, page, write);
  for (const page of parts.webhookPages) addWebhookPage(app, page, write);

  connections.watch(httpServer, limits);
  let tlsServer: https.Server | undefined;
  return {
    inject: app.inject.bind(app),
    http: httpServer,
    tls: () => tlsServer,
    async listen(host, port) {
      await app.ready();
      return listen(httpServer, host, port, 'RUCKSACK_PORT');
    },
    async listenTls(host, port, certificate) {
      const tlsOptions = { ...serverOptions(limits), handshakeTimeout: limits.headMs, ...certificate };
      tlsServer = https.createServer(tlsOptions, serve);
      connections.watch(tlsServer, limits);
      tlsServer.on('clientError', (error, socket) => connections.refuseUnreadable(error, socket as Socket));
      return listen(tlsServer, host, port, 'RUCKSACK_TLS_PORT');
    },
    endConnections() {
      endsConnections = true;
    },
    async close(deadlineMs) {
      endsConnections = true;
      streams.endAll();
      const servers = [httpServer, ...(tlsServer === undefined ? [] : [tlsServer])];
      const allClosed = Promise.all(servers.map(close));
      connections.closeIdle();
      const cutOff = setTimeout(() => connections.closeAll(), deadlineMs);
      await allClosed;
      clearTimeout(cutOff);
      await app.close();
    },
  };
}

function addRoute(
  app: FastifyInstance,
  route: Route,
  handle: HandleApiRequest,
  write: WriteAnswer,
  streams: OpenStreams,
): void {
  const { files } = route.endpoint;
  const answer: AnswerRequest = async (request, reply, readBody) => {
    const answered = await handle(apiRequestOf(request, readBody));
    const { stream } = answered;
    if (stream === undefined) return write(reply, answered);
    reply.hijack();
    streams.write(reply.raw, { ...answered, stream });
    return reply;
  };
  const { method, path: url } = route;
  if (files === undefined) {
    const readBody = async (request: FastifyRequest) => request.body as Buffer | undefined;
    app.route({ method, url, handler: (request, reply) => answer(request, reply, readBody) });
    return;
  }
  // Bodies of this size are read only when the request pipeline asks for them, once the caller is known.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const readBody = ({ raw }: FastifyRequest) => collectBody(raw, fileBodyLimitBytes(files));
    scope.route({ method, url, handler: (request, reply) => answer(request, reply, readBody) });
  });
}

type ReadBody = (request: FastifyRequest) => Promise<Buffer | undefined>;

type AnswerRequest = (
  request: FastifyRequest,
  reply: FastifyReply,
  readBody: ReadBody,
) => Promise<FastifyReply>;

const apiRequestOf = (request: FastifyRequest, readBody: ReadBody): ApiRequest => ({
  method: request.method,
  pathParameters: request.params as Record<string, string>,
  query: (request.query as { query?: string }).query ?? '',
  readBody: () => readBody(request),
  contentType: request.headers['content-type'],
  contentEncoding: request.headers['content-encoding'],
  authorization: request.headers.authorization,
  idempotencyKey: request.headers['idempotency-key']?.toString(),
  lastEventId: request.headers['last-event-id']?.toString(),
  userAgent: request.headers['user-agent'],
  address: request.ip,
  trace: readTraceContext(request.headers),
});

const noApi = 'this process does not answer the API: its RUCKSACK_ROLES has dispatcher alone';
const nothingHere = 'there is nothing at this path: the reference is at /docs, the console at /console';

/** Returns 405 for a path of the API with another method, and 404 for any other path. */
function refusalOf(routes: readonly Route[], target: string): ApiError {
  const path = target.split('?', 1)[0] ?? '';
  if (routes.length === 0 && path.startsWith('/v1/')) return new ApiError('notFound', noApi);
  const allowed = routes
    .filter((route) => patternOf(route.path).test(path))
    .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  if (allowed.length === 0) return new ApiError('notFound', nothingHere);
  return new ApiError('methodNotAllowed', undefined, { Allow: [...new Set(allowed)].join(', ') });
}

const patternOf = (path: string) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);

function addPage(app: FastifyInstance, page: Page, write: WriteAnswer): void {
  app.get(page.path, async (request, reply) =>
    write(
      reply,
      await page.answer(request.params as Record<string, string>, {
        takesGzip: /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? ''),
        wantsHtml: /\btext\/html\b/.test(request.headers.accept ?? ''),
        origin: originOf(request),
      }),
    ),
  );
}

function addWebhookPage(app: FastifyInstance, page: WebhookPage, write: WriteAnswer): void {
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const { method, originalUrl: target, ip: address } = request;
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
    );
    const body = (request.body as Buffer | undefined) ?? Buffer.alloc(0);
    const segments = request.params as Record<string, string | undefined>;
    return write(reply, await page.answer(segments, { method, target, headers, body, address }));
  };
  const { path: url, bodyLimitBytes: bodyLimit } = page;
  app.route({ method: ['GET', 'POST'], url, bodyLimit, exposeHeadRoute: false, handler });
}

/** Returns the address by which a client has reached this server, or `undefined` where its Host header is no host. */
function originOf({ protocol, host }: FastifyRequest): string | undefined {
  return /^[\w.-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/i.test(host) ? `${protocol}://${host}` : undefined;
}

type WriteAnswer = (reply: FastifyReply, answer: Reply | PageAnswer) => FastifyReply;
type WriteRaw = (response: http.ServerResponse, answer: Reply | PageAnswer) => void;

/** Writes a response past the framework's own machinery: it is complete already. */
function writeAnswer(response: http.ServerResponse, answer: Reply | PageAnswer, isLast: boolean): void {
  const { status, headers, body } = answer;
  const length = Buffer.byteLength(body);
  response
    .writeHead(status, {
      ...(isLast ? { connection: 'close' } : {}),
      ...(status === 204 ? {} : { 'content-length': length }),
      ...headers,
    })
    .end(length === 0 ? undefined : body);
}

function sendFailure(
  parts: RefusalParts & Pick<PipelineParts, 'requestLog'>,
  write: WriteAnswer,
  reply: FastifyReply,
  error: unknown,
): FastifyReply {
  const { method, url, ip: address } = reply.request;
  const refusal = refuse(
    parts,
    method,
    url,
    translateFrameworkError(error, reply.request.routeOptions.bodyLimit),
  );
  logUnrouted(parts, { method, url, address }, refusal);
  return write(reply, refusal);
}

/** Returns the framework's own errors in our words. */
function translateFrameworkError(error: unknown, bodyLimit = bodyLimitBytes): unknown {
  if (error instanceof ApiError || !(error instanceof Error)) return error;
  const { statusCode } = error as { statusCode?: number };
  const kinds: Record<number, ErrorKind> = {
    404: 'notFound',
    408: 'timeout',
    414: 'uriTooLong',
  };
  if (statusCode === undefined || statusCode < 400 || statusCode >= 500) return error;
  if (statusCode === 413) return bodyTooLarge(bodyLimit);
  const kind = kinds[statusCode];
  return kind === undefined ? new ApiError('invalid', 'the request cannot be read') : new ApiError(kind);
}
