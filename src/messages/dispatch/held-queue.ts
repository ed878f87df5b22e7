// A sender queue in the memory of the process that holds it: which job may go when. Pure but for being changed.
import type { Job } from '../outbox/outbox-store.ts';
import type { Hindrance, ReservedRoom } from './carrier-room.ts';

/** The most jobs of one sender queue that are with the carrier at once. */
const maxWindow = 20;
/** How many windows of jobs are kept in memory. */
const windowsAhead = 2;
const secondMs = 1000;

/**
 * Returns how many jobs of a sender queue may be with the carrier at once: as many as go in a second. A slow number waits for each
 * answer, so that no job overtakes one that is tried again; a quick one would never reach its rate that way.
 */
export function windowOf(busyMs: number): number {
  return busyMs === 0 ? maxWindow : Math.min(Math.max(Math.floor(secondMs / busyMs), 1), maxWindow);
}

/**
 * Why a job goes to no carrier: it waited longer than it may, quiet hours of its recipient have begun, its number was unrented meanwhile, or
 * there is no route for it.
 */
export type Miss = 'expired' | 'quiet' | 'departed' | 'unrouted';

/** A job that was taken out of its sender queue, with its room at a carrier or the reason why it goes to none. */
export interface DueJob {
  readonly job: Job;
  readonly passage: ReservedRoom | Miss;
}

/**
 * Returns from when on a job is kept back for quiet hours. One of which something was submitted, or perhaps was, is not: its recipient has perhaps
 * heard of it already.
 */
const quietAtMs = ({ quietFrom, isOutcomeUnknown, partsTaken }: Job): number =>
  quietFrom === undefined || isOutcomeUnknown || partsTaken > 0
    ? Number.POSITIVE_INFINITY
    : quietFrom.getTime();

/** Returns when a job leaves its sender queue although it was not submitted. */
const endMs = (job: Job): number => Math.min(job.expiresAt.getTime(), quietAtMs(job));

/**
 * One sender queue while this process holds it. Jobs pass through it: `load`, `takeDue`, `submittedAt`, then `finished` or `retry`. Moments are
 * milliseconds since 1970, of the time of send slots.
 */
export class HeldQueue {
  readonly name: string;
  /** In order; the first is the next to go. */
  readonly #waiting: Job[] = [];
  readonly #submitting = new Set<Job>();
  /** Those of them that have been taken and have not gone to the carrier yet. */
  readonly #settingOut = new Set<Job>();
  /** Milliseconds; the number is busy until then. */
  #freeAt: number;
  #loadedUpTo = 0;
  #mayHaveMore = true;
  /** How many were asked for. */
  #asked = 0;
  /** For how long the job that was read last keeps the number busy: those behind it will be alike. */
  #usualBusyMs: number | undefined;
  /** A job that is tried again: the sender queue waits for it. */
  #retryAt = 0;
  /** Why the next job does not go although it is due: its carrier or its campaign takes nothing now, or its link is another process's. */
  #hindrance: 'noRoom' | 'elsewhere' | undefined;
  /** Jobs up to this position have lost their number: they have nothing to wait for. */
  #departedUpTo = 0;

  constructor(name: string, pacedUntil: Date | undefined) {
    this.name = name;
    this.#freeAt = pacedUntil?.getTime() ?? 0;
  }

  /** The account of the next job; `undefined` while none is waiting. */
  get accountId(): string | undefined {
    return this.#waiting[0]?.accountId;
  }

  /** The last position that was read into memory. */
  get loadedUpTo(): number {
    return this.#loadedUpTo;
  }

  /** Whether more should be read from the outbox. */
  get wantsJobs(): boolean {
    const [first] = this.#waiting;
    return this.#mayHaveMore && (first === undefined || this.#waiting.length < windowOf(first.busyMs));
  }

  /** Whether nothing is left to do, as far as is known here. */
  get isIdle(): boolean {
    return this.#waiting.length === 0 && this.#submitting.size === 0 && !this.#mayHaveMore;
  }

  /** Whether another process could send the next job and this one cannot, and nothing is under way here. */
  get isElsewhere(): boolean {
    return this.#hindrance === 'elsewhere' && this.#submitting.size === 0;
  }

  /** Records that the outbox has more jobs for this sender queue. */
  expectMore(): void {
    this.#mayHaveMore = true;
  }

  /** Starts a read, and returns how many jobs are wanted; jobs announced from now on are read another time. */
  beginLoad(): number {
    this.#mayHaveMore = false;
    this.#asked = windowsAhead * (this.#usualBusyMs === undefined ? 1 : windowOf(this.#usualBusyMs));
    return this.#asked;
  }

