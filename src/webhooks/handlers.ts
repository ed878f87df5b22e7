// Functions of higher layers that run in the transaction which records the outcome of a call.
import type { Transaction } from '../db/db.ts';
import type { HttpAnswer } from './http/http-client.ts';
import type { LeasedWebhook } from './webhook.ts';

export interface DeliveredWebhook {
  readonly call: LeasedWebhook;
  /** The message that the call is about. */
  readonly messageId: string;
  /** The response, which was 2xx. */
  readonly answer: HttpAnswer;
  readonly at: Date;
}

export interface FailedWebhook {
  readonly call: LeasedWebhook;
  readonly messageId: string;
  /** Of the last attempt; null when there was no response. */
  readonly status: number | null;
  /** The reason why the last attempt failed. */
  readonly error: string | null;
  readonly at: Date;
}

/**
 * Handlers of calls that are done. A handler gets a call once for each outcome that is recorded, as a part of that transaction. The
 * transaction may be run again, so a handler does nothing but database work. If it throws, nothing is recorded, and the call is made
 * again once its lease has run out. Calls of other kinds have no handler.
 */
export interface WebhookHandlers {
  readonly inbound: {
    delivered(tx: Transaction, calls: readonly DeliveredWebhook[]): Promise<void>;
    failed(tx: Transaction, calls: readonly FailedWebhook[]): Promise<void>;
  };
}
