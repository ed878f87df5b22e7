// Serves SDKs that honour HTTPS_PROXY without a change of theirs: CONNECT to a host of the vendor leads to our own TLS listener.
import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import type { Server as TlsServer } from 'node:tls';

export interface ConnectOptions {
  /** Hosts that may be asked for, always with port 443. */
  readonly hosts: readonly string[];
  /** Returns the TLS listener of these hosts, or `undefined` while there is none. */
  readonly tlsServer: () => TlsServer | undefined;
  /** Returns a new `api_id`. */
  readonly newId: () => string;
  /** Tunnels that may be open at once. */
  readonly maxTunnels?: number;
  /** How long a tunnel may be idle in both directions before it is closed, in milliseconds. */
  readonly idleMs?: number;
  /** How long a refused client has to hang up, in milliseconds. */
  readonly hangUpMs?: number;
}

interface ConnectProxy {
  readonly openTunnels: () => number;
  /**
   * Closes every tunnel at once. A stopping server calls it when the time for running requests is over: `close` of the HTTP
   * server waits for all tunnels, and its `closeAllConnections` does not reach them.
   */
  readonly closeTunnels: () => void;
}

/**
 * Makes a plain HTTP server answer CONNECT for the given hosts, and for no other.
 *
 * The tunnel opens no connection: the client's own socket is passed to the TLS server, which treats it as one that it accepted
 * itself, with its limits and the client's address. Nothing here can connect to another host, so this cannot become an open
 * proxy.
 */
export function serveConnect(server: HttpServer, options: ConnectOptions): ConnectProxy {
  const { tlsServer, newId, maxTunnels = 1000, idleMs = 120_000, hangUpMs = 5_000 } = options;
  const targets = new Set(options.hosts.map((host) => `${host.toLowerCase()}:443`));
  const onlyTo = new Intl.ListFormat('en').format(targets);
  const tunnels = new Set<Socket>();

  server.on('connect', (request, _stream, head) => {
    const { socket } = request;
    // An HTTP server lets its clients close one half of a connection; here that would leave sockets that never end.
    socket.allowHalfOpen = false;
    // A client that hangs up is no error; 'close' follows and cleans up.
    socket.on('error', () => socket.destroy());
    const refuse = (status: string, sentence: string) => {
      socket.setTimeout(hangUpMs, () => socket.destroy());
      socket.resume();
      socket.end(refusal(status, newId(), sentence));
    };

    if (!targets.has((request.url ?? '').toLowerCase())) {
      return refuse('403 Forbidden', `this proxy only leads to ${onlyTo}`);
    }
    const destination = tlsServer();
    if (destination === undefined) {
      return refuse('503 Service Unavailable', 'TLS is off: run `rucksack certs` and start the server again');
    }
    if (tunnels.size >= maxTunnels) return refuse('503 Service Unavailable', 'too many tunnels are open');

    tunnels.add(socket);
    socket.once('close', () => tunnels.delete(socket));
    socket.setTimeout(idleMs, () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    destination.emit('connection', socket);
  });

  return {
    openTunnels: () => tunnels.size,
    closeTunnels: () => {
      for (const socket of tunnels) socket.destroy();
    },
  };
}

function refusal(status: string, apiId: string, sentence: string): string {
  const body = JSON.stringify({ api_id: apiId, error: sentence });
  const headers = [
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return `HTTP/1.1 ${status}\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
}
