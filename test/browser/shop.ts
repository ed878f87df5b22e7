// The shop of the console's world: it takes every callback, and answers by the status that it is told.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Shop } from './console-world.ts';

export interface OpenShop extends Shop {
  close(): Promise<void>;
}

/** Opens the shop on a free port of the loopback address. It forgets what it is sent, which would be much. */
export async function startShop(): Promise<OpenShop> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(shop.answer.status).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const shop: OpenShop = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: { status: 200 },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return shop;
}
