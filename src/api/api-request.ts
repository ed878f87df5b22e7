// A request of the API as received, and what it contains.
import type { TraceContext } from '../base/tracer.ts';
import { type BodyContent, readBody, readQuery } from '../http/body.ts';
import type { Endpoint } from '../http/endpoint.ts';

/** A request as received, independent of any framework. */
export interface ApiRequest {
  readonly method: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: string;
  /** Reads the body; `undefined` when there is none. A body with files is not read before this is called. */
  readonly readBody: () => Promise<Buffer | undefined>;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly authorization: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly lastEventId: string | undefined;
  readonly userAgent: string | undefined;
  /** Address of the client. */
  readonly address: string;
  /** As the client wrote it. */
  readonly trace?: TraceContext | undefined;
}

/** A request whose body was read. */
export type ReceivedRequest = ApiRequest & { readonly body: Buffer | undefined };

/** Returns the parameters and files of a request. On POST and DELETE parameters may be in the query and in the body, which wins. */
export async function readRequestContent(
  request: ReceivedRequest,
  endpoint: Pick<Endpoint, 'files'>,
): Promise<BodyContent> {
  const query = readQuery(request.query);
  if (request.body === undefined) return { parameters: query, files: [] };
  const content = await readBody(request, request.body, endpoint.files);
  if (request.query === '') return content;
  const { parameters, files } = content;
  // A null means "not given", so it does not hide the query's value.
  const given = Object.entries(parameters).filter(
    ([name, value]) => value !== null || !Object.hasOwn(query, name),
  );
  return { parameters: { ...query, ...Object.fromEntries(given) }, files };
}
