// The response to a request as it is sent: JSON with its status and headers, also for requests that no endpoint saw.
import type { Clock } from '../base/clock.ts';
import { type RandomBytes, uuidv7 } from '../base/id.ts';
import type { Logger } from '../base/logger.ts';
import { errorReply } from '../http/error-reply.ts';
import type { EventStream } from '../http/event-stream.ts';
import type { Metrics } from './metrics.ts';

/** A response ready to be sent. */
export interface Reply {
  readonly status: number;
  /** JSON text; empty for a response without a body. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The sentence of an error response, for the log. */
  readonly refusal?: string;
  /** Written instead of a body, until either side ends it. */
  readonly stream?: EventStream;
}

/** Returns a response with this body, or with none. */
export function makeReply(status: number, body: object | undefined, headers: Reply['headers'] = {}): Reply {
  return jsonReply(status, body === undefined ? '' : JSON.stringify(body), headers);
}

/**
 * Returns a response whose JSON is written already. It has the content type even without a body: Ruby cannot read a 204 without
 * it.
 */
export function jsonReply(status: number, text: string, headers: Reply['headers']): Reply {
  return { status, body: text, headers: { 'content-type': 'application/json', ...headers } };
}

/** Returns the response to an error, which is logged when it is the server's fault. `beside` is added to its body. */
export function failureReply(logger: Logger, apiId: string, error: unknown, beside: object = {}): Reply {
  const { status, body, headers, ours } = errorReply(error);
  if (ours) logger.error({ api_id: apiId, err: error }, 'request failed');
  return { ...makeReply(status, { api_id: apiId, ...body, ...beside }, headers), refusal: body.error };
}

/** The parts needed to answer a request that no endpoint saw. */
export interface RefusalParts {
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** So much of the path of an unknown address is logged; of its query nothing. */
const maxLoggedPath = 200;

/** The error response to a request that no endpoint saw. */
export interface Refusal extends Reply {
  readonly apiId: string;
  readonly at: Date;
}

/** Returns the error response to a request for `url` that no endpoint saw; it is logged and counted like an endpoint's. */
export function refuse(parts: RefusalParts, method: string, url: string, error: unknown): Refusal {
  const at = parts.clock();
  const apiId = uuidv7(at, parts.randomBytes);
  const reply = failureReply(parts.logger, apiId, error);
  const path = url.slice(0, maxLoggedPath).split('?')[0];
  parts.metrics.countRequest(method, 'none', reply.status, 0);
  parts.logger.info({ api_id: apiId, method, path, status: reply.status, error: reply.refusal }, 'request');
  return { ...reply, apiId, at };
}
