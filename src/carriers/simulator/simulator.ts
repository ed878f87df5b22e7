// A carrier without a network: rules decide the outcome of each message, and everything is recorded for inspection.
import type { Timers } from '../../base/timers.ts';
import type {
  Carrier,
  CarrierEvents,
  CarrierStatus,
  DeliveryReport,
  InboundMessage,
  Submission,
  Taken,
  Unreported,
} from '../carrier.ts';
import { SubmitError, submitFailures } from '../submit-error.ts';
import { makeMessageName, namesPart, readMessageName } from './message-name.ts';
import type { RecordLog } from './record-log.ts';
import { Records } from './records.ts';
import { type Delivery, ReportScheduler, type ReportSchedulerParts } from './report-scheduler.ts';
import type { Rule } from './rule.ts';
import { type Decision, type PlannedReport, RuleBook, refusal } from './rule-book.ts';

interface SimulatorParts extends ReportSchedulerParts {
  /** The same seed gives the same decisions for the same submissions. */
  readonly seed: number;
  /** Rules at the start; without any, messages are accepted at once and reported as delivered after 100 ms. */
  readonly rules: readonly Rule[];
  readonly log: RecordLog;
}

/** A message, or a part of one, that was taken. */
interface TakenMessage {
  readonly accountId: string;
  readonly name: string;
  readonly at: Date;
}

/** Keeps nothing over a restart: message ids contain the planned reports, and `resume` lists the messages without one. */
export class Simulator implements Carrier {
  readonly name = 'simulator';
  readonly services = ['sms', 'mms'] as const;
  /** Of the whole server. */
  readonly rules: RuleBook;
  readonly records = new Records();
  readonly #timers: Timers;
  readonly #log: RecordLog;
  readonly #scheduler: ReportScheduler;
  readonly #seed: number;
  /** By main account: rules for its messages alone, tried before those of the server. */
  readonly #ownRules = new Map<string, RuleBook>();
  #events: CarrierEvents | undefined;
  #downUntilMs = 0;
  #isDraining = false;
  #stopping: Promise<void> | undefined;

  constructor(parts: SimulatorParts) {
    this.#seed = parts.seed;
    this.rules = new RuleBook(parts.seed, parts.rules);
    this.#timers = parts.timers;
    this.#log = parts.log;
    this.#scheduler = new ReportScheduler(parts);
  }

  async start(events: CarrierEvents): Promise<void> {
    this.#events = events;
  }

  room(): number {
    return this.#events === undefined || this.#isDraining ? 0 : Number.POSITIVE_INFINITY;
  }

  status(): CarrierStatus {
    const isDown = this.#events === undefined || this.#timers.now().getTime() < this.#downUntilMs;
    return {
      state: isDown ? 'down' : this.#isDraining ? 'draining' : 'up',
      room: isDown ? 0 : this.room(),
      lastError: undefined,
      counts: {},
    };
  }

  drain(): void {
    this.#isDraining = true;
  }

  resumeTaking(): void {
    this.#isDraining = false;
    this.#events?.room();
  }

