// The typed client: every call of the API, the extensions included, with the types of its parameters and answers.
import createFetchClient, { type Client } from 'openapi-fetch';
import { type Change, readChanges } from './changes.ts';
import { refusalOf } from './refusal.ts';
import type { components, paths } from './schema.ts';

export type { Change } from './changes.ts';
export { RucksackError } from './refusal.ts';
export type Schemas = components['schemas'];

export interface Connection {
  /** Where the server is, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Auth id of the account, or of a subaccount. */
  readonly authId: string;
  readonly authToken: string;
  /** For whom to ask, when the caller is a main account and means one of its subaccounts. */
  readonly accountId?: string;
  /** By default the runtime's own. */
  readonly fetch?: typeof fetch;
}

export interface RucksackClient extends Client<paths> {
  /**
   * Yields the changes of the account from now on, until `signal` is aborted: each names what to ask for again. It connects again by itself,
   * and catches up with what it missed, or yields `reset` where that cannot be known.
   * @throws RucksackError when the server refuses, such as with 401.
   */
  changes(signal: AbortSignal): AsyncIterable<Change>;
}

/**
 * Returns a client of one account. `client.GET('/Powerpack/{powerpack_uuid}/', { params: { path: { powerpack_uuid } } })` resolves to
 * `{ data, error, response }`; `answerOf` turns that into the data or throws the error.
 */
export function createClient(connection: Connection): RucksackClient {
  const { url, authId, authToken, accountId = authId, fetch: send = fetch } = connection;
  const headers = { authorization: `Basic ${base64(`${authId}:${authToken}`)}` };
  const baseUrl = `${url.replace(/\/$/, '')}/v1/Account/${encodeURIComponent(accountId)}`;
  // A browser would ask for another name and password by itself at a 401, and might send cookies.
  const client = createFetchClient<paths>({
    baseUrl,
    headers,
    credentials: 'omit',
    fetch: (request) => send(request),
  });
  return Object.assign(client, {
    changes: (signal: AbortSignal) => readChanges({ url: `${baseUrl}/Event/`, headers, send, signal }),
  });
}

/** Encodes as UTF-8 first: `btoa` itself takes Latin-1 only. */
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** The result of a call, whether it succeeded or not. */
interface Answered<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * Returns the data of a response.
 * @throws RucksackError for a refusal, with the server's own sentence; the runtime's TypeError when the server cannot be reached.
 */
export async function answerOf<Data>(call: Promise<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (response.ok) return data as Data;
  throw refusalOf(response.status, error);
}
