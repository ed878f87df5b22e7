// Checks that the carriers of a route exist and take its service. Pure.
import { ApiError } from '../base/errors.ts';
import { placeOf } from '../carriers/complaint.ts';
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
    const key = placeOf(place, index === 0 ? ['carrier'] : ['fallback', index - 1]);
    const taken = services.get(name);
    if (taken === undefined)
      throw new ApiError('invalid', `${key} names ${name}, and there is no such carrier`);
    if (!taken.includes(service)) {
      throw new ApiError('invalid', `${key} names ${name}, which takes no ${service.toUpperCase()}`);
    }
  }
}
