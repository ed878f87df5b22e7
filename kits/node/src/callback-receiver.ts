// Receives callbacks on a free port of this machine.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A callback as it came. */
export interface Callback {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** `Status`, `MessageUUID`, `From`, `To`, `Text` and the others, by the vendor's names. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The answer to a callback: Message XML or nothing, with 200; or another status. */
export type CallbackAnswer =
  | string
  | undefined
  | { readonly status: number; readonly body?: string | undefined };

export interface CallbackReceiver {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts receiving. Where `receive` fails, the answer is 500 and its error is an unhandled rejection, which fails the suite. */
export async function startCallbackReceiver(
  receive: (callback: Callback) => CallbackAnswer | Promise<CallbackAnswer>,
): Promise<CallbackReceiver> {
  const server = createServer(async (request, response) => {
    const callback = await readCallback(request);
    try {
      const answer = await receive(callback);
      const { status, body } = typeof answer === 'object' ? answer : { status: 200, body: answer };
      response.writeHead(status, { 'content-type': 'application/xml' }).end(body ?? '');
    } catch (error) {
      response.writeHead(500).end();
      throw error;
    }
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

async function readCallback(request: IncomingMessage): Promise<Callback> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  const { method = '', url = '/', headers } = request;
  const form = method === 'GET' ? new URL(url, 'http://localhost').searchParams : new URLSearchParams(body);
  return { method, path: url, headers, parameters: Object.fromEntries(form) };
}