  /**
   * Takes jobs that were read, in order. A number that was perhaps used just before `now` by a process that died is busy for as long
   * as that use keeps it.
   */
  load(jobs: readonly Job[], now: number): void {
    if (jobs.length === this.#asked) this.#mayHaveMore = true;
    for (const job of jobs) {
      this.#waiting.push(job);
      this.#loadedUpTo = job.position;
      this.#usualBusyMs = job.busyMs;
      if (job.isOutcomeUnknown) this.#freeAt = Math.max(this.#freeAt, now) + job.busyMs;
    }
  }

  /** Returns when the next job may go, in milliseconds; `undefined` if none may before something else happens. */
  nextAt(): number | undefined {
    const at = this.#nextAt();
    const [first] = this.#waiting;
    return this.#hindrance !== undefined && first !== undefined && at !== undefined ? endMs(first) : at;
  }

  /**
   * Returns how many jobs may go at `now`, or a few more: 0 when none may.
   * @param hindranceOf says why a job may not go to its carrier now.
   */
  mostDue(now: number, hindranceOf: (job: Job) => Hindrance | undefined): number {
    const at = this.#nextAt();
    const [first] = this.#waiting;
    this.#hindrance = undefined;
    if (first === undefined || at === undefined || at > now) return 0;
    const hindrance = this.#missOf(first, now) === undefined ? hindranceOf(first) : undefined;
    this.#hindrance = hindrance === 'noRoute' ? undefined : hindrance;
    if (this.#hindrance !== undefined) return 0;
    return first.busyMs === 0 ? Math.min(this.#waiting.length, maxWindow) : 1;
  }

  /**
   * Takes the jobs, `most` of them, that may go at `now` together, or never more. The number counts as busy from now on.
   * @param reserve gives a job its room at a carrier.
   */
  takeDue(now: number, most: number, reserve: (job: Job) => ReservedRoom | Hindrance): DueJob[] {
    const taken: DueJob[] = [];
    if (this.#settingOut.size > 0) return taken;
    while (taken.length < most) {
      const at = this.#nextInOrder();
      const [job] = this.#waiting;
      if (job === undefined || at === undefined || at > now) break;
      const passage = this.#missOf(job, now) ?? reserve(job);
      const hinders = passage === 'noRoom' || passage === 'elsewhere';
      this.#hindrance = hinders ? passage : undefined;
      if (hinders) break;
      this.#waiting.shift();
      this.#submitting.add(job);
      if (typeof passage === 'object') {
        this.#settingOut.add(job);
        this.#retryAt = 0;
        this.#freeAt = now + job.busyMs;
      }
      taken.push({ job, passage: passage === 'noRoute' ? 'unrouted' : passage });
    }
    return taken;
  }

  #missOf(job: Job, now: number): Miss | undefined {
    if (this.#hasDeparted(job)) return 'departed';
    if (job.expiresAt.getTime() <= now) return 'expired';
    return quietAtMs(job) <= now ? 'quiet' : undefined;
  }

  #nextAt(): number | undefined {
    // What is taken later could overtake what has not gone yet.
    return this.#settingOut.size > 0 ? undefined : this.#nextInOrder();
  }

  #nextInOrder(): number | undefined {
    const [first] = this.#waiting;
    if (first === undefined || this.#submitting.size >= windowOf(first.busyMs)) return undefined;
    // After a failure the sender queue starts again once all that was under way has come back.
    if (this.#retryAt > 0 && this.#submitting.size > 0) return undefined;
    if (this.#hasDeparted(first)) return 0;
    return Math.min(Math.max(first.dueAt.getTime(), this.#freeAt, this.#retryAt), endMs(first));
  }

  #hasDeparted({ position }: Job): boolean {
    return position <= this.#departedUpTo;
  }

  /** Records that the number was unrented after the jobs up to this position had been queued. */
  departed(upTo: number): void {
    this.#departedUpTo = Math.max(this.#departedUpTo, upTo);
  }

  /** Records the moment at which a job went to the carrier, from which the pace is counted; returns until when the number is busy. */
  submittedAt(job: Job, now: number): number {
    this.#settingOut.delete(job);
    this.#freeAt = Math.max(this.#freeAt, now + job.busyMs);
    return this.#freeAt;
  }

  /** Removes a job that has come to its end. */
  finished(job: Job): void {
    this.#settingOut.delete(job);
    this.#submitting.delete(job);
  }

  /** Restores a job to its position, to go again at `at` (milliseconds) and before any other of the sender queue. */
  retry(job: Job, again: Job, at: number): void {
    this.#settingOut.delete(job);
    this.#submitting.delete(job);
    this.#retryAt = Math.max(this.#retryAt, at);
    const after = this.#waiting.findIndex(({ position }) => position > again.position);
    this.#waiting.splice(after === -1 ? this.#waiting.length : after, 0, again);
  }
}
