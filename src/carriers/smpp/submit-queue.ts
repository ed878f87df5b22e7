// Messages on their way to an SMSC: those that wait for a place in a window or for the account's rate, and those whose answers are
// missing (carriers.md sections 4.4, 4.5 and 4.9).
import type { Timers } from '../../base/timers.ts';
import type { CarrierEvents, Submission, Taken } from '../carrier.ts';
import type { Pace } from '../pace.ts';
import { aloneRetryMs, RepeatedRefusals } from '../repeated-refusals.ts';
import { SubmitError } from '../submit-error.ts';
import type { Tally } from '../tally.ts';
import { Attempt } from './attempt.ts';
import type { Binds } from './binds.ts';
import type { SmppConfig } from './config.ts';
import type { Counted } from './counted.ts';
import type { LearnedNames } from './learned-names.ts';
import type { Link } from './link.ts';
import { type PartAnswer, resultOf, takenOf } from './part-answers.ts';
import { type PartNames, PartsAhead } from './parts-ahead.ts';
import type { MessageBody } from './pdu.ts';
import type { RefusedTypes } from './refused-types.ts';
import { statuses, writeStatus } from './status-table.ts';
import { type LeftOut, submitBodies } from './submit-bodies.ts';

interface SubmitQueueParts {
  readonly config: SmppConfig;
  readonly timers: Timers;
  readonly binds: Binds;
  readonly pace: Pace;
  readonly names: LearnedNames;
  readonly types: RefusedTypes;
  readonly tally: Tally<Counted>;
  /** Returns a number from 0 to 1 by chance. */
  readonly chance: () => number;
}

interface Waiting {
  readonly submission: Submission;
  /** Fields of all its parts. */
  readonly bodies: readonly MessageBody[];
  /** Parts that are with the SMSC already, behind one that is not. */
  readonly ahead: PartNames;
  /** How many parts are to be handed over. */
  readonly parts: number;
  readonly onWay: () => void;
  readonly resolve: (taken: Taken) => void;
  readonly reject: (error: SubmitError) => void;
  /** Cancels the end of its patience. */
  cancel: () => void;
}

/** How long a message waits for a slot that `room` had counted; with the wait for its answer this is less than the dispatcher's 30 s. */
const maxWaitMs = 4000;

/** More do not wait: `room` is asked before. */
const maxWaiting = 10_000;

const nothingLeftOut: LeftOut = { validity: false, tlvs: false };

/** The messages of one carrier between `submit` and its end. */
export class SubmitQueue {
  readonly #parts: SubmitQueueParts;
  readonly #refusals = new RepeatedRefusals();
  readonly #ahead = new PartsAhead();
  readonly #waiting = new Set<Waiting>();
  #waitingParts = 0;
  /** Attempts whose last parts wait for a place. */
  readonly #partial = new Set<Attempt>();
  #events: CarrierEvents | undefined;
  #isTaking = false;
  #owesRoom = false;
  #awaitsPace = false;
  #cancelPace = () => {};

  constructor(parts: SubmitQueueParts) {
    this.#parts = parts;
  }

  /** Whether new messages are taken: from `start` on, and not while the carrier is drained. */
  get isTaking(): boolean {
    return this.#isTaking;
  }

  /** Starts to take messages. */
  start(events: CarrierEvents): void {
    this.#events = events;
    this.#isTaking = true;
  }

  /** Takes nothing new; what waits goes on. */
  drain(): void {
    this.#isTaking = false;
  }

  /** Ends a `drain`. */
  resume(): void {
    this.#isTaking = true;
    this.changed();
  }

