// What the rooms above do with the outcome of a call, in the transaction that writes it.
import type { Transaction } from '../db/db.ts';
import type { LeasedWebhook } from './attempt.ts';
import type { HttpAnswer } from './http/http-client.ts';

export interface DeliveredWebhook {
  readonly call: LeasedWebhook;
  /** The message that the call told of. */
  readonly messageId: string;
  /** The answer, which was 2xx. */
  readonly answer: HttpAnswer;
  readonly at: Date;
}

export interface FailedWebhook {
  readonly call: LeasedWebhook;
  readonly messageId: string;
  /** Of the last attempt; null when there was no answer. */
  readonly status: number | null;
  /** Why the last attempt failed. */
  readonly error: string | null;
  readonly at: Date;
}

/**
 * Told of calls that are done. A handler sees a call once for each outcome that is written, because it is a part of that
 * transaction, which may be run again: it does nothing but database work. If it throws, nothing is written, and the call is
 * made again once its lease has run out. Nothing follows from the calls of other kinds.
 */
export interface WebhookHandlers {
  readonly inbound: {
    delivered(tx: Transaction, calls: readonly DeliveredWebhook[]): Promise<void>;
    failed(tx: Transaction, calls: readonly FailedWebhook[]): Promise<void>;
  };
}
