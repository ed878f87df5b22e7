// A receiver of callbacks for tests: keeps what it is sent, answers as it is told, checks signatures as customers do.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

const { validateSignature, validateV3Signature } = createRequire(import.meta.url)('plivo') as {
  validateSignature(uri: string, nonce: string, signature: string, token: string): boolean;
  validateV3Signature(
    method: string,
    uri: string,
    nonce: string,
    token: string,
    signature: string,
    parameters?: object,
  ): boolean;
};

/** The answer to a call. `held` waits for `release`; `reset` breaks the connection. */
export type CatcherAnswer =
  | 'held'
  | 'reset'
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };

export interface CaughtCall {
  readonly method: string;
  /** As the receiver sees it: the host that it was called by, path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The form of a POST, the query of a GET. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Answers a call that was held. */
  release(answer: Exclude<CatcherAnswer, 'held'>): void;
  /** Whether the SDK's validators accept the signatures, versions 2 and 3, plain and of the main account. */
  isSignedWith(ownToken: string, mainToken?: string): boolean;
}

export interface WebhookCatcher {
  /** Without a slash at the end. */
  readonly url: string;
  /** Everything that came, in the order in which it came. */
  readonly calls: readonly CaughtCall[];
  /** The answer to calls from now on; at first 200 without a body. */
  answer: CatcherAnswer | ((call: CaughtCall) => CatcherAnswer);
  /** The next call that `next` has not given yet; waits for one to come. */
  next(): Promise<CaughtCall>;
  close(): Promise<void>;
}

/** Starts a receiver on a free port of this machine. */
export async function startWebhookCatcher(host = '127.0.0.1'): Promise<WebhookCatcher> {
  const calls: CaughtCall[] = [];
  const wanted: ((call: CaughtCall) => void)[] = [];
  let given = 0;

  const server = createServer(async (request, response) => {
    const call = await readCall(request, response);
    calls.push(call);
    const answer = typeof catcher.answer === 'function' ? catcher.answer(call) : catcher.answer;
    if (answer !== 'held') call.release(answer);
    const waiting = wanted.shift();
    if (waiting === undefined) return;
    given += 1;
    waiting(call);
  });
  server.listen(0, host);
  await once(server, 'listening');

  const catcher: WebhookCatcher = {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    calls,
    answer: { status: 200 },
    next() {
      const call = calls[given];
      if (call === undefined) return new Promise((resolve) => wanted.push(resolve));
      given += 1;
      return Promise.resolve(call);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return catcher;
}

async function readCall(request: IncomingMessage, response: ServerResponse): Promise<CaughtCall> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) body += chunk;
  const { method = '', headers } = request;
  const url = `http://${headers.host}${request.url}`;
  const parameters = Object.fromEntries(
    method === 'GET' ? new URL(url).searchParams : new URLSearchParams(body),
  );
  return {
    method,
    url,
    headers,
    parameters,
    release(answer) {
      if (answer === 'reset') request.socket.resetAndDestroy();
      else response.writeHead(answer.status, answer.headers).end(answer.body);
    },
    isSignedWith(ownToken, mainToken = ownToken) {
      const header = (name: string) => String(headers[`x-plivo-signature-${name}`]);
      const isValid = (kind: string, token: string) => {
        const v2 = validateSignature(url, header('v2-nonce'), header(`${kind}v2`), token);
        // A receiver of a GET has the parameters in the URL; handed in once more they would count twice.
        const form = method === 'POST' ? parameters : {};
        return v2 && validateV3Signature(method, url, header('v3-nonce'), token, header(`${kind}v3`), form);
      };
      return isValid('', ownToken) && isValid('ma-', mainToken);
    },
  };
}
