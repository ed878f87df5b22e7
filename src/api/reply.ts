// The answer to a call as it is sent: JSON with its status and headers, also where a call never came to an endpoint.
import type { Clock } from '../base/clock.ts';
import { type RandomBytes, uuidv7 } from '../base/id.ts';
import type { Logger } from '../base/logger.ts';
import { errorReply } from '../http/error-reply.ts';
import type { EventStream } from '../http/event-stream.ts';
import type { Metrics } from './metrics.ts';

/** An answer ready to be sent. */
export interface Reply {
  readonly status: number;
  /** JSON text; empty for an answer without a body. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What is written instead of a body, until either side ends it. */
  readonly stream?: EventStream;
}

/** An answer with this body, or with none. */
export function makeReply(status: number, body: object | undefined, headers: Reply['headers'] = {}): Reply {
  return jsonReply(status, body === undefined ? '' : JSON.stringify(body), headers);
}

/** An answer whose JSON is written already. Its content type stands even without a body: Ruby cannot read a 204 without it. */
export function jsonReply(status: number, text: string, headers: Reply['headers']): Reply {
  return { status, body: text, headers: { 'content-type': 'application/json', ...headers } };
}

/** The answer to a failure, which is logged when it is ours. `beside` is what stands in its body beside the error. */
export function failureReply(logger: Logger, apiId: string, error: unknown, beside: object = {}): Reply {
  const { status, body, headers, ours } = errorReply(error);
  if (ours) logger.error({ api_id: apiId, err: error }, 'request failed');
  return makeReply(status, { api_id: apiId, ...body, ...beside }, headers);
}

/** What it takes to refuse a call that no endpoint has seen. */
export interface RefusalParts {
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** The answer to what never came to an endpoint; it leaves the same traces as an endpoint's would. */
export function refuse(parts: RefusalParts, method: string, error: unknown): Reply {
  const apiId = uuidv7(parts.clock(), parts.randomBytes);
  const reply = failureReply(parts.logger, apiId, error);
  parts.metrics.countRequest(method, 'none', reply.status, 0);
  parts.logger.info({ api_id: apiId, method, status: reply.status }, 'request');
  return reply;
}
