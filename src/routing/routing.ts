// The routes as this process knows them, in memory. They are read again when they have changed (`src/roles/run-carriers.ts`).
import { simulatorName } from '../carriers/simulator/config.ts';
import type { Reader } from '../db/db.ts';
import { loadRoutes } from './route-store.ts';
import { RoutingTable } from './routing-table.ts';

/** The routes that dispatch goes by. */
export class Routing {
  readonly #hasSimulator: boolean;
  #table: RoutingTable;
  #carriers: ReadonlySet<string> = new Set();

  /** @param hasSimulator whether the simulator is there beside the carriers. */
  constructor(hasSimulator: boolean) {
    this.#hasSimulator = hasSimulator;
    this.#table = new RoutingTable([], { hasSimulator, isConfigured: false });
  }

  /** The routes that this process goes by. */
  get table(): RoutingTable {
    return this.#table;
  }

  /** Returns whether there is a carrier, in whichever process, up or down. */
  hasCarrier(name: string): boolean {
    return this.#carriers.has(name) || (this.#hasSimulator && name === simulatorName);
  }

  /** Reads the routes, and which carriers there are. */
  async reload(reader: Reader): Promise<void> {
    const { routes, carriers, isConfigured } = await loadRoutes(reader);
    this.#carriers = new Set(carriers);
    this.#table = new RoutingTable(routes, { isConfigured, hasSimulator: this.#hasSimulator });
  }
}