  async submit(submission: Submission, onWay = () => {}): Promise<Taken> {
    const events = this.#connected();
    onWay();
    const at = this.#timers.now();
    const decision = this.#decide(submission, at.getTime());
    const { report, overtake, outageMs, failure, retryAfterMs, progress } = decision;
    if (outageMs > 0) this.#downUntilMs = at.getTime() + outageMs;
    const taken = takenOf(submission, decision);
    this.#record(submission, at, decision, taken);
    const { accountId } = submission;
    if (progress) for (const { name } of taken.parts) this.#reportProgress(events, accountId, name, at);
    if (report !== undefined)
      await Promise.all(
        taken.parts.map(({ name }) => this.#report(events, { accountId, name, at }, report, overtake)),
      );
    if (failure === undefined) return taken;
    const isUnknown = submitFailures[failure].outcomeUnknown;
    if (decision.lateMs > 0) this.#answerLate(events, submission, taken, at.getTime() + decision.lateMs);
    const facts = { retryAfterMs, taken: isUnknown || taken.parts.length === 0 ? undefined : taken };
    throw new SubmitError(failure, `a rule of the simulator says ${failure}`, facts);
  }

  /** Schedules the reports that the message ids plan; those past due are delivered now. */
  resume(unreported: readonly Unreported[]): void {
    const events = this.#connected();
    for (const { name, submittedAt: at, submission } of unreported) {
      const report = readMessageName(name);
      const { accountId } = submission;
      if (report !== undefined) void this.#report(events, { accountId, name, at }, report, false);
    }
  }

  /**
   * Sends a message from a handset; resolves with our message id, or `undefined` when no account has the destination.
   * Repeated every second while the server fails to store it.
   * @throws SubmitError when the simulator stops before that.
   */
  fromHandset(message: InboundMessage): Promise<string | undefined> {
    const at = this.#timers.now();
    return new Promise((resolve, reject) => {
      const events = this.#connected();
      void this.#scheduler.deliverNow({
        accountId: undefined,
        deliver: async () => {
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

  /** Returns the rules of a main account, for its messages alone. */
  ownRules(accountId: string): RuleBook {
    const known = this.#ownRules.get(accountId);
    if (known !== undefined) return known;
    const own = new RuleBook(this.#seed, []);
    this.#ownRules.set(accountId, own);
    return own;
  }

  /** Drops the reports that it owes an account, and the rules of the account. */
  forget(accountId: string): void {
    this.#ownRules.delete(accountId);
    this.#scheduler.forget(accountId);
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#end();
    return this.#stopping;
  }

  async #end(): Promise<void> {
    this.#events = undefined;
    await this.#scheduler.stop();
    this.#log.close();
  }

  #connected(): CarrierEvents {
    if (this.#events === undefined) throw stopped();
    return this.#events;
  }

  #decide(submission: Submission, nowMs: number): Decision {
    if (nowMs >= this.#downUntilMs) {
      const own = this.#ownRules.get(submission.accountId)?.find(submission, nowMs);
      return own ?? this.rules.decide(submission, nowMs);
    }
    const retryAfterMs = this.#downUntilMs - nowMs;
    return refusal('disconnected', retryAfterMs);
  }

  #record(submission: Submission, at: Date, { failure }: Decision, { parts }: Taken): void {
    const record = { at, submission, names: parts.map(({ name }) => name), failure };
    this.records.submissions.add(record);
    this.#log.submission(record);
  }

  /** Schedules the answer to a submission that has failed without one. */
  #answerLate(events: CarrierEvents, submission: Submission, taken: Taken, dueMs: number): void {
    const { accountId, reference, attempt } = submission;
    this.#scheduler.deliverAt(dueMs, {
      accountId,
      deliver: () => events.taken({ reference, attempt, ...taken }),
      drop() {},
    });
  }

  /** Schedules the report of an intermediate state. */
  #reportProgress(events: CarrierEvents, accountId: string, name: string, at: Date): void {
    const report = { ...reportOf(name, at), outcome: 'progress', detail: 'ENROUTE' } as const;
    this.#scheduler.deliverAt(at.getTime(), this.#deliveryOf(events, accountId, report));
  }

  /** Schedules the reports on a message; one that overtakes the answer is delivered first, and awaited. */
  async #report(
    events: CarrierEvents,
    { accountId, name, at }: TakenMessage,
    { outcome, errorCode, delayMs, duplicates }: PlannedReport,
    overtakes: boolean,
  ): Promise<void> {
    const dueMs = at.getTime() + delayMs;
    const delivery = this.#deliveryOf(events, accountId, {
      ...reportOf(name, new Date(dueMs)),
      outcome,
      errorCode: outcome === 'undelivered' ? errorCode : undefined,
    });
    if (overtakes) await this.#scheduler.deliverNow(delivery);
    const later = overtakes ? duplicates : duplicates + 1;
    for (let time = 0; time < later; time++) this.#scheduler.deliverAt(dueMs, delivery);
  }

  #deliveryOf(events: CarrierEvents, accountId: string, report: DeliveryReport): Delivery {
    const delivery = {
      accountId,
      deliver: async () => {
        const at = this.#timers.now();
        if (at.getTime() < this.#downUntilMs) {
          this.#scheduler.deliverAt(this.#downUntilMs, delivery);
          return;
        }
        await events.report(report);
        this.records.reports.add({ at, report });
        this.#log.report({ at, report });
      },
      // The message id contains the report: `resume` schedules it after the next start.
      drop() {},
    };
    return delivery;
  }
}

/** Returns a good report. */
const reportOf = (name: string, at: Date): DeliveryReport => ({
  names: [name],
  reference: undefined,
  destination: undefined,
  outcome: 'delivered',
  covers: namesPart(name) ? 'part' : 'message',
  errorCode: undefined,
  detail: undefined,
  at,
});

/** Returns what of a submission is accepted, whatever its answer says; parts that an earlier attempt has handed over are not in it. */
function takenOf(submission: Submission, { failure, report, inParts, partsTaken }: Decision): Taken {
  const { reference, attempt, segments, partsTaken: before } = submission;
  const isAccepted = failure === undefined || submitFailures[failure].outcomeUnknown;
  if (!inParts || submission.service === 'mms' || segments === 1) {
    const name = makeMessageName({ reference, attempt }, report);
    return { parts: isAccepted ? [{ part: 1, name }] : [], totalParts: 1 };
  }
  const last = isAccepted ? segments : Math.min(before + partsTaken, segments - 1);
  const parts = Array.from({ length: Math.max(last - before, 0) }, (_, index) => {
    const part = before + index + 1;
    return { part, name: makeMessageName({ reference, attempt, part }, report) };
  });
  return { parts, totalParts: segments };
}

const stopped = () => new SubmitError('disconnected', 'the simulator has stopped');
