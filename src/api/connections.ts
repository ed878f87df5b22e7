// Connections below the framework: limits on slow clients, answers to what is not HTTP, listening and closing.
import http from 'node:http';
import type https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { ApiError, type ErrorKind, OperatorError } from '../base/errors.ts';
import { uuidv7 } from '../base/id.ts';
import { type DoorParts, failureReply } from './door.ts';

export type AnyServer = http.Server | https.Server;

const maxHeadBytes = 16 * 1024;

/** Limits on slow and half-open clients: they are cut off, and cost no more than a socket until then. */
export interface ClientLimits {
  /** In which the head of a request, or a TLS handshake, must be done. */
  readonly headMs: number;
  /** In which a whole request must be there. */
  readonly requestMs: number;
  /** How long a connection may wait for its next request. */
  readonly keepAliveMs: number;
  /** How long a connection may stay without a byte in either direction. */
  readonly idleMs: number;
  /** How often slow requests are looked for. */
  readonly checkEveryMs: number;
}

export const standardLimits: ClientLimits = {
  headMs: 10_000,
  requestMs: 20_000,
  // Longer than clients keep idle connections: PHP and Java repeat a DELETE when a reused one dies under them.
  keepAliveMs: 75_000,
  idleMs: 120_000,
  checkEveryMs: 1_000,
};

/** The limits as Node takes them. */
export const serverOptions = (limits: ClientLimits): http.ServerOptions => ({
  maxHeaderSize: maxHeadBytes,
  // Node would refuse a request without Host by itself, with an empty body.
  requireHostHeader: false,
  headersTimeout: limits.headMs,
  requestTimeout: limits.requestMs,
  keepAliveTimeout: limits.keepAliveMs,
  connectionsCheckingInterval: limits.checkEveryMs,
});

interface Exchange {
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
}

/** The last request that came over a connection, with its answer. */
const lastExchanges = new WeakMap<object, Exchange>();

/**
 * Watches a server's connections and cuts idle ones off. `sockets` holds those that are
 * open: the server's own `closeAllConnections` knows only those that speak HTTP by now, neither a tunnel of CONNECT nor
 * a client that never finishes its TLS handshake.
 */
export function watchConnections(server: AnyServer, limits: ClientLimits, sockets: Set<Socket>): void {
  server.timeout = limits.idleMs;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.prependListener('request', (request: http.IncomingMessage, response: http.ServerResponse) => {
    lastExchanges.set(request.socket, { request, response });
  });
}

/** Answers what is not HTTP, or not in time, in the wire's shape, and hangs up. */
export function refuseUnreadable(parts: DoorParts, error: Error & { code?: string }, socket: Socket): void {
  // Only who speaks HTTP can be answered: not a connection that broke, nor one that never finished its TLS handshake.
  const speaksHttp = /^(HPE_|ERR_HTTP_REQUEST_TIMEOUT$)/.test(error.code ?? '');
  if (!socket.writable || !speaksHttp) {
    socket.destroy();
    return;
  }
  const last = lastExchanges.get(socket);
  if (last?.request.complete === true && !last.response.writableFinished) {
    // What came before the rubbish was a whole request, which has its effect: its answer goes out, and no other.
    last.response.once('finish', () => socket.destroySoon());
    return;
  }
  const kinds: Record<string, ErrorKind> = {
    ERR_HTTP_REQUEST_TIMEOUT: 'timeout',
    HPE_HEADER_OVERFLOW: 'headersTooLarge',
  };
  const kind = kinds[error.code ?? ''];
  const failure =
    kind === undefined ? new ApiError('invalid', 'the request cannot be read') : new ApiError(kind);
  const { status, body } = failureReply(parts.logger, uuidv7(parts.clock(), parts.randomBytes), failure);
  const head = `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nContent-Type: application/json\r\n`;
  socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
  // Not only our half of the connection: a client that goes on sending would keep the other half open.
  socket.destroySoon();
}

/** @throws OperatorError when the address cannot be had. */
export function listening(server: AnyServer, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) =>
      reject(new OperatorError(`cannot listen on ${host} port ${port}: ${error.message}`, { cause: error }));
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.removeListener('error', refuse);
      resolve(server.address() as AddressInfo);
    });
  });
}

/** Resolves when a server has let go of its last connection; idle ones go at once. */
export function closed(server: AnyServer): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve();
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
