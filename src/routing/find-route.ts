// The route that a message would take now, for those who explain it: dispatch keeps the routes in memory.
import type { Reader } from '../db/db.ts';
import type { Service } from '../telecom/service.ts';
import { type RoutedSender, scopesOfSender } from './route.ts';
import { loadRoutes } from './route-store.ts';
import { type FoundRoute, RoutingTable } from './routing-table.ts';

/** Returns the route of a sender's messages; `undefined` where none fits. */
export async function findRoute(
  reader: Reader,
  service: Service,
  sender: RoutedSender,
  hasSimulator: boolean,
): Promise<FoundRoute | undefined> {
  const { routes, isConfigured } = await loadRoutes(reader, scopesOfSender(sender));
  return new RoutingTable(routes, { isConfigured, hasSimulator }).find(service, sender);
}
