// The carriers of a job, by the routes that this process goes by.
import type { Routing } from '../../routing/routing.ts';
import type { RoutingTable } from '../../routing/routing-table.ts';
import { senderOf } from '../../telecom/sender.ts';
import type { Job } from '../outbox/outbox-store.ts';
import type { CarriersOf } from './carrier-room.ts';

/**
 * Returns the function that finds the carriers of a job, in the order in which they are tried. A round of dispatch asks for each late
 * sender queue, ten thousand at times: a job is looked up once for as long as the routes stay the same.
 */
export function makeCarriersOf(routing: Pick<Routing, 'table'>): CarriersOf {
  const found = new WeakMap<Job, { readonly table: RoutingTable; readonly carriers: readonly string[] }>();
  return (job) => {
    const { table } = routing;
    const known = found.get(job);
    if (known?.table === table) return known.carriers;
    const carriers = lookUp(table, job);
    found.set(job, { table, carriers });
    return carriers;
  };
}

function lookUp(table: RoutingTable, job: Job): readonly string[] {
  const { service, sender, countryIso2, powerpackUuid, subaccountId, accountId } = job;
  const from = { ...senderOf(sender, countryIso2), powerpackUuid, subaccountId, accountId };
  return table.find(service, from)?.carriers ?? [];
}
