// Reads that may lag: they go to a replica while that keeps up, and to the database that takes writes when it does not.
import type { InFlightTracker } from '../../base/in-flight.ts';
import { type Timers, within } from '../../base/timers.ts';
import { startWorker, type Worker } from '../../base/worker.ts';
import type { Db } from '../db.ts';
import { measureLag } from './measure-lag.ts';
import type { Replica } from './replica.ts';
import { lagOf } from './replica-lag.ts';

/** A replica may be so much older than it may be behind: it is measured this often. */
export const measureEveryMs = 1000;
/** How long both servers may take to say how far they are. */
const patienceMs = 2000;

interface ReadReplicaParts {
  /** The database that takes writes. */
  readonly primary: Db;
  readonly replica: Replica;
  /** A replica that is further behind is not read from. */
  readonly maxLagMs: number;
  /** Timers of the real time. */
  readonly timers: Timers;
  readonly inFlight: InFlightTracker;
  /** Called after the first measurement, and whenever reads begin to go to the replica or end to. */
  readonly onChange: (isUsed: boolean, why: string) => void;
}

/** A replica as it was measured last. */
interface ReplicaState {
  /** Whether reads go to it. */
  readonly isUsed: boolean;
  /** Undefined where it does not answer, or is no standby. */
  readonly lagMs: number | undefined;
}

/** How many reads went where. */
interface ReadCounts {
  readonly standby: number;
  readonly primary: number;
}

/** Measures a replica every second, and reads from it while it is no further behind than it may be. */
export class ReadReplica {
  readonly #parts: ReadReplicaParts;
  readonly #measuring: Worker;
  #lagMs: number | undefined;
  #host: string | undefined;
  #caughtUpAt: Date | undefined;
  /** Present while the replica is used: aborted when it is found to be gone, for reads that wait for it. */
  #use: AbortController | undefined;
  #told: boolean | undefined;
  #counts = { standby: 0, primary: 0 };

  constructor(parts: ReadReplicaParts) {
    this.#parts = parts;
    this.#measuring = startWorker({
      timers: parts.timers,
      inFlight: parts.inFlight,
      round: () => this.#measure(),
      lookEveryMs: measureEveryMs,
      onError: (error) => this.#stopUsing(error instanceof Error ? error.message : String(error)),
    });
  }

  get state(): ReplicaState {
    return { isUsed: this.#use !== undefined, lagMs: this.#lagMs };
  }

  get counts(): ReadCounts {
    return this.#counts;
  }

  /**
   * Runs `work`, which only reads, on the replica. Where that cannot be used, on the primary; there it runs again as well when it fails, or the
   * replica is found to be gone meanwhile.
   */
  async read<Result>(work: (db: Db) => Promise<Result>): Promise<Result> {
    const use = this.#use;
    if (use !== undefined && this.#isMeasured()) {
      try {
        const result = await untilAborted(work(this.#parts.replica), use.signal);
        // Connecting for it may have led to another host.
        if (this.#isMeasured()) {
          this.#counts.standby += 1;
          return result;
        }
      } catch {
        // Every error may be the replica's: it lacks what was made just now, and cancels what conflicts with its replaying.
      }
    }
    this.#counts.primary += 1;
    return work(this.#parts.primary);
  }

  async close(): Promise<void> {
    this.#use?.abort();
    this.#use = undefined;
    // A replica that does not answer is not waited for.
    await Promise.all([this.#measuring.stop(), this.#parts.replica.close()]);
  }

  /** Returns whether the host that is read from now is the one that was measured last. */
  #isMeasured(): boolean {
    return this.#parts.replica.host === this.#host;
  }

  async #measure(): Promise<undefined> {
    const { primary, replica, maxLagMs, timers } = this.#parts;
    const sample = await inTime(measureLag(primary, replica, timers.now), timers);
    if (sample.host !== this.#host) this.#caughtUpAt = undefined;
    this.#host = sample.host;
    this.#lagMs = lagOf(sample, this.#caughtUpAt);
    if (sample.hasCaughtUp) this.#caughtUpAt = sample.at;
    if (this.#lagMs === undefined) this.#stopUsing('it is no standby, or has replayed nothing');
    else if (this.#lagMs > maxLagMs)
      this.#stopUsing(`it is ${Math.round(this.#lagMs)} ms behind`, this.#lagMs);
    else {
      this.#use ??= new AbortController();
      this.#tell(true, `it is ${Math.round(this.#lagMs)} ms behind`);
    }
    return undefined;
  }

  #stopUsing(why: string, lagMs?: number): void {
    this.#lagMs = lagMs;
    this.#use?.abort();
    this.#use = undefined;
    this.#tell(false, why);
  }

  #tell(isUsed: boolean, why: string): void {
    if (this.#told !== isUsed) this.#parts.onChange(isUsed, why);
    this.#told = isUsed;
  }
}

/** Returns the result of `work`; rejects as soon as `signal` is aborted. */
async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new Error('the replica is gone'));
    signal.addEventListener('abort', abort, { once: true });
  });
  // Only one of them is waited for in the end.
  work.catch(() => undefined);
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', abort));
}

/** Returns an answer; rejects when it takes too long. */
function inTime<Result>(answer: Promise<Result>, timers: Timers): Promise<Result> {
  return within(timers, patienceMs, answer, () => {
    throw new Error('it does not answer');
  });
}
