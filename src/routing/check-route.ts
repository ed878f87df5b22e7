// Whether the carriers that a route names are there and take its service. Pure.
import { ApiError } from '../base/errors.ts';
import type { Service } from '../telecom/service.ts';
import type { Route } from './route.ts';

/**
 * Checks a route against the carriers that there are.
 * @param services what each carrier takes, by its name.
 * @throws ApiError invalid, naming the place of the route and the carrier.
 */
export function checkRoute(
  { service, carriers }: Route,
  services: ReadonlyMap<string, readonly Service[]>,
  place: string,
): void {
  for (const [index, name] of carriers.entries()) {
    const key = index === 0 ? `${place}.carrier` : `${place}.fallback[${index - 1}]`;
    const taken = services.get(name);
    if (taken === undefined)
      throw new ApiError('invalid', `${key} names ${name}, and there is no such carrier`);
    if (!taken.includes(service)) {
      throw new ApiError('invalid', `${key} names ${name}, which takes no ${service.toUpperCase()}`);
    }
  }
}
