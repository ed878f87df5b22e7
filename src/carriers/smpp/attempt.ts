// One attempt at a message: its parts go over one link, in order, as its window has places, until all are answered or time is up
// (carriers.md section 4.4).
import type { Submission } from '../carrier.ts';
import type { Link } from './link.ts';
import type { PartAnswer } from './part-answers.ts';
import type { PartNames } from './parts-ahead.ts';
import type { MessageBody } from './pdu.ts';

/** The side of a link that an attempt knows. */
type AttemptLink = Pick<Link, 'state' | 'free' | 'submit' | 'overdue'>;

interface AttemptEvents {
  /** Says that a part of this attempt is answered, or was not written. */
  answered(answer: PartAnswer): void;
  /** Says that no answer is missing any more, in time or late; parts that were not written get none. */
  complete(): void;
}

/** Ends with an answer for each part, or before when it is given up. */
export class Attempt {
  readonly submission: Submission;
  readonly totalParts: number;
  /** By the position among the parts of this attempt. */
  readonly answers: (PartAnswer | undefined)[];
  readonly #bodies: readonly MessageBody[];
  readonly #link: AttemptLink;
  readonly #events: AttemptEvents;
  /** The position of the part that is written next. */
  #next = 0;
  /** Parts that were written and are not answered. */
  #open = 0;
  #overdue = 0;
  #isGivenUp = false;

  /**
   * @param bodies of all parts; those that were taken earlier are passed over.
   * @param ahead parts that were taken earlier behind one that was not.
   */
  constructor(
    submission: Submission,
    bodies: readonly MessageBody[],
    ahead: PartNames,
    link: AttemptLink,
    events: AttemptEvents,
  ) {
    this.submission = submission;
    this.totalParts = bodies.length;
    this.#bodies = bodies.slice(submission.partsTaken);
    this.answers = this.#bodies.map((_, position) => {
      const name = ahead.get(submission.partsTaken + position + 1);
      return name === undefined ? undefined : { kind: 'taken', name };
    });
    this.#passAhead();
    this.#link = link;
    this.#events = events;
  }

  /** Whether parts wait for a place. */
  get isWaiting(): boolean {
    return !this.#isGivenUp && this.#next < this.#bodies.length;
  }

  /** Writes parts while the link has places. Once the link is gone, the rest is not written. */
  advance(): void {
    while (this.isWaiting) {
      const isGone = this.#link.state !== 'bound';
      if (!isGone && this.#link.free === 0) return;
      const position = this.#next;
      const body = this.#bodies[position];
      if (body === undefined) return;
      this.#next += 1;
      this.#passAhead();
      this.#open += 1;
      if (isGone) this.#answer(position, { kind: 'unwritten', reason: 'the bind ended' });
      else void this.#submit(position, body);
    }
  }

  /** Waits no longer: the answers that are missing are overdue, and no more parts are written. */
  giveUp(): void {
    this.#isGivenUp = true;
    this.#overdue = this.#open;
    if (this.#overdue === 0) this.#events.complete();
    else this.#link.overdue(this.#overdue);
  }

  /** Moves on to the next part whose name is not known. */
  #passAhead(): void {
    while (this.answers[this.#next] !== undefined) this.#next += 1;
  }

  async #submit(position: number, body: MessageBody): Promise<void> {
    this.#answer(position, await this.#link.submit(body));
  }

  #answer(position: number, answer: PartAnswer): void {
    this.answers[position] = answer;
    this.#open -= 1;
    if (this.#overdue > 0) {
      this.#overdue -= 1;
      if (answer.kind !== 'lost') this.#link.overdue(-1);
    }
    this.#events.answered(answer);
    if (this.#open === 0 && !this.isWaiting) this.#events.complete();
  }
}
