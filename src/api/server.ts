// The HTTP framework, and the only file that knows it.
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { ApiError, type ErrorKind } from '../base/errors.ts';
import { uuidv7 } from '../base/id.ts';
import { bodyLimitBytes } from '../http/body.ts';
import { normaliseTarget } from '../http/normalise-target.ts';
import {
  type ClientLimits,
  closed,
  listening,
  refuseUnreadable,
  serverOptions,
  standardLimits,
  watchConnections,
} from './connections.ts';
import { type DoorParts, failureReply, type HandleCall, makeHandler, type Reply } from './door.ts';
import type { Page, PageAnswer } from './pages.ts';
import { type Route, routes } from './routes.ts';

const maxPathSegment = 300;

export interface ServerParts extends DoorParts {
  /** Pages beside the API: health, metrics, reference. */
  readonly pages: readonly Page[];
  readonly trustedProxies: readonly string[];
  /** By default those of a running server; tests cannot wait for these. */
  readonly limits?: ClientLimits;
}

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Server {
  /** Answers one call without a socket: for tests of endpoints. */
  inject: FastifyInstance['inject'];
  /** The HTTP listener, for what has to reach it (the CONNECT drop-in). */
  readonly http: http.Server;
  /** The TLS listener, once there is one. */
  tls(): https.Server | undefined;
  listen(host: string, port: number): Promise<AddressInfo>;
  /** Also listens with TLS; call it after `listen`. */
  listenTls(host: string, port: number, certificate: Certificate): Promise<AddressInfo>;
  /** Stops accepting, lets requests in hand finish for at most `deadlineMs`, then cuts the rest off. */
  close(deadlineMs: number): Promise<void>;
}

/** Builds the server: every route of the page, 405 for their other methods, 404 for everything else. */
export function createServer(parts: ServerParts): Server {
  const { limits = standardLimits } = parts;
  const httpServer = http.createServer(serverOptions(limits));
  let stopping = false;
  // A client that keeps its connection busy would otherwise be served for as long as it likes after a stop.
  const write: WriteAnswer = (reply, answer) => writeAnswer(reply, answer, stopping);
  const app = fastify({
    serverFactory: (handler) => httpServer.on('request', handler),
    rewriteUrl: (request) => normaliseTarget(request.url ?? '/'),
    trustProxy: parts.trustedProxies.length > 0 ? [...parts.trustedProxies] : false,
    bodyLimit: bodyLimitBytes,
    routerOptions: { maxParamLength: maxPathSegment, querystringParser: (query) => ({ query }) },
    clientErrorHandler: (error, socket) => refuseUnreadable(parts, error, socket),
    frameworkErrors: (error, _request, reply) => void sendFailure(parts, write, reply, error),
    exposeHeadRoutes: true,
  });

  // Node's own refusal has an empty body, and is therefore off.
  app.addHook('onRequest', (request, _reply, done) => {
    const lacksHost = request.raw.headers.host === undefined && request.raw.httpVersion === '1.1';
    done(lacksHost ? new ApiError('invalid', 'the request has no Host header') : undefined);
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, _request, reply) => sendFailure(parts, write, reply, error));
  app.setNotFoundHandler((request, reply) => sendFailure(parts, write, reply, refusalOf(request.url)));
  httpServer.on('checkExpectation', (request, response) => refuseExpectation(parts, request, response));
  for (const route of routes) addRoute(app, route, makeHandler(parts, route), write);
  for (const page of parts.pages) addPage(app, page, write);

  const sockets = new Set<Socket>();
  watchConnections(httpServer, limits, sockets);
  let tlsServer: https.Server | undefined;
  return {
    inject: app.inject.bind(app),
    http: httpServer,
    tls: () => tlsServer,
    async listen(host, port) {
      await app.ready();
      return listening(httpServer, host, port);
    },
    async listenTls(host, port, certificate) {
      const tlsOptions = { ...serverOptions(limits), handshakeTimeout: limits.headMs, ...certificate };
      tlsServer = https.createServer(tlsOptions, (request, response) => app.routing(request, response));
      watchConnections(tlsServer, limits, sockets);
      tlsServer.on('clientError', (error, socket) => refuseUnreadable(parts, error, socket as Socket));
      return listening(tlsServer, host, port);
    },
    async close(deadlineMs) {
      stopping = true;
      const servers = [httpServer, ...(tlsServer === undefined ? [] : [tlsServer])];
      const cutOff = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, deadlineMs);
      await Promise.all(servers.map(closed));
      clearTimeout(cutOff);
      await app.close();
    },
  };
}

