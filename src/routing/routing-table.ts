// All routes, and which of them a message takes. Pure.
import { simulatorName } from '../carriers/simulator/config.ts';
import { isFictitious } from '../telecom/inventory.ts';
import type { Service } from '../telecom/service.ts';
import { type Route, type RoutedSender, scopeOfRoute, scopesOfSender } from './route.ts';

/** The route that a message takes. */
export interface FoundRoute {
  /** The name of the route (`scopeOfRoute`), or of the rule that stands for one: `fictitious`, `no carriers`. */
  readonly scope: string;
  /** Names of carriers in the order in which they are tried. */
  readonly carriers: readonly string[];
}

/** Facts that decide beside the routes. */
interface RoutingFacts {
  /** Whether there is any route, or any carrier but the simulator. */
  readonly isConfigured: boolean;
  /** Whether the simulator is there (`RUCKSACK_SIMULATOR`). */
  readonly hasSimulator: boolean;
}

const fictitious: FoundRoute = { scope: 'fictitious', carriers: [simulatorName] };
const noCarriers: FoundRoute = { scope: 'no carriers', carriers: [simulatorName] };

/** The routes of a moment. */
export class RoutingTable {
  readonly #facts: RoutingFacts;
  readonly #routes = new Map<string, FoundRoute>();

  constructor(routes: readonly Route[], facts: RoutingFacts) {
    this.#facts = facts;
    for (const { service, match, carriers } of routes) {
      const scope = scopeOfRoute(match);
      this.#routes.set(`${service} ${scope}`, { scope, carriers });
    }
  }

  /**
   * Returns the route of a message: to the simulator from a fictitious number, whatever the routes say, and from anybody while there
   * is neither a carrier nor a route; else the most specific one. Returns `undefined` where none fits.
   */
  find(service: Service, sender: RoutedSender): FoundRoute | undefined {
    const { isConfigured, hasSimulator } = this.#facts;
    if (hasSimulator && isFictitious(sender.sender)) return fictitious;
    if (!isConfigured) return hasSimulator ? noCarriers : undefined;
    for (const scope of scopesOfSender(sender)) {
      const route = this.#routes.get(`${service} ${scope}`);
      if (route !== undefined) return route;
    }
    return undefined;
  }
}
