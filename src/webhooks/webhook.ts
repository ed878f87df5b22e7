// A call to a customer's URL, and the changes that clients which watch its account receive.
import { readUrl } from '../base/read-url.ts';
import { changesOf } from '../events/account-change.ts';
import type { Notifier } from '../events/notifier.ts';
import { remembering } from './remembering.ts';

export type WebhookMethod = 'GET' | 'POST';
/** The kinds of call: a change of status, an inbound message, the result of a request that named a `callback_url`, a change of an opt-out. */
export type WebhookKind = 'status' | 'inbound' | 'result' | 'opt_out';
/** Names and values in the order in which they are sent. */
export type WebhookParameters = readonly (readonly [name: string, value: string])[];

/** The URL and method that a customer gave. */
export interface CallbackTarget {
  /** As the customer gave it, nothing normalised: its own query is kept, our parameters are not in it. */
  readonly url: string;
  readonly method: WebhookMethod;
}

interface Webhook extends CallbackTarget {
  readonly id: string;
  /** The account or subaccount that owns the message or made the request; its token signs the call. */
  readonly accountId: string;
  readonly mainId: string;
  /** Undefined for the result of a request, and for an opt-out that no message changed. */
  readonly messageId: string | undefined;
  readonly kind: WebhookKind;
  /** True where the parameters may not be kept once the call is done. */
  readonly isPrivate: boolean;
}

export interface NewWebhook extends Webhook {
  readonly parameters: WebhookParameters;
}

/** A call that this process has leased, and may make until the lease ends. */
export interface LeasedWebhook extends Webhook {
  /** Its parameters as they are sent (`form.ts`): thousands may wait, and lists of pairs would keep the collector of garbage busy. */
  readonly form: string;
  /** Host and port of its URL (`hostOf`). */
  readonly host: string;
  /** How often it was tried before. */
  readonly attempts: number;
  readonly leasedUntil: Date;
}

/** The longest name that a host has, with a port. */
const maxNameLength = 255;
/** The host of URLs that cannot be called. */
const noHost = '-';

/** Returns the host and port that a URL leads to, in one spelling. */
export const hostOf = (url: string): string => readHost(url).host;

const readHost = remembering((url) => {
  const { host = '' } = readUrl(url) ?? {};
  return { host: host.slice(0, maxNameLength) || noHost };
});

/** The accounts and the message that a call is about. */
interface AnnouncedWebhook {
  /** The main account or subaccount that owns the message or made the request. */
  readonly accountId: string;
  readonly mainId: string;
}

/** Sends the changes of calls, durable by now, to clients that watch their accounts. */
export function announceWebhooks(calls: readonly AnnouncedWebhook[], notifier: Notifier): void {
  const accounts = calls.map(({ accountId, mainId }) => ({
    mainId,
    subaccountId: accountId === mainId ? undefined : accountId,
  }));
  for (const change of changesOf('webhooks', accounts)) notifier.announce(change);
}
