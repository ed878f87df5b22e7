// A sender queue in the memory of the process that holds it: which job may go when. Pure but for being changed.

import { isBulkPosition, ordinalOf } from '../outbox/bulk-positions.ts';
import type { Job } from '../outbox/outbox-store.ts';
import type { DeadEnd, Hindrance, ReservedRoom } from './carrier-room.ts';
import { JobLists, type JobsToRead } from './job-lists.ts';

/** The most jobs of one sender queue that are with the carrier at once. */
const maxWindow = 20;
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
 * no carrier is left for it.
 */
export type Miss = 'expired' | 'quiet' | 'departed' | DeadEnd;

/** A job that was taken out of its sender queue, with its room at a carrier or the reason why it goes to none. */
export interface DueJob {
  readonly job: Job;
  readonly passage: ReservedRoom | Miss;
}

/** The job that goes next, and when it may, in milliseconds. */
interface NextJob {
  readonly job: Job;
  readonly at: number;
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
  readonly #waiting = new JobLists(windowOf);
  readonly #submitting = new Set<Job>();
  /** Those of them that have been taken and have not gone to the carrier yet, with when the number was free before, and is free after them. */
  readonly #settingOut = new Map<Job, { readonly before: number; readonly after: number }>();
  /** Milliseconds; the number is busy until then. */
  #freeAt: number;
  /** When jobs were read first: what another process submitted was submitted before. */
  #firstReadAt: number | undefined;
  /** A job that is tried again: the sender queue waits for it. */
  #retryAt = 0;
  /** Why the next job does not go although it is due: its carrier or its campaign takes nothing now, or its link is another process's. */
  #hindrance: Hindrance | undefined;
  /** Jobs up to this position have lost their number: they have nothing to wait for. */
  #departedUpTo = 0;

  constructor(name: string, pacedUntil: Date | undefined) {
    this.name = name;
    this.#freeAt = pacedUntil?.getTime() ?? 0;
  }

  /** The account of the jobs; `undefined` while none is waiting. */
  get accountId(): string | undefined {
    return this.#waiting.any?.accountId;
  }

  /** Whether more should be read from the outbox. */
  get wantsJobs(): boolean {
    return this.#waiting.wantsJobs;
  }

  /** Whether nothing is left to do, as far as is known here. */
  get isIdle(): boolean {
    return this.#waiting.size === 0 && this.#submitting.size === 0 && !this.#waiting.mayHaveMore;
  }

  /** Whether another process could send the next job and this one cannot, and nothing is under way here. */
  get isElsewhere(): boolean {
    return this.#hindrance === 'elsewhere' && this.#submitting.size === 0;
  }

