// A change of an opt-out, why it came about, and how the customer is called about it. Pure.
import type { WebhookParameters } from '../../webhooks/webhook.ts';
import { senderOfQueue } from '../queue-name.ts';
import type { NewOptOut } from './opt-out.ts';

/** Where an opt-out, or a change of one, comes from: a message of the person, a request, a file. */
export const optOutSources = ['message', 'api', 'import'] as const;
export type OptOutSource = (typeof optOutSources)[number];

/** Why an opt-out came or went. */
export interface Cause {
  readonly source: OptOutSource;
  readonly reason?: string | undefined;
  /** The person or program that did it: as the request says, else the caller. */
  readonly author?: string | undefined;
  /** The message that the person wrote. */
  readonly messageId?: string | undefined;
}

export const optOutChangeKinds = ['added', 'widened', 'narrowed', 'removed'] as const;

/** An opt-out as a change left it, or as it was when it was removed. */
export interface OptOutChange extends NewOptOut {
  readonly change: (typeof optOutChangeKinds)[number];
  readonly cause: Cause;
}

/** Returns the parameters of the callback for a change. */
export function optOutCallbackParameters(
  { change, destination, scope, queue, powerpackUuid, cause }: OptOutChange,
  now: Date,
): WebhookParameters {
  return [
    ['Event', `opt_out_${change}`],
    ['Destination', destination],
    ['Scope', scope],
    ['Number', queue === undefined ? '' : senderOfQueue(queue)],
    ['PowerpackUUID', powerpackUuid ?? ''],
    ['Source', cause.source],
    ['Reason', cause.reason ?? ''],
    ['Author', cause.author ?? ''],
    ['MessageUUID', cause.messageId ?? ''],
    ['Time', now.toISOString()],
  ];
}
