// The latest submissions, reports and inbound messages of the simulator, kept in memory for inspection.
import type { DeliveryReport, InboundMessage, Submission } from '../carrier.ts';
import type { SubmitFailure } from '../submit-error.ts';

export interface SubmissionRecord {
  readonly at: Date;
  readonly submission: Submission;
  /** `undefined` when the simulator did not take the message. */
  readonly names: readonly string[];
  readonly failure: SubmitFailure | undefined;
}

/** A delivery report that the server has stored. */
export interface ReportRecord {
  readonly at: Date;
  readonly report: DeliveryReport;
}

export interface InboundRecord {
  readonly at: Date;
  readonly message: InboundMessage;
  /** Our message id; `undefined` when no account has the number. */
  readonly messageId: string | undefined;
}

/** For each kind of record. */
const maxRecords = 10_000;

/** The last 10,000 submissions, refused or not, reports and inbound messages since the start; in memory only. */
export class Records {
  readonly submissions = new Last<SubmissionRecord>(maxRecords);
  readonly reports = new Last<ReportRecord>(maxRecords);
  readonly inbound = new Last<InboundRecord>(maxRecords);
}

/** A ring buffer of the latest items. */
export class Last<Item> {
  readonly #most: number;
  readonly #ring: Item[] = [];
  #added = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(item: Item): void {
    this.#ring[this.#added % this.#most] = item;
    this.#added += 1;
  }

  newestFirst(): Item[] {
    const newest = this.#added % this.#most;
    return [...this.#ring.slice(newest), ...this.#ring.slice(0, newest)].reverse();
  }
}
