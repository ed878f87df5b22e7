// The topics that a successful request may change, by its route.
import type { ChangeTopic } from '../events/account-change.ts';
import { type Route, resourceOf } from './routes.ts';

/** Resource in the path → topics that its requests may change. Numbers enter and leave pools, so each changes with the other. */
const topicsOfResource: Readonly<Record<string, readonly ChangeTopic[]>> = {
  Token: ['account'],
  Key: ['account'],
  Subaccount: ['subaccounts', 'numbers'],
  Application: ['applications', 'powerpacks', 'numbers'],
  PhoneNumber: ['numbers', 'powerpacks'],
  Number: ['numbers', 'powerpacks'],
  '10dlc': ['campaigns', 'numbers'],
  OptOut: ['opt_outs'],
  Powerpack: ['powerpacks', 'numbers'],
  NumberPool: ['powerpacks', 'numbers'],
  Message: ['messages', 'media'],
  Media: ['media'],
  Simulator: ['simulator'],
  Carrier: ['carriers'],
  Route: ['carriers'],
  Webhook: ['webhooks'],
  AlphanumericSender: ['account', 'powerpacks'],
  AlphanumericReview: ['account', 'powerpacks'],
  Import: ['subaccounts', 'applications', 'numbers', 'powerpacks'],
  MainAccount: [],
  Seed: ['applications', 'numbers', 'powerpacks', 'messages', 'simulator'],
  Snapshot: [],
};

/**
 * Returns the topics of a route; none for reading routes, and for endpoints that announce their changes themselves. A resource outside
 * of the table is the account itself.
 */
export function announcedTopics({ method, path, endpoint }: Route): readonly ChangeTopic[] {
  if (method === 'GET' || endpoint.announcesItself) return [];
  const resource = resourceOf(path);
  return (resource === undefined ? undefined : topicsOfResource[resource]) ?? ['account'];
}
