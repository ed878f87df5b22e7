// A message: its statuses and their order. Pure.
import type { TraceContext } from '../base/tracer.ts';
import type { Service } from '../telecom/service.ts';
import type { CallbackTarget } from '../webhooks/webhook.ts';

export type Direction = 'outbound' | 'inbound';
export type Status = 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'received';
/** Which parts of a message are stored for its sender to read (wire-data-plane section 15). */
export type LogLevel = 'true' | 'false' | 'content_only' | 'number_only';

/** The statuses that may follow each status. */
export type NextStatuses = Readonly<Partial<Record<Status, readonly Status[]>>>;

/**
 * The statuses of a direction, and which may follow which. A status only goes forwards (wire-data-plane section 7). An inbound
 * message whose webhook failed is delivered after all when the webhook is replayed and answered.
 */
export const nextStatuses: Readonly<Record<Direction, NextStatuses>> = {
  outbound: { queued: ['sent', 'failed'], sent: ['delivered', 'undelivered'] },
  inbound: { received: ['delivered', 'undelivered'], undelivered: ['delivered'] },
};

/** The final statuses. `sent` may stay the last when no report ever comes. */
export const finalStatuses: readonly Status[] = ['delivered', 'undelivered', 'failed'];

/** Returns whether the level stores the text, for as long as texts are stored. */
export const keepsText = (log: LogLevel): boolean => log === 'true' || log === 'content_only';

/** Returns whether the level stores the other side's whole number. */
export const keepsNumber = (log: LogLevel): boolean => log === 'true' || log === 'number_only';

/** Returns a number without its last three digits, as it is shown where it may not be stored whole. */
export const maskNumber = (number: string): string => `${number.slice(0, -3)}***`;

/** Details that few messages have. */
export interface MessageDetails {
  readonly dltEntityId?: string | undefined;
  readonly dltTemplateId?: string | undefined;
  readonly dltTemplateCategory?: string | undefined;
  readonly trackable?: boolean | undefined;
  /** Of a message without a request: the message that it answers, for a keyword or for an application's XML. */
  readonly answerTo?: string | undefined;
  /** The 10DLC campaign that it goes for. */
  readonly campaignId?: string | undefined;
  /** Of the operator's test message: its carrier, whatever the routes are. */
  readonly carrier?: string | undefined;
  /** Of its acceptance, where tracing is on. */
  readonly trace?: TraceContext | undefined;
  /** The moment that the request named, as ISO 8601. */
  readonly sendAt?: string | undefined;
  /** Of a message that waits for its moment: the validity that the request named, in seconds. */
  readonly expirySeconds?: number | undefined;
  /** Seconds before each retry of a call about it, where it has a schedule of its own (`message_retries`). */
  readonly callbackRetrySeconds?: readonly number[] | undefined;
  /** `bulk` of a bulk message; any other is transactional. */
  readonly priority?: 'bulk' | undefined;
}

/** A message as it is stored. */
export interface Message {
  readonly id: string;
  /** The main account. */
  readonly accountId: string;
  readonly subaccountId: string | undefined;
  readonly direction: Direction;
  readonly status: Status;
  readonly service: Service;
  readonly sender: string;
  readonly destination: string;
  /** Of the destination of an outbound message, of the sender of an inbound one. */
  readonly countryIso2: string;
  readonly segments: number;
  readonly log: LogLevel;
  readonly powerpackUuid: string | undefined;
  /** A code of `error-codes.ts`, 0 after a positive report. */
  readonly errorCode: number | undefined;
  readonly acceptedAt: Date;
  /** The send slot that it got from its number. */
  readonly dueAt: Date | undefined;
  readonly sentAt: Date | undefined;
  readonly finishedAt: Date | undefined;
  readonly updatedAt: Date | undefined;
  /** Where changes of status are called back. */
  readonly callback: CallbackTarget | undefined;
  /** How many status callbacks it has had so far. */
  readonly callbacks: number;
  readonly requesterIp: string | undefined;
  readonly carrier: string | undefined;
  readonly details: MessageDetails;
}

/** Returns the account that a message belongs to: the subaccount where there is one. */
export const ownerOf = ({ accountId, subaccountId }: Pick<Message, 'accountId' | 'subaccountId'>): string =>
  subaccountId ?? accountId;
