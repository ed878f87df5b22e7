// Writes how this process's carriers are, so that the API of any process can tell.
import { isDeepStrictEqual } from 'node:util';
import type { InFlightTracker } from '../base/in-flight.ts';
import type { Logger } from '../base/logger.ts';
import type { Timers } from '../base/timers.ts';
import { startWorker } from '../base/worker.ts';
import type { CarrierStatus } from '../carriers/carrier.ts';
import type { CarrierRegistry } from '../carriers/registry.ts';
import type { Db } from '../db/db.ts';
import { writeStates } from '../routing/state-store.ts';

const lookEveryMs = 5000;
/** States that stay as they are are written so seldom. */
const repeatEveryMs = 60_000;

export interface StatesParts {
  readonly db: Db;
  readonly registry: Pick<CarrierRegistry, 'values'>;
  /** A new name for this process. */
  readonly holder: string;
  readonly realTimers: Timers;
  readonly inFlight: InFlightTracker;
  readonly logger: Logger;
}

/** Starts writing states as they change. Returns the function that stops it, and forgets what was written. */
export function startPublishingStates(parts: StatesParts): () => Promise<void> {
  const { db, registry, holder, realTimers, inFlight, logger } = parts;
  let written: ReadonlyMap<string, CarrierStatus> | undefined;
  let repeatAtMs = 0;

  const worker = startWorker({
    timers: realTimers,
    inFlight,
    lookEveryMs,
    onError: (error) => logger.warn({ err: error }, 'the states of carriers were not written'),
    async round() {
      const states = new Map(registry.values().map((carrier) => [carrier.name, carrier.status()]));
      const nowMs = realTimers.now().getTime();
      if (nowMs < repeatAtMs && isDeepStrictEqual(states, written)) return undefined;
      await writeStates(db, holder, states);
      written = states;
      repeatAtMs = nowMs + repeatEveryMs;
      return undefined;
    },
  });
  return async () => {
    await worker.stop();
    await writeStates(db, holder, new Map()).catch((error: unknown) =>
      logger.warn({ err: error }, 'the states of carriers were not taken back'),
    );
  };
}
