// A short way to send raw requests as an account of a test.
import { basicAuth, type TestAccount, type TestApp } from '../support/app.ts';
import { type RawAnswer, type RawRequest, sendRaw } from './raw-request.ts';

export interface AskOptions extends Partial<Pick<RawRequest, 'body' | 'framing' | 'headers'>> {
  /** `null` sends no credentials. */
  readonly as?: TestAccount | null;
}

/** Sends a request; a path without a slash at its beginning is below the asking account. */
export type Ask = (method: string, path: string, options?: AskOptions) => Promise<RawAnswer>;

export function makeAsk({ url, account }: TestApp): Ask {
  return (method, path, { as = account, headers, ...rest } = {}) => {
    const target = path.startsWith('/') ? path : `/v1/Account/${(as ?? account).authId}/${path}`;
    const authorization: Record<string, string> = as === null ? {} : { authorization: basicAuth(as) };
    return sendRaw(url, { method, target, headers: { ...authorization, ...headers }, ...rest });
  };
}

const jsonType = { 'content-type': 'application/json' } as const;

/** Returns the options of a request with a JSON body; a text is sent unchanged. */
export function json(body: unknown): AskOptions {
  return { headers: jsonType, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** Returns the options of a request with an urlencoded form. */
export function form(fields: Readonly<Record<string, string>>): AskOptions {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { headers, body: String(new URLSearchParams(fields)) };
}

/** Returns the options of a request with a multipart form. */
export function multipart(fields: Readonly<Record<string, string>>): AskOptions {
  const boundary = 'boundary-of-a-test';
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  return { headers, body: `${parts.join('')}--${boundary}--\r\n` };
}

/** Every way in which clients were seen to send no parameters (wire-control-plane 1.2). */
export const emptyBodies: Readonly<Record<string, AskOptions>> = {
  'no body, no type, no length (Java)': { framing: 'none' },
  'no body but a JSON type (Ruby)': { headers: jsonType, framing: 'none' },
  'length zero and a JSON type (Python)': { headers: jsonType, framing: 'length' },
  'no chunk and a JSON type (Go)': { headers: jsonType, framing: 'chunks' },
  'two quotes (Node)': json('""'),
  null: json('null'),
  'an empty object (PHP, .NET)': json('{}'),
  'an empty object and a newline (Go)': json('{}\n'),
  'white space': json(' \r\n\t '),
  'an empty multipart form (Node up to 4.13)': multipart({}),
};