  /** Returns the jobs that wait, where something else than the pace keeps them waiting; none while they go one after the other. */
  jobsKeptWaiting(now: number): readonly Job[] {
    if (this.#settingOut.size > 0) return [];
    const next = this.#nextInOrder(now);
    const goes =
      next !== undefined && this.#hindrance === undefined && next.at <= Math.max(now, this.#freeAt);
    return goes ? [] : this.#waiting.all;
  }

  /** Removes waiting jobs that are gone from the outbox. Once none is left that is tried again, nothing waits for a repetition. */
  forget(messageIds: ReadonlySet<string>): void {
    this.#waiting.remove(messageIds);
    if (this.#submitting.size === 0 && this.#waiting.all.every(({ attempts }) => attempts === 0))
      this.#retryAt = 0;
  }

  /** Records that the outbox has more jobs for this sender queue. */
  expectMore(): void {
    this.#waiting.expectMore();
  }

  /** Starts a read, and returns which jobs are wanted; jobs announced from now on are read another time. */
  beginLoad(): JobsToRead {
    return this.#waiting.beginLoad();
  }

  /**
   * Takes jobs that were read, in order. The number is busy with what had been sent before them until `pacedUntil`. A process that died has
   * perhaps submitted some of them, one after the other at the number's pace, the last of them just before the first read: the number is busy from
   * then on for as long as one of them keeps it, not for all of them together.
   */
  load(jobs: readonly Job[], now: number, pacedUntil?: Date | undefined): void {
    this.#waiting.load(jobs);
    this.#firstReadAt ??= now;
    const perhapsSentAt = this.#firstReadAt;
    const perhapsUntil = jobs.map(({ isOutcomeUnknown, busyMs }) =>
      isOutcomeUnknown ? perhapsSentAt + busyMs : 0,
    );
    this.#freeAt = Math.max(this.#freeAt, pacedUntil?.getTime() ?? 0, ...perhapsUntil);
  }

  /** Returns when the next job may go, in milliseconds; `undefined` if none may before something else happens. */
  nextAt(): number | undefined {
    const next = this.#next(0);
    if (next === undefined || this.#hindrance === undefined) return next?.at;
    return Math.min(...this.#waiting.heads.map(endMs));
  }

  /**
   * Returns how many jobs may go at `now`, or a few more: 0 when none may.
   * @param hindranceOf says why a job may not go to its carrier now.
   */
  mostDue(now: number, hindranceOf: (job: Job) => Hindrance | undefined): number {
    const next = this.#next(now);
    this.#hindrance = undefined;
    if (next === undefined || next.at > now) return 0;
    const { job } = next;
    this.#hindrance = this.#missOf(job, now) === undefined ? hindranceOf(job) : undefined;
    if (this.#hindrance !== undefined) return 0;
    return job.busyMs === 0 ? Math.min(this.#waiting.size, maxWindow) : 1;
  }

  /**
   * Takes the jobs, `most` of them, that may go at `now` together, or never more. The number counts as busy from now on.
   * @param reserve gives a job its room at a carrier.
   */
  takeDue(now: number, most: number, reserve: (job: Job) => ReservedRoom | Hindrance | DeadEnd): DueJob[] {
    const taken: DueJob[] = [];
    if (this.#settingOut.size > 0) return taken;
    while (taken.length < most) {
      const next = this.#nextInOrder(now);
      if (next === undefined || next.at > now) break;
      const { job } = next;
      const passage = this.#missOf(job, now) ?? reserve(job);
      const hinders = passage === 'noRoom' || passage === 'elsewhere';
      this.#hindrance = hinders ? passage : undefined;
      if (hinders) break;
      this.#waiting.take(job, now);
      this.#submitting.add(job);
      if (typeof passage === 'object') {
        const after = now + job.busyMs;
        this.#settingOut.set(job, { before: this.#freeAt, after });
        this.#retryAt = 0;
        this.#freeAt = after;
      }
      taken.push({ job, passage });
    }
    return taken;
  }

  #missOf(job: Job, now: number): Miss | undefined {
    if (this.#hasDeparted(job)) return 'departed';
    if (job.expiresAt.getTime() <= now) return 'expired';
    return quietAtMs(job) <= now ? 'quiet' : undefined;
  }

  #next(now: number): NextJob | undefined {
    // What is taken later could overtake what has not gone yet.
    return this.#settingOut.size > 0 ? undefined : this.#nextInOrder(now);
  }

  #nextInOrder(now: number): NextJob | undefined {
    const timeOf = (job: Job) => this.#timeOf(job);
    const job = this.#waiting.next(now, timeOf);
    if (job === undefined || this.#submitting.size >= windowOf(job.busyMs)) return undefined;
    // After a failure the sender queue starts again once all that was under way has come back.
    if (this.#retryAt > 0 && this.#submitting.size > 0) return undefined;
    return { job, at: timeOf(job) };
  }

  /** Returns when a job may go, as far as its moment, the pace and repetitions go. */
  #timeOf(job: Job): number {
    if (this.#hasDeparted(job)) return 0;
    return Math.min(Math.max(this.#opensAt(job), this.#freeAt, this.#retryAt), endMs(job));
  }

  /**
   * Returns the moment before which a job does not go, whatever the pace. Its send slot counts while it is tried again, and keeps a bulk message
   * behind all others. Any other job comes up before its slot only where jobs before it have left without being sent, and need not wait.
   */
  #opensAt({ attempts, dueAt, notBefore, position }: Job): number {
    const keepsSlot = attempts > 0 || (isBulkPosition(position) && this.#waiting.mayHaveOthers);
    return keepsSlot ? dueAt.getTime() : (notBefore?.getTime() ?? 0);
  }

  #hasDeparted({ position }: Job): boolean {
    return ordinalOf(position) <= this.#departedUpTo;
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

  /** Restores the time that a job keeps its number busy which was taken and does not go after all. */
  withdrawn(job: Job): void {
    const times = this.#settingOut.get(job);
    if (times?.after === this.#freeAt) this.#freeAt = times.before;
  }

  /** Removes a job that has come to its end. */
  finished(job: Job): void {
    this.#settingOut.delete(job);
    this.#submitting.delete(job);
  }

  /** Restores a job to its position, to go again at `at` (milliseconds) and before any other of its priority. Everything waits until then. */
  retry(job: Job, again: Job, at: number): void {
    this.#settingOut.delete(job);
    this.#submitting.delete(job);
    this.#retryAt = Math.max(this.#retryAt, at);
    this.#waiting.putBack(again);
  }
}