  /** Ends the queue: messages that wait are refused, those under way end with their bind. */
  stop(): void {
    this.#isTaking = false;
    this.#cancelPace();
    for (const waiting of [...this.#waiting])
      this.#refuse(waiting, new SubmitError('disconnected', 'the carrier has stopped'));
  }

  /** Ends the reports of late answers and of room. */
  end(): void {
    this.#events = undefined;
  }

  /** Returns how many segments a sender may hand over now. Where it is none, `room` of the events says when there is some again. */
  room(sender: string): number {
    const room = this.#roomOf(this.#parts.binds.linkFor(sender));
    if (room > 0) return room;
    this.#owesRoom = true;
    if (this.#pacedRoom() === 0) this.#waitForPace();
    return 0;
  }

  /**
   * Sends a message as soon as there is a place for it. Throws SubmitError as the contract says.
   * @param onWay called when its first part is written.
   */
  async submit(submission: Submission, onWay: () => void): Promise<Taken> {
    if (!this.#isTaking) throw new SubmitError('disconnected', 'the carrier takes nothing new');
    if (this.#waiting.size >= maxWaiting) throw new SubmitError('throttled', 'too many messages wait');
    if (!this.#parts.binds.isUp) throw this.#noBind();
    const bodies = this.#bodiesOf(submission, nothingLeftOut);
    const { reference, partsTaken } = submission;
    const ahead = this.#ahead.of(reference, partsTaken);
    const parts = bodies.length - partsTaken - ahead.size;
    if (parts <= 0) {
      this.#ahead.forget(reference);
      return { parts: Array.from(ahead, ([part, name]) => ({ part, name })), totalParts: bodies.length };
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { submission, bodies, ahead, parts, onWay, resolve, reject, cancel() {} };
      this.#waiting.add(waiting);
      this.#waitingParts += parts;
      this.#startWaiting();
      // Most start at once, and need no timer.
      if (this.#waiting.has(waiting)) waiting.cancel = this.#in(maxWaitMs, () => this.#giveUp(waiting));
    });
  }

  /** Starts messages that wait, after places became free or binds came or went. */
  changed(): void {
    for (const attempt of this.#partial) attempt.advance();
    this.#startWaiting();
    if (!this.#owesRoom || this.#events === undefined) return;
    if (this.#parts.binds.transmitters.some((link) => this.#roomOf(link) > 0)) {
      this.#owesRoom = false;
      this.#events.room();
    } else if (this.#pacedRoom() === 0) this.#waitForPace();
  }

  #roomOf(link: Link | undefined): number {
    if (link === undefined || !this.#isTaking) return 0;
    return Math.max(Math.min(link.free - this.#waitingParts, this.#pacedRoom()), 0);
  }

  #pacedRoom(): number {
    return this.#parts.pace.available(this.#parts.timers.now());
  }

  /** Starts what waits, in order. A sender whose link is full does not keep others waiting, but nothing overtakes on its own link. */
  #startWaiting(): void {
    const { binds } = this.#parts;
    const full = new Set<Link>();
    for (const waiting of this.#waiting) {
      if (!binds.isUp) {
        this.#refuse(waiting, this.#noBind());
        continue;
      }
      const link = binds.linkFor(waiting.submission.sender);
      if (link === undefined || full.size === binds.transmitters.length) return;
      const { pace, timers } = this.#parts;
      if (!pace.allows(waiting.parts, timers.now())) {
        this.#waitForPace(waiting.parts);
        return;
      }
      // A message that is larger than the window goes alone.
      if (full.has(link) || (link.free < waiting.parts && link.open > 0)) full.add(link);
      else this.#start(waiting, link);
    }
  }

  #start(waiting: Waiting, link: Link): void {
    const { submission } = waiting;
    this.#leave(waiting);
    this.#parts.pace.use(waiting.parts, this.#parts.timers.now());
    const unpin = this.#parts.binds.pin(submission.sender, link);
    let isGivenUp = false;
    const { validity, tlvs } = link.leftOut;
    const bodies = validity || tlvs ? this.#bodiesOf(submission, link.leftOut) : waiting.bodies;
    const attempt: Attempt = new Attempt(submission, bodies, waiting.ahead, link, {
      answered: (answer) => this.#count(answer, submission),
      complete: () => {
        cancel();
        unpin();
        this.#partial.delete(attempt);
        if (isGivenUp) void this.#tellLate(attempt);
        else this.#finish(attempt, waiting);
      },
    });
    const cancel = this.#in(this.#parts.config.response_seconds * 1000, () => {
      isGivenUp = true;
      this.#parts.tally.count('unanswered');
      this.#partial.delete(attempt);
      this.#finish(attempt, waiting);
      attempt.giveUp();
    });
    waiting.onWay();
    attempt.advance();
    if (attempt.isWaiting) this.#partial.add(attempt);
  }

  #finish(attempt: Attempt, { resolve, reject }: Waiting): void {
    const { submission, answers, totalParts } = attempt;
    const { config, pace, timers } = this.#parts;
    const { reference, partsTaken } = submission;
    try {
      const taken = resultOf(answers, { partsTaken, totalParts }, config.statuses);
      this.#refusals.taken(reference);
      this.#ahead.forget(reference);
      pace.goOn(timers.now());
      resolve(taken);
    } catch (error) {
      this.#ahead.note(reference, answers, partsTaken);
      reject(this.#judge(error as SubmitError, attempt));
    }
  }

  /** Returns the failure to report. Slows the account down where the carrier asks for it, but not for one message that alone keeps being told so. */
  #judge(error: SubmitError, { submission: { reference }, answers }: Attempt): SubmitError {
    if (error.failure !== 'throttled') return error;
    const { taken } = error;
    if (this.#refusals.refused(reference)) {
      const isQueueFull = answers.some(
        (answer) => answer?.kind === 'refused' && answer.status === statuses.queueFull,
      );
      if (!isQueueFull)
        return new SubmitError('throttled', error.message, { retryAfterMs: aloneRetryMs, taken });
      this.#refusals.forget(reference);
      return new SubmitError('carrierFault', error.message, { taken });
    }
    const { pace, timers, chance } = this.#parts;
    const now = timers.now();
    pace.slowDown(now, chance());
    const retryAfterMs = pace.nextAt(now).getTime() - now.getTime();
    return new SubmitError('throttled', error.message, { retryAfterMs, taken });
  }

  /** Records a message that was taken after it was given up. Where a part is missing it will be submitted again, and nothing is recorded. */
  async #tellLate({ submission, answers, totalParts }: Attempt): Promise<void> {
    const { reference, attempt, partsTaken } = submission;
    const { parts } = takenOf(answers, { partsTaken, totalParts });
    if (parts.length < answers.length || this.#events === undefined) return;
    this.#parts.tally.count('late');
    try {
      await this.#events.taken({ reference, attempt, parts, totalParts });
    } catch (error) {
      this.#parts.tally.failed(`a late answer cannot be stored: ${(error as Error).message}`);
    }
  }

  #count(answer: PartAnswer, { senderKind }: Submission): void {
    const { tally, names, types, timers } = this.#parts;
    switch (answer.kind) {
      case 'taken': {
        tally.count('submitted');
        const fault = names.gave(answer.name, timers.now());
        if (fault === 'names_missing') tally.count('unnamed');
        if (fault === 'names_repeat') tally.count('names repeated');
        break;
      }
      case 'refused': {
        tally.count(answer.status === statuses.throttled ? 'throttled' : 'refused');
        tally.countAnswer(writeStatus(answer.status));
        const fault = types.refused(answer.status, senderKind, timers.now());
        if (fault !== undefined) tally.failed(fault);
        break;
      }
      case 'lost':
        tally.count('lost in flight');
        break;
      case 'unwritten':
        break;
    }
  }

  #bodiesOf(submission: Submission, leftOut: LeftOut): MessageBody[] {
    return submitBodies(submission, this.#parts.config, this.#parts.timers.now(), leftOut);
  }

  #noBind(): SubmitError {
    const { binds, tally } = this.#parts;
    const reason = tally.lastError?.text ?? 'there is no bind';
    return new SubmitError(binds.isRefused ? 'misconfigured' : 'disconnected', reason);
  }

  #leave(waiting: Waiting): void {
    if (!this.#waiting.delete(waiting)) return;
    waiting.cancel();
    this.#waitingParts -= waiting.parts;
  }

  #giveUp(waiting: Waiting): void {
    this.#refuse(waiting, new SubmitError('throttled', 'there was no place in the window'));
  }

  #refuse(waiting: Waiting, error: SubmitError): void {
    this.#leave(waiting);
    waiting.reject(error);
  }

  /** Waits until the account's rate allows a message of so many segments, and starts messages then. */
  #waitForPace(segments = 1): void {
    if (this.#awaitsPace) return;
    this.#awaitsPace = true;
    const { pace, timers } = this.#parts;
    this.#cancelPace = timers.at(pace.nextAt(timers.now(), segments), () => {
      this.#awaitsPace = false;
      this.changed();
    });
  }

  #in(ms: number, run: () => void): () => void {
    const { timers } = this.#parts;
    return timers.at(new Date(timers.now().getTime() + ms), run);
  }
}
