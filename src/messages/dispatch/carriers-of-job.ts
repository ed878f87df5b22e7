// The carriers of a job, by the routes that this process goes by.
import type { Routing } from '../../routing/routing.ts';
import { senderOf } from '../../telecom/sender.ts';
import type { Job } from '../outbox/outbox-store.ts';
import type { CarriersOf } from './carrier-room.ts';

/** Returns the function that finds the carriers of a job, in the order in which they are tried. */
export function makeCarriersOf(routing: Pick<Routing, 'table'>): CarriersOf {
  return (job: Job) => {
    if (job.onlyCarrier !== undefined) return [job.onlyCarrier];
    const { service, sender, countryIso2, powerpackUuid, subaccountId, accountId } = job;
    const from = { ...senderOf(sender, countryIso2), powerpackUuid, subaccountId, accountId };
    return routing.table.find(service, from)?.carriers ?? [];
  };
}
