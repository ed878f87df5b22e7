// A customer's send request: one text or picture message to one or more destinations. Pure.
import type { Scope } from '../http/endpoint.ts';
import type { MessagePriority } from '../powerpacks/message-priority.ts';
import type { PhoneNumber } from '../telecom/e164.ts';
import type { Service } from '../telecom/service.ts';
import type { CallbackTarget } from '../webhooks/webhook.ts';
import type { LogLevel, MessageDetails } from './message.ts';

/** Seconds that a message may wait by default (wire-data-plane section 3.1). */
export const defaultExpirySeconds = 10_800;
/**
 * How many days ahead a message may be scheduled, as at Twilio (`SendAt`: 15 minutes to 35 days, 500,000 messages an account); Telnyx takes five
 * days (`send_at`). Bandwidth has nothing of the kind.
 */
export const maxScheduledDays = 35;
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
  /** Whether the customer named them: else they count from the moment at which the message may go (`expiresAt`). */
  readonly hasOwnExpiry?: boolean;
  /** The priority that the customer named: else that of the powerpack. */
  readonly priority?: MessagePriority | undefined;
  /** The moment that the customer named, before which it does not go. */
  readonly sendAt?: Date | undefined;
  /** Of a message that has waited for its moment: when it was accepted, and from when on it may go. */
  readonly waited?: { readonly acceptedAt: Date; readonly until: Date };
  readonly requesterIp: string | undefined;
  /** For the server's own answer to a keyword: it is sent in spite of an opt-out. */
  readonly passesOptOut?: boolean;
  readonly details: MessageDetails;
}

/** Returns the moment from which the messages of a request may get send slots. */
export const opensAt = ({ sendAt, waited }: Pick<SendRequest, 'sendAt' | 'waited'>, now: Date): Date =>
  waited?.until ?? (sendAt !== undefined && sendAt > now ? sendAt : now);

const secondMs = 1000;

/**
 * Returns when a message expires that may go from `opens` on. A validity that the customer named counts from the acceptance, or from the
 * moment that the request named; the usual one begins when the message may go.
 */
export function expiresAt(request: SendRequest, opens: Date, now: Date): Date {
  const named = request.sendAt ?? request.waited?.acceptedAt ?? now;
  const from = request.hasOwnExpiry === true ? named : opens;
  return new Date(from.getTime() + request.expirySeconds * secondMs);
}

/** The result of a send request: a message for each destination, in order; `undefined` where none of the senders reaches it. */
export type Acceptance = readonly { readonly given: string; readonly messageId: string | undefined }[];
