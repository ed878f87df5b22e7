// Entries of the log of requests in words, and as commands. Pure.
import type { components } from '../../../client/src/schema.ts';
import { asCurl } from '../live/own-requests.ts';
import type { Tone } from '../parts/tone.ts';
import { whoInWords } from './change-words.ts';

type Entry = components['schemas']['LoggedRequest'];

/** Returns who made a request, as far as it is known. */
export function callerInWords({
  who,
  subaccount,
  status,
}: Pick<Entry, 'who' | 'subaccount' | 'status'>): string {
  if (who !== null) return whoInWords({ who, subaccount });
  return status === 401 ? 'Credentials refused' : 'Not looked at';
}

/** Returns the tone of a status. */
export function toneOf(status: number): Tone {
  if (status < 400) return 'good';
  return status < 500 ? 'warn' : 'bad';
}

/** Returns the sentence of a refusal; undefined where there is none. */
export function errorOf({ answer }: Pick<Entry, 'answer'>): string | undefined {
  const error = answer?.error;
  return typeof error === 'string' ? error : undefined;
}

/** Returns names with their values, as text. */
export const pairsOf = (values: Readonly<Record<string, unknown>>) =>
  Object.entries(values).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));

/** Returns whether parts of the parameters are not stored: the command then has what stands for them. */
export function isIncomplete({ parameters }: Pick<Entry, 'parameters'>): boolean {
  if (parameters === null) return false;
  return (
    typeof parameters.too_long === 'number' || /"\[(\d+ characters|masked)\]/.test(JSON.stringify(parameters))
  );
}

/** Returns the command that asks the same, with the variables that the server's start shows. */
export function curlOf({ method, path, parameters }: Pick<Entry, 'method' | 'path' | 'parameters'>): string {
  const given = parameters === null || typeof parameters.too_long === 'number' ? {} : parameters;
  const isRead = method === 'GET' || method === 'HEAD';
  const pairs = pairsOf(given).map(({ name, value }): [string, string] => [name, value]);
  const query = isRead && pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : '';
  const body = isRead || pairs.length === 0 ? undefined : JSON.stringify(given);
  return asCurl({ method, path: `/${path}${query}`, body });
}

const uuid = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Returns the address of the messages that were accepted in the second of an `api_id`; undefined for a text that is none. */
export function messagesAt(apiId: string): string | undefined {
  const [, high, low] = uuid.exec(apiId.trim()) ?? [];
  if (high === undefined || low === undefined) return undefined;
  const second = Math.floor(Number.parseInt(`${high}${low}`, 16) / 1000);
  const text = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const query = new URLSearchParams({ message_time__gte: text(second), message_time__lt: text(second + 1) });
  return `/console/messages?${query}`;
}
