// What went over the simulator's air, for inspection: the last of each kind.
import type { DeliveryReport, InboundMessage, Submission } from '../carrier.ts';
import type { SubmitFailure } from '../submit-error.ts';

export interface SubmissionRecord {
  readonly at: Date;
  readonly submission: Submission;
  /** `undefined` where the network did not get it. */
  readonly carrierMessageId: string | undefined;
  readonly failure: SubmitFailure | undefined;
}

/** A report that was told and taken. */
export interface ReportRecord {
  readonly at: Date;
  readonly report: DeliveryReport;
}

export interface InboundRecord {
  readonly at: Date;
  readonly message: InboundMessage;
  /** The identifier that it was given; `undefined` when nobody has that number. */
  readonly messageId: string | undefined;
}

/** Of each kind. */
const maxRecords = 10_000;

/** The last 10,000 submissions, refused or not, reports and inbound messages since the start; in memory only. */
export class Records {
  readonly submissions = new Last<SubmissionRecord>(maxRecords);
  readonly reports = new Last<ReportRecord>(maxRecords);
  readonly inbound = new Last<InboundRecord>(maxRecords);
}

/** The last things that were added, in a ring. */
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
