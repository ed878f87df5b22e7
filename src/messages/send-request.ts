// A customer's send request: one text or picture message to one or more destinations. Pure.
import type { Scope } from '../http/endpoint.ts';
import type { PhoneNumber } from '../telecom/e164.ts';
import type { Service } from '../telecom/service.ts';
import type { CallbackTarget } from '../webhooks/webhook.ts';
import type { LogLevel, MessageDetails } from './message.ts';

/** Seconds that a message may wait by default (wire-data-plane section 3.1). */
export const defaultExpirySeconds = 10_800;
/** The most destinations of one send request. */
export const maxDestinations = 1000;
/** The most files of one send request. */
export const maxMedia = 10;

/** The sender: a powerpack chooses one of its numbers, or the customer names a number. */
export type From =
  | { readonly kind: 'powerpack'; readonly uuid: string }
  | { readonly kind: 'number'; readonly sender: string };

/** Returns a written sender as it is stored: a number without its `+` and punctuation. Empty where nothing is left. */
export const plainSender = (written: string): string => written.replace(/[^A-Za-z0-9]/g, '');

/** A file that the carrier will fetch: an uploaded one, or one on the customer's own server. */
export type OrderedMedia = { readonly mediaId: string } | { readonly url: string };

/** A number, with the customer's own spelling where it is to be returned. */
export interface RequestedDestination extends PhoneNumber {
  readonly given?: string;
}

export interface SendRequest {
  /** The scope of the HTTP request; an unconfirmed one is confirmed when the send request is accepted. */
  readonly scope?: Scope;
  /** The main account, and the subaccount of the request. */
  readonly accountId: string;
  readonly subaccountId: string | undefined;
  readonly from: From;
  /** Each once, in the given order. */
  readonly destinations: readonly RequestedDestination[];
  readonly service: Service;
  readonly text: string;
  readonly media: readonly OrderedMedia[];
  readonly callback: CallbackTarget | undefined;
  readonly log: LogLevel;
  /** Seconds after which it expires. */
  readonly expirySeconds: number;
  readonly requesterIp: string | undefined;
  /** For the server's own answer to a keyword: it is sent in spite of an opt-out. */
  readonly passesOptOut?: boolean;
  readonly details: MessageDetails;
}

/** The result of a send request: a message for each destination, in order; `undefined` where none of the senders reaches it. */
export type Acceptance = readonly { readonly given: string; readonly messageId: string | undefined }[];
