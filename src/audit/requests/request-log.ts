// The log of requests: gathers them in memory and stores them together, so that a request waits for no statement of its own.
import type { Logger } from '../../base/logger.ts';
import type { Timers } from '../../base/timers.ts';
import type { Db } from '../../db/db.ts';
import { LogShares } from './log-shares.ts';
import type { LoggedRequest } from './logged-request.ts';
import { insertRequests } from './request-store.ts';

/** Requests wait so long for others to be stored with. */
const gatherMs = 1000;
/** So many may wait, as they do while the database is away. */
const maxWaiting = 2000;

interface RequestLogParts {
  readonly db: Db;
  /** Timers of the real time. */
  readonly timers: Timers;
  /** How long requests are kept; with 0 none are logged. */
  readonly days: number;
  /** Counts requests that are not logged because there are too many, or cannot be stored. */
  readonly countUnlogged: (requests: number) => void;
  readonly logger: Logger;
}

/** Gathers the requests of a process, and stores them. */
export class RequestLog {
  readonly #parts: RequestLogParts;
  readonly #shares = new LogShares();
  #waiting: LoggedRequest[] = [];
  #cancelTimer = () => {};
  #flushed: Promise<void> = Promise.resolve();

  constructor(parts: RequestLogParts) {
    this.#parts = parts;
  }

  /**
   * Takes a place in the log for a request, before anything is read for it. Returns false where none are logged and, counting the request, where
   * there are too many.
   * @param accountId undefined for strangers, who share one place: an account that they name has no say in how often they come.
   */
  takePlace(accountId: string | undefined, isRead: boolean): boolean {
    const { timers, days, countUnlogged } = this.#parts;
    if (days === 0) return false;
    const isFull = this.#waiting.length >= maxWaiting;
    if (!isFull && this.#shares.take(accountId, isRead, timers.now().getTime())) return true;
    countUnlogged(1);
    return false;
  }

  /** Logs a request soon, which has its place. */
  add(request: LoggedRequest): void {
    const { timers } = this.#parts;
    this.#waiting.push(request);
    if (this.#waiting.length > 1) return;
    const until = new Date(timers.now().getTime() + gatherMs);
    this.#cancelTimer = timers.at(until, () => void this.flush());
  }

  /** Stores what waits; resolves once it is stored. Never fails. */
  flush(): Promise<void> {
    this.#flushed = this.#flushed.then(() => this.#store());
    return this.#flushed;
  }

  async #store(): Promise<void> {
    this.#cancelTimer();
    const requests = this.#waiting;
    if (requests.length === 0) return;
    this.#waiting = [];
    const { db, logger, countUnlogged } = this.#parts;
    try {
      await insertRequests(db, requests);
    } catch (error) {
      countUnlogged(requests.length);
      logger.warn({ err: error, requests: requests.length }, 'requests could not be logged');
    }
  }
}
