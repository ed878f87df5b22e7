// The network behind an HTTP carrier in tests: a server of Plivo's wire that answers as it is told, and calls webhooks until they are taken.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signCallback } from '../../src/webhooks/http/sign.ts';

/** The answer to a request. `reset` breaks the connection off. */
export type PeerAnswer =
  | 'reset'
  | { readonly status: number; readonly body?: object; readonly headers?: Record<string, string> };

/** A request as it came. */
export interface PeerRequest {
  readonly headers: IncomingMessage['headers'];
  /** Of the JSON. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A webhook that waits to be taken. */
interface Webhook {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface PeerParts {
  /** Signs webhooks. */
  readonly token: string;
  /** Calls a webhook, and resolves with the status of its answer. */
  readonly call: (url: string, headers: Record<string, string>, form: string) => Promise<number>;
}

export class HttpPeer {
  /** All requests, those that were not taken as well. */
  readonly requests: PeerRequest[] = [];
  /** The next answer; without one a message is taken, reported as delivered and named. */
  nextAnswer: PeerAnswer | undefined;
  /** The fields of the next report beside those that name its message. */
  nextReport: Readonly<Record<string, string>> | undefined;
  readonly #parts: PeerParts;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #waiting: Webhook[] = [];
  #calling = Promise.resolve();
  #held: Promise<void> | undefined;
  #calls = 0;

  constructor(parts: PeerParts) {
    this.#parts = parts;
  }

  /** Starts on a free port of the loopback address and returns its URL. */
  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Delays answers until the function that it returns is called. */
  hold(): () => void {
    let letGo = () => {};
    this.#held = new Promise((resolve) => {
      letGo = resolve;
    });
    return letGo;
  }

  /** Calls the webhook, now and at each `callAgain` until it is taken. */
  async call(url: string, fields: Readonly<Record<string, string>>): Promise<void> {
    this.#waiting.push({ url, fields });
    await this.callAgain();
  }

  /** Calls all webhooks that wait, one after the other. */
  callAgain(): Promise<void> {
    this.#calling = this.#calling.then(() => this.#callAll());
    return this.#calling;
  }

  /** Calls the webhooks that are due, each with a nonce of its own. */
  async #callAll(): Promise<void> {
    const due = this.#waiting;
    this.#waiting = [];
    for (const { url, fields } of due) {
      const { token } = this.#parts;
      this.#calls += 1;
      const nonce = String(this.#calls);
      const parameters = Object.entries(fields);
      const signatures = signCallback({
        method: 'POST',
        url,
        parameters,
        nonce,
        ownToken: token,
        mainToken: token,
      });
      const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signatures };
      const status = await this.#parts.call(url, headers, new URLSearchParams(parameters).toString());
      if (status >= 300) this.#waiting.push({ url, fields });
    }
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const parameters = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
    this.requests.push({ headers: request.headers, parameters });
    const held = this.#held;
    this.#held = undefined;
    await held;
    const answer = this.nextAnswer ?? { status: 202, body: { message_uuid: [this.#take(parameters)] } };
    this.nextAnswer = undefined;
    if (answer === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const { status, body, headers } = answer;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }

  /** Names a message and lets its report wait for the next `callAgain`. */
  #take({ url }: Readonly<Record<string, unknown>>): string {
    const name = `name-${this.requests.length}`;
    const fields = {
      MessageUUID: name,
      To: '14155550199',
      Status: 'delivered',
      ErrorCode: '000',
      ...this.nextReport,
    };
    this.nextReport = undefined;
    this.#waiting.push({ url: String(url), fields });
    return name;
  }
}
