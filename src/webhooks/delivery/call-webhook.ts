// One attempt at a call: signing, sending, and its outcome.
import type { RandomBytes } from '../../base/id.ts';
import type { Timers } from '../../base/timers.ts';
import type { TraceContext } from '../../base/tracer.ts';
import { type Attempt, judgeAttempt, refuseAttempt } from '../attempt.ts';
import { readForm } from '../form.ts';
import type { CutOffSwitch } from '../http/cut-off-switch.ts';
import type { HttpClient } from '../http/http-client.ts';
import { makeRequest, readTarget } from '../http/http-request.ts';
import { type FormerTokens, makeNonce, signCallback } from '../http/sign.ts';
import type { LeasedWebhook } from '../webhook.ts';

export interface CallParts {
  readonly client: HttpClient;
  readonly timers: Pick<Timers, 'now'>;
  readonly randomBytes: RandomBytes;
}

/** The tokens that sign a call, or the reason why there are none. */
export type CallTokens =
  | { readonly own: string; readonly main: string; readonly former: FormerTokens | undefined }
  | { readonly missing: string };

/**
 * Makes one attempt at a call, with all six signature headers and a fresh nonce (wire-data-plane section 16). Never rejects: every error
 * becomes the outcome. A call without tokens, or whose URL cannot be called, is not made and has failed. Returns `undefined` where the
 * server's own stop, or `cutOff`, cut the call off: that counts as no attempt. Signatures are of the URL and the parameters: the headers of a
 * `trace` leave them as they are.
 */
export async function callWebhook(
  { client, timers, randomBytes }: CallParts,
  call: LeasedWebhook,
  tokens: CallTokens,
  cutOff?: CutOffSwitch,
  trace?: TraceContext,
): Promise<Attempt | undefined> {
  const startedAt = timers.now();
  if ('missing' in tokens) return refuseAttempt(call, startedAt, tokens.missing);
  const target = readTarget(call.url);
  if (target === undefined) return refuseAttempt(call, startedAt, 'the URL is not an http or https URL');
  const nonce = makeNonce(randomBytes);
  const { url, method, form } = call;
  const { own: ownToken, main: mainToken, former } = tokens;
  const parameters = readForm(form);
  const signatures = signCallback({ url, method, parameters, nonce, ownToken, mainToken, former });
  const headers = trace === undefined ? signatures : { ...signatures, ...trace };
  const result = await client.send(makeRequest(call, target, headers), cutOff);
  if ('error' in result && result.isCutOff) return undefined;
  return judgeAttempt(call, { nonce, startedAt, endedAt: timers.now() }, result);
}
