// The SQL of routes.
import type { Reader, Transaction } from '../db/db.ts';
import { type Sorting, sortedText, sortedTexts } from '../db/sorted-texts.ts';
import type { PageRequest } from '../http/page.ts';
import type { Service } from '../telecom/service.ts';
import type { Source } from './carrier-store.ts';
import { type Route, scopeOfRoute } from './route.ts';
import { readRoute, type WrittenRoute, writeRoute } from './route-format.ts';

/** A route that is stored. */
export interface StoredRoute extends Route {
  readonly id: string;
  readonly source: Source;
}

interface RouteRow {
  id: string;
  written: WrittenRoute;
  source: Source;
}

const fromRow = ({ id, written, source }: RouteRow): StoredRoute => ({
  ...readRoute(written, 'route'),
  id,
  source,
});

/** The routes of a moment, the names of all carriers, and whether there is any route, or any carrier but the simulator. */
interface StoredRoutes {
  readonly isConfigured: boolean;
  readonly carriers: readonly string[];
  readonly routes: readonly Route[];
}

interface RoutesRow {
  is_configured: boolean;
  carriers: string[];
  routes: WrittenRoute[];
}

/** Of one moment, since it is one statement. */
const loadSql = `
  select
    exists (select from routes) or exists (select from carriers where written ->> 'type' <> 'simulator') as is_configured,
    array(select name from carriers) as carriers,
    (select coalesce(jsonb_agg(written), '[]') from routes where $1::text[] is null or scope = any($1)) as routes`;

/** Returns all routes, or those of some names. */
export async function loadRoutes(reader: Reader, scopes?: readonly string[]): Promise<StoredRoutes> {
  const [row] = await reader.query<RoutesRow>(loadSql, [scopes ?? null]);
  return {
    isConfigured: row?.is_configured ?? false,
    carriers: row?.carriers ?? [],
    routes: (row?.routes ?? []).map((written) => readRoute(written, 'route')),
  };
}

/** Returns the version of carriers and routes: how often they have changed. */
export async function readRoutingVersion(reader: Reader): Promise<number> {
  const [row] = await reader.query<{ version: number }>('select version from routing_version');
  return row?.version ?? 0;
}

/** Which routes are listed: those of one service, those that name a carrier. */
interface RouteFilters {
  readonly service: Service | undefined;
  readonly carrier: string | undefined;
}

const filtered = `($1::text is null or service = $1)
  and ($2::text is null or written ->> 'carrier' = $2 or written -> 'fallback' @> to_jsonb($2::text))`;
const filterValues = ({ service, carrier }: RouteFilters) => [service ?? null, carrier ?? null];

/** By which routes can be put in order: the messages that they are for, their service, their first carrier. */
export const routeOrders = ['senders', 'service', 'carrier'] as const;
type RouteOrder = (typeof routeOrders)[number];

const lists = sortedTexts<RouteOrder>(
  { senders: 'scope', service: 'service', carrier: `written ->> 'carrier'` },
  (order) =>
    `select id, written, source from routes where ${filtered} order by ${order}scope, service limit $3 offset $4`,
);

/** Returns a page of the routes that the filters leave in an order, by itself that of what they are for. */
export async function listRoutes(
  reader: Reader,
  filters: RouteFilters,
  page: PageRequest,
  sorting?: Sorting<RouteOrder>,
): Promise<StoredRoute[]> {
  const rows = await reader.query<RouteRow>(sortedText(lists, sorting), [
    ...filterValues(filters),
    page.limit,
    page.offset,
  ]);
  return rows.map(fromRow);
}

/** Returns how many routes `listRoutes` would list on all pages. */
export async function countRoutes(reader: Reader, filters: RouteFilters): Promise<number> {
  const rows = await reader.query<{ count: number }>(
    `select count(*) as count from routes where ${filtered}`,
    filterValues(filters),
  );
  return rows[0]?.count ?? 0;
}

/** Returns the route of an id. */
export async function getRoute(reader: Reader, id: string): Promise<StoredRoute | undefined> {
  const rows = await reader.query<RouteRow>('select id, written, source from routes where id = $1', [id]);
  return rows.map(fromRow)[0];
}

const routeValues = (route: StoredRoute, now: Date) => [
  route.id,
  route.service,
  scopeOfRoute(route.match),
  JSON.stringify(writeRoute(route)),
  now,
];

/** Adds a route. A second one for the same senders violates `routes_once`. */
export async function insertRoute(tx: Transaction, route: StoredRoute, now: Date): Promise<void> {
  await tx.query(
    `insert into routes (id, service, scope, written, source, changed_at) values ($1, $2, $3, $4::jsonb, 'api', $5)`,
    routeValues(route, now),
  );
}

/** Writes a route. One that would be a second one for the same senders violates `routes_once`. */
export async function saveRoute(tx: Transaction, route: StoredRoute, now: Date): Promise<void> {
  await tx.query(
    'update routes set service = $2, scope = $3, written = $4::jsonb, changed_at = $5 where id = $1',
    routeValues(route, now),
  );
}

/** Deletes a route. */
export async function deleteRoute(tx: Transaction, id: string): Promise<void> {
  await tx.query('delete from routes where id = $1', [id]);
}
