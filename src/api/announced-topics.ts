// What a successful call may have changed, read from its route.
import type { ChangeTopic } from '../events/account-change.ts';
import { type Route, resourceOf } from './routes.ts';

/** Resource in the path → what calls on it may change. Numbers come and go with pools, and take their place there along. */
const topicsOfResource: Readonly<Record<string, readonly ChangeTopic[]>> = {
  Token: ['account'],
  Subaccount: ['subaccounts', 'numbers'],
  Application: ['applications', 'powerpacks', 'numbers'],
  PhoneNumber: ['numbers', 'powerpacks'],
  Number: ['numbers', 'powerpacks'],
  Powerpack: ['powerpacks', 'numbers'],
  NumberPool: ['powerpacks', 'numbers'],
  Message: ['messages', 'media'],
  Media: ['media'],
  Simulator: ['simulator'],
  Webhook: ['webhooks'],
};

/** None where reading is all that the route does, and where the endpoint announces what it changes itself. */
export function announcedTopics({ method, path, endpoint }: Route): readonly ChangeTopic[] {
  if (method === 'GET' || endpoint.announcesItself) return [];
  const resource = resourceOf(path);
  return (resource === undefined ? undefined : topicsOfResource[resource]) ?? ['account'];
}
