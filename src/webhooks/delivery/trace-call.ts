// The span of a call, in the trace of the message that it is about. The URL gets the context in the headers of W3C Trace Context.
import type { TraceContext, Tracer } from '../../base/tracer.ts';
import type { Attempt } from '../attempt.ts';
import type { CutOffSwitch } from '../http/cut-off-switch.ts';
import type { LeasedWebhook } from '../webhook.ts';
import { type CallParts, type CallTokens, callWebhook } from './call-webhook.ts';

export interface CallTracing {
  readonly tracer: Tracer;
  /** Returns the trace context of a message, if it has one. It is a function of `src/messages/`, a higher layer. */
  readonly contextOf: (messageId: string) => Promise<TraceContext | undefined>;
}

/** Makes one attempt at a call (`callWebhook`) as a span. */
export async function callTraced(
  { tracer, contextOf }: CallTracing,
  parts: CallParts,
  call: LeasedWebhook,
  tokens: CallTokens,
  cutOff?: CutOffSwitch,
): Promise<Attempt | undefined> {
  const { id, kind, host, messageId } = call;
  const parent = messageId === undefined ? undefined : await contextOf(messageId);
  const span = tracer.start('callback', 'client', parent, {
    'rucksack.webhook_uuid': id,
    'rucksack.kind': kind,
    'rucksack.attempt': call.attempts + 1,
    'server.address': host,
    'http.request.method': call.method,
  });
  const attempt = await callWebhook(parts, call, tokens, cutOff, span.context);
  const { status, error } = attempt?.record ?? { status: null, error: 'cut off' };
  span.end({ 'http.response.status_code': status ?? undefined }, error ?? undefined);
  return attempt;
}