function addRoute(app: FastifyInstance, route: Route, handle: HandleCall, write: WriteAnswer): void {
  app.route({
    method: route.method,
    url: route.path,
    handler: async (request, reply) => {
      const answer = await handle({
        method: request.method,
        pathParameters: request.params as Record<string, string>,
        query: (request.query as { query?: string }).query ?? '',
        body: request.body as Buffer | undefined,
        contentType: request.headers['content-type'],
        authorization: request.headers.authorization,
        address: request.ip,
      });
      return write(reply, answer);
    },
  });
}

/** A path of the API with a method that it does not have is 405; any other path does not exist. */
function refusalOf(target: string): ApiError {
  const path = target.split('?', 1)[0] ?? '';
  const allowed = routes.filter((route) => patternOf(route.path).test(path)).map((route) => route.method);
  if (allowed.length === 0) return new ApiError('notFound');
  return new ApiError('methodNotAllowed', undefined, { Allow: allowed.join(', ') });
}

const patternOf = (path: string) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);

/** `Expect: 100-continue` is answered by Node itself; no other expectation can be met (RFC 9110 section 10.1.1). */
function refuseExpectation(
  parts: DoorParts,
  _request: http.IncomingMessage,
  response: http.ServerResponse,
): void {
  const apiId = uuidv7(parts.clock(), parts.randomBytes);
  const { status, headers, body } = failureReply(parts.logger, apiId, new ApiError('expectationFailed'));
  response.writeHead(status, { ...headers, connection: 'close' }).end(body);
}

function addPage(app: FastifyInstance, page: Page, write: WriteAnswer): void {
  app.get(page.path, async (_request, reply) => write(reply, await page.answer()));
}

type WriteAnswer = (reply: FastifyReply, answer: Reply | PageAnswer) => FastifyReply;

/** Writes an answer past the framework's own machinery for that: it is whole already. */
function writeAnswer(reply: FastifyReply, answer: Reply | PageAnswer, isLast: boolean): FastifyReply {
  const { status, headers, body } = answer;
  const length = Buffer.byteLength(body);
  reply.hijack();
  reply.raw
    .writeHead(status, {
      ...headers,
      ...(status === 204 ? {} : { 'content-length': length }),
      ...(isLast ? { connection: 'close' } : {}),
    })
    .end(length === 0 ? undefined : body);
  return reply;
}

/** Answers what never came to an endpoint, and leaves the same traces of it as an endpoint would. */
function sendFailure(
  parts: DoorParts,
  write: WriteAnswer,
  reply: FastifyReply,
  error: unknown,
): FastifyReply {
  const apiId = uuidv7(parts.clock(), parts.randomBytes);
  const answer = failureReply(parts.logger, apiId, translateFrameworkError(error));
  const { method } = reply.request;
  parts.metrics.countRequest(method, 'none', answer.status, reply.elapsedTime / 1000);
  parts.logger.info({ api_id: apiId, method, status: answer.status }, 'request');
  return write(reply, answer);
}

/** The framework's own refusals, in our words. */
function translateFrameworkError(error: unknown): unknown {
  if (error instanceof ApiError || !(error instanceof Error)) return error;
  const { statusCode } = error as { statusCode?: number };
  const kinds: Record<number, ErrorKind> = {
    404: 'notFound',
    408: 'timeout',
    413: 'tooLarge',
    414: 'uriTooLong',
  };
  if (statusCode === undefined || statusCode < 400 || statusCode >= 500) return error;
  const kind = kinds[statusCode];
  if (kind === undefined) return new ApiError('invalid', 'the request cannot be read');
  // What is left of too large a body is not waited for.
  return new ApiError(kind, undefined, kind === 'tooLarge' ? { connection: 'close' } : {});
}
