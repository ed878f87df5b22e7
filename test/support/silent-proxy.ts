// A network between this process and a database server that can fall silent: nothing arrives any more, and nothing is said to end.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface SilentProxy {
  /** The address of the database through it. */
  readonly url: string;
  /** Lets nothing more through on the connections that there are. New ones work, unless those are to be silent as well. */
  fallSilent(newOnesToo?: boolean): void;
  close(): Promise<void>;
}

/** Listens for connections to the server of `databaseUrl`. */
export async function openSilentProxy(databaseUrl: string): Promise<SilentProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((inside) => {
    if (isSilent) {
      sockets.add(inside);
      return;
    }
    const environment = connect(Number(target.port || 5432), target.hostname);
    for (const [from, to] of [
      [inside, environment],
      [environment, inside],
    ] as const) {
      sockets.add(from);
      from.on('data', (data) => to.write(data));
      from.on('end', () => to.end());
      // A side that breaks closes, and is known by that.
      from.on('error', () => {});
      from.on('close', () => sockets.delete(from));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    fallSilent(newOnesToo = false) {
      isSilent = newOnesToo;
      for (const socket of sockets) socket.pause().removeAllListeners('data').removeAllListeners('end');
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
