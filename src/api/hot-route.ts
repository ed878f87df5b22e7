// The one route with most of the load, answered before the framework: the framework costs more than reading the request itself.
import type http from 'node:http';
import { bodyLimitBytes, collectBody } from '../http/body.ts';
import { readTraceContext } from '../http/trace-context.ts';
import type { Reply } from './reply.ts';
import type { HandleApiRequest } from './request-pipeline.ts';

interface HotRouteParts {
  /** The handler of `POST` to `hotPath`. */
  readonly handle: HandleApiRequest;
  readonly write: (response: http.ServerResponse, answer: Reply) => void;
}

/** Takes a request, or returns false and leaves it to the framework. */
export type HotRoute = (request: http.IncomingMessage, response: http.ServerResponse) => boolean;

/** The route as in the list of routes. */
export const hotPath = '/v1/Account/:auth_id/Message';

/** As nearly every client writes it. Other spellings of the same route, and malformed requests, are left to the framework. */
const target = /^\/v1\/Account\/([A-Z0-9]{1,40})\/Message\/$/;

/**
 * Returns the hot route, whose answers are those of the framework. Not for servers behind a proxy, where only the framework
 * knows the client's address.
 */
export function makeHotRoute({ handle, write }: HotRouteParts): HotRoute {
  return (request, response) => {
    const { method, url = '', headers, socket } = request;
    if (method !== 'POST' || headers.host === undefined) return false;
    const accountId = target.exec(url)?.[1];
    if (accountId === undefined) return false;
    const apiRequest = {
      method,
      pathParameters: { auth_id: accountId },
      query: '',
      readBody: () => collectBody(request, bodyLimitBytes),
      contentType: headers['content-type'],
      contentEncoding: headers['content-encoding'],
      authorization: headers.authorization,
      idempotencyKey: headers['idempotency-key']?.toString(),
      lastEventId: undefined,
      userAgent: headers['user-agent'],
      address: socket.remoteAddress ?? '',
      trace: readTraceContext(headers),
    };
    void handle(apiRequest).then((answer) => write(response, answer));
    return true;
  };
}
