// The role that a request needs, and the refusal of credentials that have a lesser one.
import { ApiError } from '../base/errors.ts';
import type { Scope } from '../http/endpoint.ts';
import { isAtLeast, type Role } from '../http/role.ts';
import type { Route } from './routes.ts';

/** Returns the role that a route needs: its endpoint's own, else reading for GET and operating for changes. */
export const neededRole = ({ method, endpoint }: Pick<Route, 'method' | 'endpoint'>): Role =>
  endpoint.role ?? (method === 'GET' ? 'read_only' : 'operator');

/** @throws ApiError forbidden when an API key has a lesser role than the route needs. */
export function requireRole({ apiKey }: Scope, route: Route): void {
  if (apiKey === undefined) return;
  const needed = neededRole(route);
  if (isAtLeast(apiKey.role, needed)) return;
  const who = needed === 'owner' ? 'the auth token of the account' : `an API key with the role ${needed}`;
  throw new ApiError('forbidden', `this needs ${who}; the API key has the role ${apiKey.role}`);
}
