// One call: signed, sent, judged.
import type { RandomBytes } from '../../base/id.ts';
import type { Timers } from '../../base/timers.ts';
import { type Attempt, judgeAttempt, type LeasedWebhook, refuseAttempt } from '../attempt.ts';
import type { HttpClient } from '../http/http-client.ts';
import { makeRequest, readCallableUrl } from '../http/http-request.ts';
import { makeNonce, signCallback } from '../http/sign.ts';

export interface CallParts {
  readonly client: HttpClient;
  readonly timers: Pick<Timers, 'now'>;
  readonly randomBytes: RandomBytes;
}

/** What signs a call, or why nothing does. */
export type CallTokens = { readonly own: string; readonly main: string } | { readonly missing: string };

/**
 * Makes one attempt at a call, with all six signature headers and a fresh nonce (wire-data-plane section 16). Never rejects:
 * whatever goes wrong is the outcome. A call that nothing signs, or whose URL is none, is not made and has failed for good. Answers
 * `undefined` where the server's own stop cut the call off: that counts as no attempt.
 */
export async function callWebhook(
  { client, timers, randomBytes }: CallParts,
  call: LeasedWebhook,
  tokens: CallTokens,
): Promise<Attempt | undefined> {
  const startedAt = timers.now();
  if ('missing' in tokens) return refuseAttempt(call, startedAt, tokens.missing);
  const url = readCallableUrl(call.url);
  if (url === undefined) return refuseAttempt(call, startedAt, 'the URL is not an http or https URL');
  const nonce = makeNonce(randomBytes);
  const signatures = signCallback({ nonce, ownToken: tokens.own, mainToken: tokens.main, ...call });
  const result = await client.send(makeRequest(call, url, signatures));
  if ('error' in result && result.isCutOff) return undefined;
  return judgeAttempt(call, { nonce, startedAt, endedAt: timers.now() }, result);
}
