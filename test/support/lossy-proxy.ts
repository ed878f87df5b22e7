// A reverse proxy that loses answers, for tests of what comes twice.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The way of a request: it is passed on, its answer is lost, or another answer comes although it was passed on. */
export type Passage = 'passed' | 'answer lost' | 'bad gateway';

export interface LossyProxy {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a proxy in front of a server; `decide` says what happens to each request, numbered from 1. */
export async function startLossyProxy(
  upstream: string,
  decide: (request: number) => Passage,
): Promise<LossyProxy> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    passOn(upstream, request, response, decide(requests));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function passOn(
  upstream: string,
  request: IncomingMessage,
  response: ServerResponse,
  passage: Passage,
): void {
  const { method, headers } = request;
  const onward = sendRequest(`${upstream}${request.url}`, { method, headers }, (answer) => {
    if (passage === 'passed') {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      return;
    }
    answer.resume();
    answer.once('end', () => {
      if (passage === 'answer lost') request.socket.resetAndDestroy();
      else response.writeHead(502).end();
    });
  });
  onward.on('error', () => request.socket.destroy());
  request.pipe(onward);
}
