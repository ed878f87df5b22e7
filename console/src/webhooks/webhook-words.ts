// The callback log in words. Pure.
import type { components } from '../../../client/src/schema.ts';

export type Kind = components['schemas']['WebhookSummary']['kind'];
type Outcome = components['schemas']['WebhookSummary']['outcome'];

export const outcomes = ['pending', 'delivered', 'failed'] as const satisfies readonly Outcome[];

export const kindWords: Readonly<Record<Kind, string>> = {
  status: 'Status change',
  inbound: 'Inbound message',
  result: 'Result of a request',
  opt_out: 'Change of an opt-out',
};

export const outcomeWords = {
  pending: { word: 'Pending', tone: 'info' },
  delivered: { word: 'Delivered', tone: 'good' },
  failed: { word: 'Failed', tone: 'bad' },
} as const satisfies Readonly<Record<Outcome, { readonly word: string; readonly tone: string }>>;

const advice: readonly (readonly [RegExp, string])[] = [
  [
    /^connection refused$/,
    'Nothing listens at this address: is the application running, and is the port right?',
  ],
  [
    /^connection closed before/,
    'The host closed the connection. It may have restarted, or crashed on this request.',
  ],
  [/^host name/, 'The host name in the URL does not resolve: check its spelling, and the DNS of the server.'],
  [/^(host|network) cannot be reached$/, 'This server has no route to that address.'],
  [
    /^no answer within/,
    'The host was too slow. It should respond first and work afterwards; RUCKSACK_WEBHOOK_TIMEOUT_SECONDS is the limit.',
  ],
  [/^certificate/, 'The certificate could not be verified: renew it, or use one of a known authority.'],
  [
    /^address /,
    'This server does not call private addresses unless RUCKSACK_WEBHOOK_NETWORKS allows them (docs/operating.md).',
  ],
  [/^redirects are not followed$/, 'Put the address that it redirects to into the URL.'],
  [/^the answer is not 2xx$/, 'Only a status from 200 to 299 counts as delivered.'],
  [/^the answer is not HTTP$/, 'That port does not speak HTTP: is it the right one?'],
  [/^the URL is not/, 'The URL must begin with http:// or https://.'],
];

/** Returns the response to the last attempt: its status, and what was wrong with it. */
export function responseInWords({ status, error }: { status: number | null; error: string | null }): string {
  if (status === null) return error ?? '–';
  return error === null ? String(status) : `${status}: ${error}`;
}

/** Returns advice on the error of an attempt; `undefined` where there is nothing to add. */
export function adviceOn(error: string): string | undefined {
  return advice.find(([pattern]) => pattern.test(error))?.[1];
}

/** Returns the next event of a callback, without the time. */
export function nextInWords({ outcome, attempts }: { outcome: Outcome; attempts: number }): string {
  if (outcome === 'delivered') return 'Delivered. Nothing more is sent.';
  if (outcome === 'failed') return 'Failed: no more attempts unless you replay it.';
  return attempts === 0
    ? 'The first attempt is due.'
    : 'Attempts are repeated 60, 120 and 240 s apart; then it has failed.';
}

/** Returns the content of a response, and whether it means something here. */
export function answerInWords(
  { answer, content_type: type }: { answer: string | null; content_type: string | null },
  kind: Kind,
): string {
  const named = type === null || type === '' ? 'without a Content-Type' : `as ${type}`;
  if (answer === null) return `Response ${named}. The body was not stored, because it may quote the message.`;
  if (answer === '') return 'Empty response.';
  if (kind !== 'inbound') return `Response ${named}; it is ignored for a ${kind} callback. It begins:`;
  return `Response ${named}. Message XML is sent as a reply, whatever its type; the timeline of the message shows what was not sent. It begins:`;
}

/** Returns a reason of failed callbacks, and how many of them it has where it has not all. */
export function reasonInWords(
  { status, error, calls }: { status: number | null; error: string; calls: number },
  of: number,
): string {
  const words = status === null ? error : `HTTP ${status}`;
  return calls === of ? words : `${words} (${calls})`;
}
