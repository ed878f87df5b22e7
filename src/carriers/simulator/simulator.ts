// A carrier that needs no carrier: what becomes of a message is said by rules, and everything can be looked at afterwards.
import type { Timers } from '../../base/timers.ts';
import type {
  Carrier,
  CarrierEvents,
  DeliveryReport,
  InboundMessage,
  Submission,
  Unreported,
} from '../carrier.ts';
import { SubmitError, submitFailures } from '../submit-error.ts';
import { nameOf, promisedReport } from './message-name.ts';
import type { RecordLog } from './record-log.ts';
import { Records } from './records.ts';
import { ReportScheduler, type TellerParts, type Telling } from './report-scheduler.ts';
import type { Rule } from './rule.ts';
import { type Fate, type PlannedReport, RuleBook } from './rule-book.ts';

export interface SimulatorParts extends TellerParts {
  /** The same seed decides the same submissions in the same way. */
  readonly seed: number;
  /** Rules at the start; without any, messages are accepted at once and reported as delivered after 100 ms. */
  readonly rules: readonly Rule[];
  readonly log: RecordLog;
}

/** Keeps nothing over a restart but what the names of its messages say; `resume` tells it what it has not reported on. */
export class Simulator implements Carrier {
  readonly name = 'simulator';
  readonly rules: RuleBook;
  readonly records = new Records();
  readonly #timers: Timers;
  readonly #log: RecordLog;
  readonly #teller: ReportScheduler;
  #events: CarrierEvents | undefined;
  #downUntilMs = 0;
  #stopping: Promise<void> | undefined;

  constructor(parts: SimulatorParts) {
    this.rules = new RuleBook(parts.seed, parts.rules);
    this.#timers = parts.timers;
    this.#log = parts.log;
    this.#teller = new ReportScheduler(parts);
  }

  async start(events: CarrierEvents): Promise<void> {
    this.#events = events;
  }

  async submit(submission: Submission): Promise<{ readonly carrierMessageId: string }> {
    const events = this.#connected();
    const at = this.#timers.now();
    const fate = this.#fateOf(submission, at.getTime());
    if (fate.outageMs > 0) this.#downUntilMs = at.getTime() + fate.outageMs;
    const carrierMessageId = nameOf(submission.reference, submission.attempt, fate.report);
    this.#record(submission, at, fate, carrierMessageId);
    if (fate.report !== undefined)
      await this.#report(events, carrierMessageId, fate.report, at, fate.overtake);
    if (fate.failure !== undefined) {
      throw new SubmitError(fate.failure, `a rule of the simulator says ${fate.failure}`, fate.retryAfterMs);
    }
    return { carrierMessageId };
  }

  /** Reports as it had promised; the promise is in the message's name. What is past due is reported now. */
  resume(unreported: readonly Unreported[]): void {
    const events = this.#connected();
    for (const { carrierMessageId, submittedAt } of unreported) {
      const report = promisedReport(carrierMessageId);
      if (report !== undefined) void this.#report(events, carrierMessageId, report, submittedAt, false);
    }
  }

  /**
   * Lets a handset send a message, and answers our identifier of it; `undefined` if nobody has the number it was sent to.
   * Told again every second while the server cannot take it.
   * @throws SubmitError when the simulator stops before that.
   */
  fromHandset(message: InboundMessage): Promise<string | undefined> {
    const at = this.#timers.now();
    return new Promise((resolve, reject) => {
      const events = this.#connected();
      void this.#teller.tellNow({
        tell: async () => {
          const messageId = await events.receive(message);
          const record = { at, message, messageId };
          this.records.inbound.add(record);
          this.#log.inbound(record);
          resolve(messageId);
        },
        drop: () => reject(stopped()),
      });
    });
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#end();
    return this.#stopping;
  }

  async #end(): Promise<void> {
    this.#events = undefined;
    await this.#teller.stop();
    this.#log.close();
  }

  #connected(): CarrierEvents {
    if (this.#events === undefined) throw stopped();
    return this.#events;
  }

  #fateOf(submission: Submission, nowMs: number): Fate {
    if (nowMs >= this.#downUntilMs) return this.rules.decide(submission, nowMs);
    const retryAfterMs = this.#downUntilMs - nowMs;
    return { failure: 'disconnected', retryAfterMs, outageMs: 0, report: undefined, overtake: false };
  }

  #record(submission: Submission, at: Date, { failure }: Fate, name: string): void {
    const hasReached = failure === undefined || submitFailures[failure].doubtful;
    const record = { at, submission, carrierMessageId: hasReached ? name : undefined, failure };
    this.records.submissions.add(record);
    this.#log.submission(record);
  }

  /** Reports on a message when it is time; where the report overtakes, resolves once it was told for the first time. */
  async #report(
    events: CarrierEvents,
    carrierMessageId: string,
    { outcome, errorCode, delayMs, duplicates }: PlannedReport,
    submittedAt: Date,
    overtakes: boolean,
  ): Promise<void> {
    const dueMs = submittedAt.getTime() + delayMs;
    const telling = this.#telling(events, {
      carrierMessageId,
      outcome,
      errorCode: outcome === 'undelivered' ? errorCode : undefined,
      at: new Date(dueMs),
    });
    if (overtakes) await this.#teller.tellNow(telling);
    const later = overtakes ? duplicates : duplicates + 1;
    for (let time = 0; time < later; time++) this.#teller.tellAt(dueMs, telling);
  }

  #telling(events: CarrierEvents, report: DeliveryReport): Telling {
    const telling = {
      tell: async () => {
        const at = this.#timers.now();
        if (at.getTime() < this.#downUntilMs) {
          this.#teller.tellAt(this.#downUntilMs, telling);
          return;
        }
        await events.report(report);
        this.records.reports.add({ at, report });
        this.#log.report({ at, report });
      },
      // It is promised in the message's name, and told after the next start.
      drop() {},
    };
    return telling;
  }
}

const stopped = () => new SubmitError('disconnected', 'the simulator has stopped');
