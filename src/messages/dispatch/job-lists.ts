// The jobs of a sender queue in memory, by priority: which is the next, and which are to be read. Pure but for being changed.

import { bulkPositions, isBulkPosition } from '../outbox/bulk-positions.ts';
import type { Job } from '../outbox/outbox-store.ts';

/** After so many messages in a row that went before a bulk message whose moment had come, that one goes. */
export const maxPassedOver = 9;
/** How many windows of jobs are kept in memory. */
const windowsAhead = 2;

/** The jobs of one priority, in order; the first is the next to go. */
class JobList {
  readonly waiting: Job[] = [];
  /** The last position that was read. */
  loadedUpTo: number;
  mayHaveMore = true;
  /** How many were asked for in the read that is under way. */
  #asked = 0;

  constructor(before: number) {
    this.loadedUpTo = before;
  }

  wantsJobs(windowOf: (busyMs: number) => number): boolean {
    const [first] = this.waiting;
    return this.mayHaveMore && (first === undefined || this.waiting.length < windowOf(first.busyMs));
  }

  beginLoad(most: number): number {
    this.mayHaveMore = this.mayHaveMore && most === 0;
    this.#asked = most;
    return most;
  }

  load(jobs: readonly Job[]): void {
    if (this.#asked > 0 && jobs.length === this.#asked) this.mayHaveMore = true;
    for (const job of jobs) {
      this.waiting.push(job);
      this.loadedUpTo = job.position;
    }
  }

  remove(messageIds: ReadonlySet<string>): void {
    const kept = this.waiting.filter(({ messageId }) => !messageIds.has(messageId));
    this.waiting.splice(0, this.waiting.length, ...kept);
  }
}

/** Which jobs are to be read: those behind a position, so many at most; of each priority. */
export interface JobsToRead {
  readonly after: number;
  readonly most: number;
  readonly afterBulk: number;
  readonly mostBulk: number;
}

/** Jobs of both priorities. */
export class JobLists {
  readonly #first = new JobList(0);
  readonly #bulk = new JobList(bulkPositions - 1);
  readonly #windowOf: (busyMs: number) => number;
  /** For how long the job that was read last keeps the number busy: those behind it will be alike. */
  #usualBusyMs: number | undefined;
  #passedOver = 0;

  constructor(windowOf: (busyMs: number) => number) {
    this.#windowOf = windowOf;
  }

  /** How many jobs wait. */
  get size(): number {
    return this.#first.waiting.length + this.#bulk.waiting.length;
  }

  /** Any of the jobs that wait; `undefined` while there are none. */
  get any(): Job | undefined {
    return this.#first.waiting[0] ?? this.#bulk.waiting[0];
  }

  /** The first job of each priority. */
  get heads(): readonly Job[] {
    return [...this.#first.waiting.slice(0, 1), ...this.#bulk.waiting.slice(0, 1)];
  }

  /** All jobs that wait, those that are not bulk first. */
  get all(): readonly Job[] {
    return [...this.#first.waiting, ...this.#bulk.waiting];
  }

  /** Whether jobs may be waiting that are not bulk. */
  get mayHaveOthers(): boolean {
    return this.#first.waiting.length > 0 || this.#first.mayHaveMore;
  }

  get mayHaveMore(): boolean {
    return this.#first.mayHaveMore || this.#bulk.mayHaveMore;
  }

  /** Whether more should be read from the outbox. */
  get wantsJobs(): boolean {
    return this.#first.wantsJobs(this.#windowOf) || this.#bulk.wantsJobs(this.#windowOf);
  }

  /** Records that the outbox has more jobs. */
  expectMore(): void {
    this.#first.mayHaveMore = true;
    this.#bulk.mayHaveMore = true;
  }

  /** Starts a read, and returns what is wanted; jobs announced from now on are read another time. */
  beginLoad(): JobsToRead {
    const windows = windowsAhead * (this.#usualBusyMs === undefined ? 1 : this.#windowOf(this.#usualBusyMs));
    const wanted = (list: JobList) => list.beginLoad(list.wantsJobs(this.#windowOf) ? windows : 0);
    const { loadedUpTo: after } = this.#first;
    const { loadedUpTo: afterBulk } = this.#bulk;
    return { after, most: wanted(this.#first), afterBulk, mostBulk: wanted(this.#bulk) };
  }

  /** Takes jobs that were read, in order. */
  load(jobs: readonly Job[]): void {
    const bulkFrom = jobs.findIndex(({ position }) => isBulkPosition(position));
    const end = bulkFrom === -1 ? jobs.length : bulkFrom;
    this.#first.load(jobs.slice(0, end));
    this.#bulk.load(jobs.slice(end));
    this.#usualBusyMs = jobs.at(-1)?.busyMs ?? this.#usualBusyMs;
  }

  /**
   * Returns the job that goes next: the one that may go first, and of two that may go at `now` the one that is not bulk, unless so many have gone
   * before a bulk one already.
   * @param timeOf returns when a job may go, in milliseconds.
   */
  next(now: number, timeOf: (job: Job) => number): Job | undefined {
    const [first] = this.#first.waiting;
    const [bulk] = this.#bulk.waiting;
    if (first === undefined || bulk === undefined) return first ?? bulk;
    const [at, bulkAt] = [Math.max(timeOf(first), now), Math.max(timeOf(bulk), now)];
    if (at !== bulkAt) return at < bulkAt ? first : bulk;
    return this.#passedOver >= maxPassedOver ? bulk : first;
  }

  /** Removes the first job of its priority, which goes at `now`. */
  take(job: Job, now: number): void {
    const [bulk] = this.#bulk.waiting;
    if (job === bulk) {
      this.#bulk.waiting.shift();
      this.#passedOver = 0;
    } else {
      this.#first.waiting.shift();
      if (bulk !== undefined && bulk.dueAt.getTime() <= now) this.#passedOver += 1;
    }
  }

  /** Removes the jobs of messages. */
  remove(messageIds: ReadonlySet<string>): void {
    this.#first.remove(messageIds);
    this.#bulk.remove(messageIds);
  }

  /** Restores a job to its position. */
  putBack(job: Job): void {
    const { waiting } = isBulkPosition(job.position) ? this.#bulk : this.#first;
    const after = waiting.findIndex(({ position }) => position > job.position);
    waiting.splice(after === -1 ? waiting.length : after, 0, job);
  }
}
