// The changes that this tab has asked the server for, the newest first: what was done by hand, as a program would do it.

interface OwnRequest {
  readonly method: string;
  /** Below the account, with its query: `/Powerpack/`. */
  readonly path: string;
  /** JSON; undefined without one. */
  readonly body: string | undefined;
  readonly status: number;
  /** Of the answer. */
  readonly apiId: string | undefined;
}

const mostKept = 50;
let requests: readonly OwnRequest[] = [];

export const ownRequests = (): readonly OwnRequest[] => requests;

/** Removes all of them, at signing out. */
export function forgetOwnRequests(): void {
  requests = [];
}

/** Sends a request, and notes it if it changes something. */
export async function sendNoted(
  request: Request,
  send: (request: Request) => Promise<Response>,
): Promise<Response> {
  const { method, url, headers, signal, credentials } = request;
  if (method === 'GET') return send(request);
  const isJson = headers.get('content-type')?.startsWith('application/json') === true;
  const body = isJson ? await request.text() : undefined;
  // A body can be read once; of a copy the browser's own tools would not show it.
  const response = await send(
    body === undefined ? request : new Request(url, { method, headers, body, signal, credentials }),
  );
  const apiId = await apiIdOf(response.clone());
  const { pathname, search } = new URL(url);
  const path = `${pathname.replace(/^\/v1\/Account\/[^/]+/, '')}${search}`;
  const noted = { method, path, body, status: response.status, apiId };
  requests = [noted, ...requests].slice(0, mostKept);
  return response;
}

async function apiIdOf(response: Response): Promise<string | undefined> {
  const text = await response.text();
  if (text === '' || response.headers.get('content-type')?.startsWith('application/json') !== true)
    return undefined;
  const { api_id: apiId } = JSON.parse(text) as { readonly api_id?: unknown };
  return typeof apiId === 'string' ? apiId : undefined;
}

/** Returns the command that does the same, with the variables that the server's start shows. */
export function asCurl({ method, path, body }: Omit<OwnRequest, 'status' | 'apiId'>): string {
  const lines = [
    `curl -u "$PLIVO_AUTH_ID:$PLIVO_AUTH_TOKEN" -X ${method}`,
    `"$RUCKSACK_URL/v1/Account/$PLIVO_AUTH_ID"${quoted(path)}`,
    ...(body === undefined ? [] : ["-H 'Content-Type: application/json'", `-d ${quoted(body)}`]),
  ];
  return lines.join(' ');
}

/** Returns a text as one word of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
