// The callback log in words. Pure.
import type { components } from '../../../client/src/schema.ts';

export type Kind = components['schemas']['WebhookSummary']['kind'];
export type Outcome = components['schemas']['WebhookSummary']['outcome'];

export const outcomes = ['pending', 'delivered', 'failed'] as const satisfies readonly Outcome[];

export const kindWords: Readonly<Record<Kind, string>> = {
  status: 'Status change',
  inbound: 'Inbound message',
  result: 'Result of a request',
};

export const outcomeWords = {
  pending: { word: 'Pending', tone: 'info' },
  delivered: { word: 'Delivered', tone: 'good' },
  failed: { word: 'Failed', tone: 'bad' },
} as const satisfies Readonly<Record<Outcome, { readonly word: string; readonly tone: string }>>;

const advice: readonly (readonly [RegExp, string])[] = [
  [
    /^connection refused$/,
    'Nothing listens at this address: is the receiver running, and is the port right?',
  ],
  [
    /^connection closed before/,
    'The receiver hung up in the middle. It may have restarted, or crashed on this request.',
  ],
  [/^host name/, 'The name in the URL leads nowhere: check its spelling, and the DNS of the server.'],
  [/^(host|network) cannot be reached$/, 'There is no way from this server to that address.'],
  [
    /^no answer within/,
    'The receiver was too slow. It should answer first and work afterwards; RUCKSACK_WEBHOOK_TIMEOUT_SECONDS is the limit.',
  ],
  [
    /^certificate/,
    'The server calls only receivers whose certificate it can check: renew it, or use one of a known authority.',
  ],
  [
    /^address /,
    'This server does not call private addresses unless RUCKSACK_WEBHOOK_NETWORKS allows them (docs/operating.md).',
  ],
  [/^redirects are not followed$/, 'Put the address that it redirects to into the URL.'],
  [/^the answer is not 2xx$/, 'Only a status from 200 to 299 says that the receiver has taken it.'],
  [/^the answer is not HTTP$/, 'Something else than a web server listens there: is the port right?'],
  [/^the URL is not/, 'The URL must begin with http:// or https://.'],
];

/** Returns advice on the error of an attempt; `undefined` where there is nothing to add. */
export function adviceOn(error: string): string | undefined {
  return advice.find(([pattern]) => pattern.test(error))?.[1];
}

/** Returns the next event of a callback, without the time. */
export function nextInWords({ outcome, attempts }: { outcome: Outcome; attempts: number }): string {
  if (outcome === 'delivered') return 'The receiver has taken it. Nothing more is sent.';
  if (outcome === 'failed') return 'Given up: it is not tried again unless you replay it.';
  return attempts === 0
    ? 'It is about to be sent.'
    : 'It is tried again: 60, 120 and 240 s apart, then given up.';
}

/** Returns the content of a response, and whether it means something here. */
export function answerInWords(
  { answer, content_type: type }: { answer: string | null; content_type: string | null },
  kind: Kind,
): string {
  const named = type === null || type === '' ? 'without a Content-Type' : `as ${type}`;
  if (answer === null) return `Answered ${named}. The body was not stored, because it may quote the message.`;
  if (answer === '') return 'Answered with an empty body.';
  if (kind !== 'inbound') return `Answered ${named}; it means nothing for a ${kind}. It begins:`;
  return `Answered ${named}. Message XML is sent as a reply, whatever its type; the timeline of the message shows what was not sent. It begins:`;
}
