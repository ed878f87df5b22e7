// Connections below the framework: limits on slow clients, answers to requests that are not HTTP, listening and closing.
import http from 'node:http';
import type https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { ApiError, type ErrorKind, OperatorError } from '../base/errors.ts';
import { type RefusalParts, refuse } from './reply.ts';

type AnyServer = http.Server | https.Server;

const maxHeadBytes = 16 * 1024;

/** Limits on slow and half-open clients: they are disconnected, and use no more than a socket until then. */
export interface ClientLimits {
  /** Within which the head of a request, or a TLS handshake, must be complete. */
  readonly headMs: number;
  /** Within which a whole request must be complete. */
  readonly requestMs: number;
  /** How long a connection may wait for its next request. */
  readonly keepAliveMs: number;
  /** How long a connection may stay without a byte in either direction. */
  readonly idleMs: number;
  /** How often slow requests are looked for. */
  readonly checkEveryMs: number;
}

/** The limits of a running server. */
export const standardLimits: ClientLimits = {
  headMs: 10_000,
  requestMs: 20_000,
  // Longer than clients keep idle connections: PHP and Java repeat a DELETE when a reused one breaks.
  keepAliveMs: 75_000,
  idleMs: 120_000,
  checkEveryMs: 1_000,
};

/** Returns the limits as options of Node's servers. */
export const serverOptions = (limits: ClientLimits): http.ServerOptions => ({
  maxHeaderSize: maxHeadBytes,
  // Node would refuse a request without Host by itself, with an empty body.
  requireHostHeader: false,
  headersTimeout: limits.headMs,
  requestTimeout: limits.requestMs,
  keepAliveTimeout: limits.keepAliveMs,
  connectionsCheckingInterval: limits.checkEveryMs,
});

/** A request and its response, while either is in progress. */
interface Exchange {
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
}

interface Connection {
  readonly socket: Socket;
  readonly exchanges: Set<Exchange>;
}

/**
 * The open connections of the HTTP and HTTPS servers, and the requests in progress on each. Node's own lists have only
 * connections that already speak HTTP: no tunnel of CONNECT, no client that never finishes its TLS handshake, none that has
 * sent nothing yet.
 */
export class Connections {
  readonly #open = new Map<string, Connection>();
  readonly #parts: RefusalParts;

  constructor(parts: RefusalParts) {
    this.#parts = parts;
  }

  /** Follows the connections of a server, closes idle ones, and answers requests that Node's HTTP parser refuses. */
  watch(server: AnyServer, limits: ClientLimits): void {
    server.timeout = limits.idleMs;
    server.on('connection', (socket: Socket) => {
      const peer = peerOf(socket);
      this.#open.set(peer, { socket, exchanges: new Set() });
      socket.once('close', () => this.#open.delete(peer));
    });
    server.prependListener('request', (request: http.IncomingMessage, response: http.ServerResponse) => {
      const exchanges = this.#open.get(peerOf(request.socket))?.exchanges;
      const exchange = { request, response };
      exchanges?.add(exchange);
      response.once('close', () => exchanges?.delete(exchange));
    });
    server.on('checkExpectation', (request: http.IncomingMessage, response: http.ServerResponse) => {
      // Node answers `Expect: 100-continue` itself; no other expectation can be met (RFC 9110 section 10.1.1).
      const reply = refuse(
        this.#parts,
        request.method ?? '',
        request.url ?? '',
        new ApiError('expectationFailed'),
      );
      response.writeHead(reply.status, { ...reply.headers, connection: 'close' }).end(reply.body);
    });
  }

  /** Closes a connection that does not send HTTP, or not in time, after an error in the wire's format. */
  refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
    // Only an HTTP client gets an answer: not a broken connection, nor one that never finished its TLS handshake.
    const speaksHttp = /^(HPE_|ERR_HTTP_REQUEST_TIMEOUT$)/.test(error.code ?? '');
    if (!socket.writable || !speaksHttp) {
      socket.destroy();
      return;
    }
    const exchanges = [...(this.#open.get(peerOf(socket))?.exchanges ?? [])];
    const owed = exchanges.filter(({ request, response }) => request.complete && !response.writableFinished);
    const last = owed.at(-1);
    if (last !== undefined) {
      // Requests that were complete before the broken one are carried out: their responses are sent, in order, and no other.
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
    const { status, body } = refuse(this.#parts, 'unreadable', '', failure);
    const head = `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nContent-Type: application/json\r\n`;
    socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
    // Not only our half of the connection: a client that goes on sending would keep the other half open.
    socket.destroySoon();
  }

  /** Closes the connections without a request in progress. */
  closeIdle(): void {
    for (const { socket, exchanges } of this.#open.values()) if (exchanges.size === 0) socket.destroy();
  }

  /** Closes every connection, also with requests in progress. */
  closeAll(): void {
    for (const { socket } of this.#open.values()) socket.destroy();
  }
}

/** Returns a key of a connection's other end. A TLS socket and the plain one below it have the same. */
const peerOf = ({ remoteAddress, remotePort, localPort }: Socket) =>
  `${remoteAddress} ${remotePort} ${localPort}`;

/** The setting that an address's port comes from, for the sentence that refuses it. */
type PortSetting = 'RUCKSACK_PORT' | 'RUCKSACK_TLS_PORT';

/**
 * Listens on an address, and resolves with the actual one: port 0 takes any free port.
 * @throws OperatorError when the address cannot be used, with the setting that chooses another.
 */
export function listen(
  server: AnyServer,
  host: string,
  port: number,
  setting: PortSetting,
): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) =>
      reject(
        new OperatorError(`cannot listen on ${host} port ${port}: ${explainRefusal(error, setting)}`, {
          cause: error,
        }),
      );
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.removeListener('error', refuse);
      resolve(server.address() as AddressInfo);
    });
  });
}

function explainRefusal({ code, message }: NodeJS.ErrnoException, setting: PortSetting): string {
  if (code === 'EADDRINUSE') return `it is in use; ${setting} chooses another, 0 any free one`;
  if (code === 'EACCES') return `this user may not use it; ${setting} chooses another`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `this machine has no such address; RUCKSACK_HOST chooses another`;
  }
  return message;
}

/** Stops accepting connections; resolves when the last one is closed. */
export function close(server: AnyServer): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve();
    server.close(() => resolve());
  });
}
