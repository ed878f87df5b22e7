// The carriers of this process, by name: made, started, changed and stopped as their entries say.
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '../base/logger.ts';
import type { Carrier, CarrierEvents } from './carrier.ts';
import type { CarrierConfig, CarrierEntry } from './carrier-config.ts';

/** A carrier that is to be there. */
export interface WantedCarrier extends CarrierEntry {
  /** Whether it is to take nothing new. */
  readonly isDraining: boolean;
}

export interface RegistryParts {
  /** Makes a carrier that has not been started. */
  readonly make: (config: CarrierConfig) => Carrier;
  /** The server's side of a carrier, by its name. */
  readonly eventsOf: (name: string) => CarrierEvents;
  readonly logger: Pick<Logger, 'info' | 'error'>;
}

interface Running {
  readonly carrier: Carrier;
  readonly written: CarrierEntry['written'];
  isDraining: boolean;
}

/** Holds carriers that run. */
export class CarrierRegistry {
  readonly #parts: RegistryParts;
  readonly #running = new Map<string, Running>();
  /** Ends once the carriers are as they were last wanted. */
  #applying = Promise.resolve();

  constructor(parts: RegistryParts) {
    this.#parts = parts;
  }

  /** Returns a carrier that runs in this process. */
  get(name: string): Carrier | undefined {
    return this.#running.get(name)?.carrier;
  }

  /** Returns all carriers that run in this process, in the order in which they were started. */
  values(): Carrier[] {
    return [...this.#running.values()].map(({ carrier }) => carrier);
  }

  /**
   * Makes the carriers what is wanted: starts those that are new, stops those that are not wanted any more, and does both to those whose
   * entry has changed. One that cannot be made or started is logged and left out; the others are not held up.
   */
  apply(wanted: readonly WantedCarrier[]): Promise<void> {
    this.#applying = this.#applying.then(() => this.#change(wanted));
    return this.#applying;
  }

  /** Stops all carriers; resolves once they have stopped. */
  stop(): Promise<void> {
    return this.apply([]);
  }

  async #change(wanted: readonly WantedCarrier[]): Promise<void> {
    const entries = new Map<string, WantedCarrier>(wanted.map((entry) => [entry.config.name, entry]));
    const outdated = [...this.#running].filter(
      ([name, { written }]) => !isDeepStrictEqual(written, entries.get(name)?.written),
    );
    await Promise.all(outdated.map(([name, { carrier }]) => this.#end(name, carrier)));
    await Promise.all(wanted.map((entry) => this.#begin(entry)));
  }

  async #begin({ config, written, isDraining }: WantedCarrier): Promise<void> {
    const { name } = config;
    const { make, eventsOf, logger } = this.#parts;
    try {
      let running = this.#running.get(name);
      if (running === undefined) {
        const carrier = make(config);
        await carrier.start(eventsOf(name));
        running = { carrier, written, isDraining: false };
        this.#running.set(name, running);
        logger.info({ carrier: name, type: config.type }, 'carrier started');
      }
      if (isDraining && !running.isDraining) running.carrier.drain();
      if (!isDraining && running.isDraining) running.carrier.resumeTaking();
      running.isDraining = isDraining;
    } catch (error) {
      logger.error({ err: error, carrier: name }, 'a carrier cannot be started');
    }
  }

  async #end(name: string, carrier: Carrier): Promise<void> {
    this.#running.delete(name);
    try {
      await carrier.stop();
      this.#parts.logger.info({ carrier: name }, 'carrier stopped');
    } catch (error) {
      this.#parts.logger.error({ err: error, carrier: name }, 'a carrier did not stop as it should');
    }
  }
}
