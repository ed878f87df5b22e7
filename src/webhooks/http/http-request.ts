// A call as it goes over the wire: where it is sent, with which headers and which body. Pure.
import { isCallableUrl } from '../../http/callable-url.ts';
import { remembering } from '../remembering.ts';
import type { WebhookMethod } from '../webhook.ts';

export interface HttpRequest {
  readonly method: WebhookMethod;
  /** Scheme, host and port. */
  readonly origin: string;
  /** Host without the brackets of IPv6. */
  readonly hostname: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** The place that a URL leads to. */
export interface CallTarget extends Pick<HttpRequest, 'origin' | 'hostname'> {
  readonly pathname: string;
  /** The query with its `?`, or empty. */
  readonly search: string;
  /** The header for the name and password in the URL, if there are any. */
  readonly authorization: HttpRequest['headers'];
}

/** Reads the URL of a call; `undefined` for one that cannot be called. */
export const readTarget = (url: string): CallTarget | undefined => readOnce(url).target;

const readOnce = remembering((text): { readonly target: CallTarget | undefined } => {
  if (!isCallableUrl(text)) return { target: undefined };
  const url = new URL(text);
  const { origin, pathname, search } = url;
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  return { target: { origin, hostname, pathname, search, authorization: authorizationOf(url) } };
});

/**
 * Returns the request of a call to `target`: POST carries the form of its parameters in the body, GET behind the query that the URL has already
 * (wire-data-plane section 10). A name and password in the URL become basic authentication. `signatures` go along as they are.
 */
export function makeRequest(
  { method, form }: { readonly method: WebhookMethod; readonly form: string },
  { origin, hostname, pathname, search, authorization }: CallTarget,
  signatures: Readonly<Record<string, string>>,
): HttpRequest {
  if (method === 'GET') {
    const path = `${pathname}${joinQuery(search, form)}`;
    return { method, origin, hostname, path, headers: { ...authorization, ...signatures }, body: undefined };
  }
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', ...authorization, ...signatures };
  return { method, origin, hostname, path: `${pathname}${search}`, headers, body: form };
}

/** Adds pairs to a query, which has its `?` or is empty. */
function joinQuery(query: string, more: string): string {
  if (query.length <= 1) return `?${more}`;
  return query.endsWith('&') ? `${query}${more}` : `${query}&${more}`;
}

function authorizationOf(url: URL): Record<string, string> {
  if (url.username === '' && url.password === '') return {};
  const credentials = `${percentDecoded(url.username)}:${percentDecoded(url.password)}`;
  return { Authorization: `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}` };
}

/** Returns the text with its percent signs decoded, or as it is where they do not spell UTF-8. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
