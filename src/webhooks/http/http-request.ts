// A call as it goes over the wire: where it is sent, with which headers and which body. Pure.
import { isCallableUrl } from '../../http/callable-url.ts';
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

/** Reads the URL of a call; `undefined` for one that cannot be called. */
export function readCallableUrl(text: string): URL | undefined {
  return isCallableUrl(text) ? new URL(text) : undefined;
}

/**
 * Returns the request of a call to `url`: POST carries the form of its parameters in the body, GET behind the query that the URL has already
 * (wire-data-plane section 10). A name and password in the URL become basic authentication. `signatures` go along as they are.
 */
export function makeRequest(
  { method, form }: { readonly method: WebhookMethod; readonly form: string },
  url: URL,
  signatures: Readonly<Record<string, string>>,
): HttpRequest {
  const target = { method, origin: url.origin, hostname: url.hostname.replace(/^\[|\]$/g, '') };
  const authorization = authorizationOf(url);
  if (method === 'GET') {
    const path = `${url.pathname}${joinQuery(url.search, form)}`;
    return { path, headers: { ...authorization, ...signatures }, body: undefined, ...target };
  }
  return {
    path: `${url.pathname}${url.search}`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...authorization, ...signatures },
    body: form,
    ...target,
  };
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
