// The carriers of a job, by the routes that this process goes by.
import type { Routing } from '../../routing/routing.ts';
import type { Job } from '../outbox/outbox-store.ts';
import type { CarriersOf } from './carrier-room.ts';
import { senderOf } from './submission.ts';

/** Returns the function that finds the carriers of a job, in the order in which they are tried. */
export function makeCarriersOf(routing: Pick<Routing, 'table'>): CarriersOf {
  return ({ service, sender, countryIso2, powerpackUuid, subaccountId, accountId }: Job) => {
    const { senderKind, senderCountry } = senderOf(sender, countryIso2);
    const found = routing.table.find(service, {
      sender,
      kind: senderKind,
      countryIso2: senderCountry,
      powerpackUuid,
      subaccountId,
      accountId,
    });
    return found?.carriers ?? [];
  };
}
