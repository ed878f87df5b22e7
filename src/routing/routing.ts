// The routes as this process knows them, in memory. They are read again when they have changed (`src/roles/run-carriers.ts`).
import type { Reader } from '../db/db.ts';
import { loadRoutes } from './route-store.ts';
import { RoutingTable } from './routing-table.ts';

/** The routes that dispatch goes by. */
export class Routing {
  readonly #hasSimulator: boolean;
  #table: RoutingTable;

  /** @param hasSimulator whether the simulator is there beside the carriers. */
  constructor(hasSimulator: boolean) {
    this.#hasSimulator = hasSimulator;
    this.#table = new RoutingTable([], { hasSimulator, isConfigured: false });
  }

  /** The routes that this process goes by. */
  get table(): RoutingTable {
    return this.#table;
  }

  /** Reads the routes. */
  async reload(reader: Reader): Promise<void> {
    const { routes, isConfigured } = await loadRoutes(reader);
    this.#table = new RoutingTable(routes, { isConfigured, hasSimulator: this.#hasSimulator });
  }
}
