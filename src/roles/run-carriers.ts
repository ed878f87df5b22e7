// Runs the carriers of a dispatcher: those of the operator's file and those that were made by the API, as they change.
import type { Encrypter } from '../base/encrypt.ts';
import type { InFlightTracker } from '../base/in-flight.ts';
import type { Logger } from '../base/logger.ts';
import type { Timers } from '../base/timers.ts';
import { startWorker } from '../base/worker.ts';
import { readCarrierEntry } from '../carriers/carrier-config.ts';
import { CarrierRegistry, type RegistryParts, type WantedCarrier } from '../carriers/registry.ts';
import { simulatorName } from '../carriers/simulator/config.ts';
import type { Db } from '../db/db.ts';
import type { Notifier } from '../events/notifier.ts';
import type { CarrierFile } from '../routing/carrier-file.ts';
import { listCarriers, type StoredCarrier } from '../routing/carrier-store.ts';
import { secretsOf } from '../routing/change-carrier.ts';
import { changeRouting } from '../routing/change-routing.ts';
import { replaceFromFile } from '../routing/file-store.ts';
import { readRoutingVersion } from '../routing/route-store.ts';
import type { Routing } from '../routing/routing.ts';
import { startPublishingStates } from './publish-carrier-states.ts';

/** How often changes are looked for that no hint told of. */
const lookEveryMs = 10_000;

interface CarriersParts extends Pick<RegistryParts, 'make' | 'eventsOf'> {
  readonly db: Db;
  readonly encrypter: Encrypter;
  /** The file of carriers as it was at the start; empty where there is none. */
  readonly file: CarrierFile;
  /** Reads it again. */
  readonly loadFile: () => CarrierFile;
  readonly hasSimulator: boolean;
  /** Kept up to date from now on. */
  readonly routing: Routing;
  readonly notifier: Notifier;
  readonly inFlight: InFlightTracker;
  readonly realTimers: Timers;
  readonly newId: () => string;
  readonly logger: Logger;
}

/** Carriers that run. */
export interface RunningCarriers {
  readonly registry: CarrierRegistry;
  /** Returns whether a carrier takes messages in another process. */
  isUpElsewhere(carrier: string): boolean;
  /** Reads the file of carriers again. One that is wrong is logged, and changes nothing. */
  reload(): Promise<void>;
  /** Stops following changes, and all carriers. */
  stop(): Promise<void>;
}

/** Stores what the file says, starts the carriers, and follows what changes from then on. */
export async function startCarriers(parts: CarriersParts): Promise<RunningCarriers> {
  const { db, routing, notifier, inFlight, realTimers, newId, logger } = parts;
  const registry = new CarrierRegistry(parts);
  let { file } = parts;
  let appliedVersion: number | undefined;

  const store = () =>
    changeRouting(db, notifier, async (tx) => replaceFromFile(tx, file, realTimers.now(), newId));

  async function follow(): Promise<void> {
    const version = await readRoutingVersion(db);
    if (version === appliedVersion) return;
    await routing.reload(db);
    await registry.apply(wantedCarriers(file, await listCarriers(db), parts));
    appliedVersion = version;
    notifier.emitHere('queues', []);
  }

  await store();
  await follow();
  const worker = startWorker({
    timers: realTimers,
    inFlight,
    lookEveryMs,
    onError: (error) => logger.error({ err: error }, 'changes of carriers and routes were not read'),
    async round() {
      await follow();
      return undefined;
    },
  });
  const states = startPublishingStates({ ...parts, registry, holder: newId() });
  const stopListening = notifier.on('routing', () => worker.wake());

  return {
    registry,
    isUpElsewhere: states.isUpElsewhere,
    async reload() {
      try {
        file = parts.loadFile();
        // Secrets may have changed alone, which no version counts.
        appliedVersion = undefined;
        await store();
        logger.info(
          { carriers: file.carriers.length, routes: file.routes.length },
          'file of carriers read again',
        );
      } catch (error) {
        logger.error(
          { err: error },
          'the file of carriers was not read again; carriers and routes stay as they are',
        );
      }
    },
    async stop() {
      stopListening();
      await worker.stop();
      await registry.stop();
      await states.stop();
    },
  };
}

/** Returns the carriers that are to run: the simulator unless it is off, those of the file, those of the API. */
function wantedCarriers(
  file: CarrierFile,
  stored: readonly StoredCarrier[],
  { encrypter, hasSimulator, logger }: CarriersParts,
): WantedCarrier[] {
  const draining = new Set(stored.flatMap(({ name, isDraining }) => (isDraining ? [name] : [])));
  const simulator = readCarrierEntry({ name: simulatorName, type: 'simulator' }, simulatorName);
  const wanted = new Map(hasSimulator ? [[simulatorName, simulator]] : []);
  for (const carrier of stored) {
    if (carrier.source === 'file') continue;
    try {
      wanted.set(
        carrier.name,
        readCarrierEntry({ ...carrier.written, ...secretsOf(carrier, encrypter) }, carrier.name),
      );
    } catch (error) {
      logger.error({ err: error, carrier: carrier.name }, 'the entry of a carrier cannot be used');
    }
  }
  for (const entry of file.carriers) wanted.set(entry.config.name, entry);
  return [...wanted.values()].map((entry) => ({ ...entry, isDraining: draining.has(entry.config.name) }));
}
