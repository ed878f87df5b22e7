// Sends a request on to another server as it came, and returns that server's response.
import {
  Agent as HttpAgent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';

export interface ForwardedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

export interface ForwardedResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

export interface Forwarder {
  /** Sends a request to an origin; rejects when that cannot be reached, takes too long or responds with too much. */
  send(origin: URL, request: ForwardedRequest): Promise<ForwardedResponse>;
  /** Closes the connections that are kept open. */
  close(): void;
}

/** The most of a body, in bytes, in both directions. */
export const maxBodyBytes = 10 * 1024 * 1024;

/** Belong to one connection (RFC 9110 section 7.6.1) or are made anew; without an accepted encoding the response comes as it is. */
const ownHeaders = new Set(
  'host connection keep-alive proxy-connection proxy-authorization te trailer transfer-encoding upgrade expect content-length accept-encoding'.split(
    ' ',
  ),
);

/** Makes a forwarder that waits `limitMs` for a whole response. */
export function makeForwarder(limitMs: number): Forwarder {
  const plain = new HttpAgent({ keepAlive: true });
  const tls = new HttpsAgent({ keepAlive: true });
  return {
    async send(origin, { method, target, headers, body }) {
      const options = {
        method,
        path: target,
        headers: { ...withoutOwn(headers), host: origin.host, 'content-length': body.length },
        signal: AbortSignal.timeout(limitMs),
      };
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const request =
          origin.protocol === 'https:'
            ? requestHttps(origin, { ...options, agent: tls })
            : requestHttp(origin, { ...options, agent: plain });
        request.on('response', resolve).on('error', reject).end(body);
      });
      const received = await readBody(response);
      if (received === undefined) throw new Error(`its response is larger than ${maxBodyBytes} bytes`);
      return {
        status: response.statusCode ?? 502,
        headers: withoutOwn(response.headers),
        body: received,
      };
    },
    close() {
      plain.destroy();
      tls.destroy();
    },
  };
}

/** Returns the whole body of a message, or `undefined` when it is larger than `maxBodyBytes`. */
export async function readBody(message: Readable): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function withoutOwn(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = headers.connection?.toLowerCase().split(/\s*,\s*/) ?? [];
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !ownHeaders.has(name) && !named.includes(name)),
  );
}
