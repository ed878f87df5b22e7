// Creates, updates and deletes routes that the API made. Those of the operator's file are changed there.
import { ApiError } from '../base/errors.ts';
import { simulatorName, simulatorServices } from '../carriers/simulator/config.ts';
import { violatedConstraint } from '../db/constraint.ts';
import type { Db, Transaction } from '../db/db.ts';
import type { Notifier } from '../events/notifier.ts';
import type { Service } from '../telecom/service.ts';
import { maxRoutes } from './carrier-file.ts';
import { listCarriers } from './carrier-store.ts';
import { changeRouting } from './change-routing.ts';
import { checkRoute } from './check-route.ts';
import { type Route, scopeOfRoute } from './route.ts';
import {
  countRoutes,
  deleteRoute as deleteRow,
  getRoute,
  insertRoute,
  type StoredRoute,
  saveRoute,
} from './route-store.ts';

const anyRoute = { service: undefined, carrier: undefined };

/** The parts that a change of routes needs. */
interface RouteChanging {
  readonly db: Db;
  readonly notifier: Pick<Notifier, 'emit'>;
  /** Whether routes may lead to the simulator. */
  readonly hasSimulator: boolean;
  readonly now: Date;
}

/**
 * Makes a route with a new id.
 * @throws ApiError invalid for carriers that do not exist or do not take the service, conflict where the same senders have a route.
 */
export async function createRoute(id: string, route: Route, changing: RouteChanging): Promise<void> {
  await changeRoutes(route, changing, async (tx) => {
    if ((await countRoutes(tx, anyRoute)) >= maxRoutes) {
      throw new ApiError('conflict', `there are ${maxRoutes} routes already`);
    }
    await insertRoute(tx, { ...route, id, source: 'api' }, changing.now);
  });
}

/**
 * Replaces a route.
 * @throws ApiError notFound, and as `createRoute`; conflict where the file has it.
 */
export async function updateRoute(id: string, route: Route, changing: RouteChanging): Promise<void> {
  await changeRoutes(route, changing, async (tx) => {
    const { source } = await getOwnRoute(tx, id);
    await saveRoute(tx, { ...route, id, source }, changing.now);
  });
}

/**
 * Deletes a route.
 * @throws ApiError notFound, conflict where the file has it.
 */
export async function deleteRoute(
  id: string,
  { db, notifier }: Pick<RouteChanging, 'db' | 'notifier'>,
): Promise<void> {
  await changeRouting(db, notifier, async (tx) => {
    await getOwnRoute(tx, id);
    await deleteRow(tx, id);
  });
}

/** Checks the carriers of a route, then runs its change. */
async function changeRoutes(
  route: Route,
  { db, notifier, hasSimulator }: RouteChanging,
  change: (tx: Transaction) => Promise<void>,
): Promise<void> {
  const { service, match } = route;
  try {
    await changeRouting(db, notifier, async (tx) => {
      checkRoute(route, await knownServices(tx, hasSimulator), '');
      await change(tx);
    });
  } catch (error) {
    if (violatedConstraint(error) !== 'routes_once') throw error;
    throw new ApiError(
      'conflict',
      `there is a route for ${scopeOfRoute(match)} and ${service.toUpperCase()} already`,
    );
  }
}

async function knownServices(
  tx: Transaction,
  hasSimulator: boolean,
): Promise<Map<string, readonly Service[]>> {
  const carriers = await listCarriers(tx);
  const services = new Map(carriers.map(({ name, services }) => [name, services]));
  return hasSimulator ? services.set(simulatorName, simulatorServices) : services;
}

async function getOwnRoute(tx: Transaction, id: string): Promise<StoredRoute> {
  const route = await getRoute(tx, id);
  if (route === undefined) throw routeNotFound();
  if (route.source === 'file') {
    throw new ApiError('conflict', 'the route stands in the file of carriers, and is changed there');
  }
  return route;
}

/** Returns the error for a route that does not exist. */
export const routeNotFound = () => new ApiError('notFound', 'route not found');
