// The contract of a carrier, the next hop to the telephone network. Carriers know no message, no powerpack, no database.

import type { Service } from '../telecom/service.ts';

/** One message for the network. */
export interface Submission {
  /** Ours, the same at every attempt, so that a carrier that can tell repetitions apart does. */
  readonly reference: string;
  /** 1 at first. */
  readonly attempt: number;
  /** Digits of a number or short code, or a name of up to eleven letters and digits. */
  readonly sender: string;
  /** E.164 digits. */
  readonly destination: string;
  readonly service: Service;
  readonly text: string;
  readonly segments: number;
  readonly mediaUrls: readonly string[];
}

/** What became of a message, as the carrier says later. */
export interface DeliveryReport {
  /** The name that `submit` answered. */
  readonly carrierMessageId: string;
  readonly outcome: 'delivered' | 'undelivered';
  /** Of what was not delivered (wire-data-plane section 8). */
  readonly errorCode: number | undefined;
  readonly at: Date;
}

/** A message from a handset to one of our numbers. Parts of a long one are joined already. */
export interface InboundMessage {
  /** The carrier's name for it, by which a repetition is known. */
  readonly carrierMessageId: string;
  readonly sender: string;
  readonly destination: string;
  readonly service: Service;
  readonly text: string;
  readonly mediaUrls: readonly string[];
}

/** Whom a carrier tells. Both resolve once what they were told is durable: only then may the carrier acknowledge it. */
export interface CarrierEvents {
  report(report: DeliveryReport): Promise<void>;
  /** Resolves with our identifier of the message; `undefined` if nobody here has that number. */
  receive(message: InboundMessage): Promise<string | undefined>;
}

/** What this carrier took and has not reported on, told to it after a restart. */
export interface Unreported {
  readonly carrierMessageId: string;
  readonly submission: Submission;
  readonly submittedAt: Date;
}

export interface Carrier {
  readonly name: string;
  start(events: CarrierEvents): Promise<void>;
  /**
   * Hands one message over; resolves once the carrier has taken it, with the carrier's name for it.
   * @throws SubmitError, which says whether to try again.
   */
  submit(submission: Submission): Promise<{ readonly carrierMessageId: string }>;
  /** For a carrier that forgets when this process ends (the simulator): goes on with what it had taken. */
  resume?(unreported: readonly Unreported[]): void;
  /** Takes nothing more and ends its connections. */
  stop(): Promise<void>;
}
