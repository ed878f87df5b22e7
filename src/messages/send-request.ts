// What a customer asks for: one text or picture message to one or more destinations. Pure.
import type { Scope } from '../http/endpoint.ts';
import type { PhoneNumber } from '../telecom/e164.ts';
import type { Service } from '../telecom/service.ts';
import type { CallbackTarget } from '../webhooks/webhook.ts';
import type { LogLevel, MessageDetails } from './message.ts';

/** Seconds for which a message may wait by default (wire-data-plane section 3.1). */
export const defaultExpirySeconds = 10_800;
/** The most destinations of one send request. */
export const maxDestinations = 1000;
/** The most files of one send request. */
export const maxMedia = 10;

/** Who sends: a powerpack chooses one of its numbers, or the customer names a number. */
export type From =
  | { readonly kind: 'powerpack'; readonly uuid: string }
  | { readonly kind: 'number'; readonly sender: string };

/** A sender as it is kept, from what was written: a number without its `+` and punctuation. Empty where nothing is left. */
export const plainSender = (written: string): string => written.replace(/[^A-Za-z0-9]/g, '');

/** A file that the carrier is to fetch: one that was uploaded, or one on the customer's own server. */
export type OrderedMedia = { readonly mediaId: string } | { readonly url: string };

/** A number, with what the customer wrote for it where that is to be told. */
export interface RequestedDestination extends PhoneNumber {
  readonly given?: string;
}

export interface SendRequest {
  /** Who asks over HTTP; what is accepted for somebody unconfirmed is confirmed with it. */
  readonly scope?: Scope;
  /** The main account, and the subaccount that asks. */
  readonly accountId: string;
  readonly subaccountId: string | undefined;
  readonly from: From;
  /** Each once, in the order given. */
  readonly destinations: readonly RequestedDestination[];
  readonly service: Service;
  readonly text: string;
  readonly media: readonly OrderedMedia[];
  readonly callback: CallbackTarget | undefined;
  readonly log: LogLevel;
  /** Seconds after which it is no longer to be sent. */
  readonly expirySeconds: number;
  readonly requesterIp: string | undefined;
  /** What the server itself says to a keyword: whoever opted out has asked for it. */
  readonly passesOptOut?: boolean;
  readonly details: MessageDetails;
}

/** What became of a send request: a message for each destination, in order; `undefined` where none of the senders reaches it. */
export type Acceptance = readonly { readonly given: string; readonly messageId: string | undefined }[];
