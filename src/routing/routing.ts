// The routes as this process knows them: kept in memory, and read again when their version has changed.
import type { Reader } from '../db/db.ts';
import { loadRoutes } from './route-store.ts';
import { RoutingTable } from './routing-table.ts';

/** Follows the routes in the database. */
export class Routing {
  readonly #hasSimulator: boolean;
  #version = 0;
  #table: RoutingTable;

  /** @param hasSimulator whether the simulator is there beside the carriers. */
  constructor(hasSimulator: boolean) {
    this.#hasSimulator = hasSimulator;
    this.#table = new RoutingTable([], { hasSimulator, isConfigured: false });
  }

  /** The version of the routes that this process goes by; 0 before it has read any. */
  get version(): number {
    return this.#version;
  }

  /** The routes that this process goes by. */
  get table(): RoutingTable {
    return this.#table;
  }

  /** Reads the routes. */
  async reload(reader: Reader): Promise<void> {
    const { version, routes, isConfigured } = await loadRoutes(reader);
    if (version < this.#version) return;
    this.#table = new RoutingTable(routes, { isConfigured, hasSimulator: this.#hasSimulator });
    this.#version = version;
  }
}
