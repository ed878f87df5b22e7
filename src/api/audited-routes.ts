// Which routes are changes that the audit log has, and by which route their state is read.
import type { Endpoint } from '../http/endpoint.ts';
import { isAtLeast } from '../http/role.ts';
import { neededRole } from './require-role.ts';
import { type Route, resourceOf } from './routes.ts';

/** Resources for trying out, and copies of the database, which change nothing in it: while one is made there may be no transaction. */
const unrecorded = new Set(['Simulator', 'Seed', 'Reset', 'Snapshot', 'DatabaseCopy']);

/**
 * Returns whether a route's requests are recorded: changes that need the role of an operator. Sending needs less, and callbacks that are
 * replayed have a log of their own.
 */
export function isAudited(route: Route): boolean {
  if (route.method === 'GET' || !isAtLeast(neededRole(route), 'operator')) return false;
  const isTestMessage = route.path.endsWith('/Carrier/:carrier_name/Test');
  const isReplay = route.path.endsWith('/Replay');
  return !isTestMessage && !isReplay && !unrecorded.has(resourceOf(route.path) ?? '');
}

const isList = ({ answers }: Pick<Endpoint, 'answers'>): boolean =>
  Object.values(answers).some(
    (answer) =>
      answer !== null && 'properties' in answer && Object.hasOwn(answer.properties as object, 'objects'),
  );

/** Returns the route that shows what a route changes: of the same path or, for an action, of the resource that it acts on. */
export function findReadingRoute<Parts>(
  { path }: Pick<Route, 'path'>,
  routes: readonly Route<Parts>[],
): Route<Parts> | undefined {
  const readingOf = (wanted: string) =>
    routes.find((other) => other.method === 'GET' && other.path === wanted);
  const resource = path.slice(0, path.lastIndexOf('/'));
  const isAction = /\/:(?!auth_id$)\w+$/.test(resource);
  const found = readingOf(path) ?? (isAction ? readingOf(resource) : undefined);
  return found === undefined || isList(found.endpoint) ? undefined : found;
}
