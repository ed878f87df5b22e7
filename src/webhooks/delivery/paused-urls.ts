// The paused URLs as a process knows them: read at the start, when one changes, and from time to time.
import type { InFlightTracker } from '../../base/in-flight.ts';
import type { Timers } from '../../base/timers.ts';
import { startWorker } from '../../base/worker.ts';
import type { Db } from '../../db/db.ts';
import type { Notifier } from '../../events/notifier.ts';
import { keepBack, listPausedUrls, makeLeftDue, maxMadeDue, type PausedUrl } from '../pause-store.ts';
import type { LeasedWebhook } from '../webhook.ts';
import { releaseWebhooks } from './queue-store.ts';

const lookEveryMs = 10_000;

interface PausedUrlParts {
  readonly db: Db;
  /** The machine's own, for the looks. */
  readonly timers: Timers;
  /** The time of calls. */
  readonly now: () => Date;
  readonly inFlight: InFlightTracker;
  readonly notifier: Notifier;
  readonly onError: (error: unknown) => void;
}

const keyOf = ({ mainId, url }: PausedUrl): string => `${mainId} ${url}`;

/** Knows which URLs are paused. */
export class PausedUrls {
  readonly #parts: PausedUrlParts;
  /** Undefined until they are read. */
  #paused: ReadonlySet<string> | undefined;

  constructor(parts: PausedUrlParts) {
    this.#parts = parts;
  }

  /** Starts following the changes, and making the calls due that a pause has left behind. Returns a function that stops that. */
  follow(): () => Promise<void> {
    const { db, now, notifier } = this.#parts;
    const round = async (): Promise<undefined> => {
      await this.#read();
      const made = await makeLeftDue(db, now());
      if (made > 0) notifier.emit('webhooks');
      if (made === maxMadeDue) worker.wake();
    };
    const worker = startWorker({ ...this.#parts, lookEveryMs, round });
    const stopListening = notifier.on('pauses', worker.wake);
    return async () => {
      stopListening();
      await worker.stop();
    };
  }

  /** Returns those of some leased calls that may be made. The others wait for the end of their pause. */
  async pass<Call extends LeasedWebhook>(calls: readonly Call[]): Promise<readonly Call[]> {
    const paused = this.#paused ?? (await this.#read());
    if (paused.size === 0) return calls;
    const held = calls.filter((call) => paused.has(keyOf(call)));
    if (held.length === 0) return calls;
    const { db, notifier } = this.#parts;
    const kept = await keepBack(db, held);
    const others = held.filter(({ id }) => !kept.has(id));
    if (others.length > 0) {
      // Their pause has just ended.
      await this.#read();
      await releaseWebhooks(db, others);
      notifier.emitHere('webhooks');
    }
    const isHeld = new Set<LeasedWebhook>(held);
    return calls.filter((call) => !isHeld.has(call));
  }

  async #read(): Promise<ReadonlySet<string>> {
    const paused = new Set((await listPausedUrls(this.#parts.db)).map(keyOf));
    this.#paused = paused;
    return paused;
  }
}
