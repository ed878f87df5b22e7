// Writes how this process's carriers are, so that the API of any process can tell, and reads which are up in others.
import { isDeepStrictEqual } from 'node:util';
import type { InFlightTracker } from '../base/in-flight.ts';
import type { Logger } from '../base/logger.ts';
import type { Timers } from '../base/timers.ts';
import { startWorker } from '../base/worker.ts';
import type { CarrierStatus } from '../carriers/carrier.ts';
import type { CarrierRegistry } from '../carriers/registry.ts';
import type { Db } from '../db/db.ts';
import type { Notifier } from '../events/notifier.ts';
import { listUpElsewhere, writeStates } from '../routing/state-store.ts';

const lookEveryMs = 5000;
/** States that stay as they are are written so seldom: other processes leave sender queues to one that has written of late. */
const repeatEveryMs = 20_000;

interface StatesParts {
  readonly db: Db;
  readonly registry: Pick<CarrierRegistry, 'values'>;
  readonly notifier: Notifier;
  /** A new name for this process. */
  readonly holder: string;
  readonly realTimers: Timers;
  readonly inFlight: InFlightTracker;
  readonly logger: Logger;
}

/** The states of carriers in this process and in others. */
interface PublishedStates {
  /** Returns whether a carrier was up in another process when that was last asked. */
  isUpElsewhere(carrier: string): boolean;
  /** Stops writing and reading, and forgets what was written. */
  stop(): Promise<void>;
}

/** Starts writing states as they change, and reading those of other processes. */
export function startPublishingStates(parts: StatesParts): PublishedStates {
  const { db, registry, holder, notifier, realTimers, inFlight, logger } = parts;
  let written: ReadonlyMap<string, CarrierStatus> | undefined;
  let repeatAtMs = 0;
  let upElsewhere: ReadonlySet<string> = new Set();

  async function write(): Promise<void> {
    const states = new Map(registry.values().map((carrier) => [carrier.name, carrier.status()]));
    const nowMs = realTimers.now().getTime();
    if (nowMs < repeatAtMs && isDeepStrictEqual(states, written)) return;
    await writeStates(db, holder, states);
    written = states;
    repeatAtMs = nowMs + repeatEveryMs;
  }

  async function read(): Promise<void> {
    const before = upElsewhere;
    upElsewhere = await listUpElsewhere(db, holder);
    if (!isDeepStrictEqual(before, upElsewhere)) notifier.emitHere('queues', []);
  }

  const worker = startWorker({
    timers: realTimers,
    inFlight,
    lookEveryMs,
    onError: (error) => logger.warn({ err: error }, 'the states of carriers were not written or read'),
    async round() {
      await write();
      await read();
      return undefined;
    },
  });
  return {
    isUpElsewhere: (carrier) => upElsewhere.has(carrier),
    async stop() {
      await worker.stop();
      await writeStates(db, holder, new Map()).catch((error: unknown) =>
        logger.warn({ err: error }, 'the states of carriers were not taken back'),
      );
    },
  };
}
