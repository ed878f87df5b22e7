// Calls the API of a server, the vendor or a Rucksack, one request after another: patiently, and within limits.
import { doubledDelayMs } from '../base/backoff.ts';
import { OperatorError } from '../base/errors.ts';
import { type Credentials, writeBasicAuth } from '../http/basic-auth.ts';

export interface ApiClient {
  /** Returns a client of a subaccount's own resources, which calls as `credentials`. */
  of(subaccountId: string, credentials: Credentials): ApiClient;
  get(path: string): Promise<JsonObject>;
  post(path: string, body: object): Promise<JsonObject>;
  /** Returns the objects of all pages of a list. */
  list(path: string): Promise<readonly JsonObject[]>;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** The server that is called, and the outside world; an argument for tests. */
export interface ApiAccess {
  /** Such as `https://api.plivo.com`. */
  readonly origin: string;
  /** As errors name it: `the vendor`. */
  readonly who: string;
  readonly fetch: typeof fetch;
  readonly wait: (ms: number) => Promise<unknown>;
}

/** The vendor's largest page. */
const pageSize = 20;
const maxPages = 5000;
const maxAnswerBytes = 4 * 1024 * 1024;
const answerMs = 30_000;
const maxAttempts = 6;
const firstRetryMs = 1000;
const longestRetryMs = 60_000;
/** A longer wait that a server asks for ends the run: its next one goes on. */
const longestAskedMs = 300_000;

/** Returns a client that calls as an account. Its errors are `OperatorError`s that name the call. */
export function makeApiClient(
  access: ApiAccess,
  credentials: Credentials,
  accountId = credentials.authId,
): ApiClient {
  const call = (method: 'GET' | 'POST', path: string, body?: object) =>
    callPatiently(access, { method, path, accountId, credentials, body });
  const get = (path: string) => call('GET', path);
  return {
    of: (subaccountId, own) => makeApiClient(access, own, subaccountId),
    get,
    post: (path, body) => call('POST', path, body),
    async list(path) {
      const all: JsonObject[] = [];
      for (let page = 0; page < maxPages; page++) {
        const offset = page * pageSize;
        const { objects, total } = readPage(
          await get(`${path}?limit=${pageSize}&offset=${offset}`),
          `${access.who} answers GET ${path} with`,
        );
        all.push(...objects);
        if (objects.length === 0 || offset + pageSize >= total) return all;
      }
      throw new OperatorError(`${access.who} has more than ${maxPages * pageSize} objects in ${path}`);
    },
  };
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly accountId: string;
  readonly credentials: Credentials;
  readonly body: object | undefined;
}

/** An answer, or why it is worth another attempt: `afterMs` is what the server asks for. */
type Attempt =
  | { readonly answer: JsonObject }
  | { readonly failure: string; readonly afterMs: number | undefined };

/** Repeats a call that is answered 429 or 5xx, or not at all. Every call here may be made twice. */
async function callPatiently(access: ApiAccess, call: Call): Promise<JsonObject> {
  const named = `${access.who} at ${access.origin}, asked ${call.method} ${call.path || 'the account'}`;
  for (let attempt = 1; ; attempt++) {
    const outcome = await callOnce(access, call, named);
    if ('answer' in outcome) return outcome.answer;
    const { failure, afterMs = doubledDelayMs(firstRetryMs, attempt, longestRetryMs) } = outcome;
    if (attempt === maxAttempts)
      throw new OperatorError(`${named}, ${failure}, ${maxAttempts} times in a row`);
    if (afterMs > longestAskedMs) {
      throw new OperatorError(`${named}, wants ${afterMs / 1000} seconds of patience; run this again then`);
    }
    await access.wait(afterMs);
  }
}

async function callOnce({ origin, fetch }: ApiAccess, call: Call, named: string): Promise<Attempt> {
  const { method, path, accountId, credentials, body } = call;
  let status: number;
  let text: string;
  try {
    const response = await fetch(`${origin}/v1/Account/${accountId}/${path}`, {
      method,
      headers: { authorization: writeBasicAuth(credentials), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // Credentials go nowhere else.
      redirect: 'error',
      signal: AbortSignal.timeout(answerMs),
    });
    status = response.status;
    if (status === 429 || status >= 500) {
      await response.body?.cancel();
      return { failure: `answers ${status}`, afterMs: retryAfterMs(response.headers.get('retry-after')) };
    }
    text = await readText(response, named);
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    return { failure: `cannot be reached (${reasonOf(error)})`, afterMs: undefined };
  }
  if (status === 401) throw new OperatorError(`${named}, refuses the credentials of ${credentials.authId}`);
  const answer = parseObject(text);
  if (status < 200 || status > 299)
    throw new OperatorError(`${named}, answers ${status}${sentenceOf(answer)}`);
  if (answer === undefined)
    throw new OperatorError(`${named}, answers with something that is no JSON object`);
  return { answer };
}

/** Returns the milliseconds of a `Retry-After` in seconds; undefined without one. */
function retryAfterMs(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
}

async function readText(response: Response, named: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxAnswerBytes)
      throw new OperatorError(`${named}, answers with more than ${maxAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Returns why a request failed; `fetch` hides it in the cause. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message : message;
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the sentence of an error for the end of our own. */
function sentenceOf(answer: JsonObject | undefined): string {
  return typeof answer?.error === 'string' ? `: ${answer.error.slice(0, 300)}` : '';
}

function readPage({ meta, objects }: JsonObject, named: string) {
  const total = isObject(meta) ? meta.total_count : undefined;
  if (!Number.isInteger(total)) throw new OperatorError(`${named} a list without meta.total_count`);
  if (!Array.isArray(objects) || !objects.every(isObject)) {
    throw new OperatorError(`${named} a list whose objects are none`);
  }
  return { objects: objects as readonly JsonObject[], total: total as number };
}
