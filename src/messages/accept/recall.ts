// What is known about a batch of orders before anything is chosen: who asks, pools, own senders, mappings, opt-outs; read together.
import { findEndedScopes } from '../../accounts/confirm-scopes.ts';
import type { Settings } from '../../base/config.ts';
import type { ApiError } from '../../base/errors.ts';
import type { Transaction } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import type { OptOut } from '../../powerpacks/opt-outs/opt-out.ts';
import { loadOptOuts } from '../../powerpacks/opt-outs/opt-out-store.ts';
import type { PoolCache } from '../../powerpacks/selection/pool-cache.ts';
import type { PoolSnapshot } from '../../powerpacks/selection/pool-snapshot.ts';
import { loadStickySenders } from '../../powerpacks/sticky/sticky-store.ts';
import type { Order } from '../order.ts';
import { findOwnedSenders, type OwnedSender, type WantedSender } from './sender-store.ts';

/** What choosing senders works with. */
export interface ChoosingParts {
  readonly pools: PoolCache;
  readonly settings: Settings;
}

export interface Recalled {
  /** Scopes of orders that do not hold any more, and what is answered instead. */
  readonly ended: ReadonlyMap<Scope, ApiError>;
  /** By uuid; those that are not there, or deleted, are absent. */
  readonly snapshots: ReadonlyMap<string, PoolSnapshot>;
  /** The sender that the order names, as it is for each of its destinations, in order; `undefined` where it is not the account's. */
  ownedBy(order: Order): readonly (OwnedSender | undefined)[];
  /** The sender queue that a destination is mapped to in a pool. */
  stickyOf(poolUuid: string, destination: string): string | undefined;
  /** What a destination has opted out of. */
  optOutsOf(accountId: string, destination: string): readonly OptOut[];
}

const none: readonly OptOut[] = [];

/** Reads it all in one round: only a pool that this process sends from for the first time takes another. */
export async function recall(
  tx: Transaction,
  orders: readonly Order[],
  now: Date,
  { pools, settings }: ChoosingParts,
): Promise<Recalled> {
  const uuids = [...new Set(orders.flatMap(({ from }) => (from.kind === 'powerpack' ? [from.uuid] : [])))];
  const reading = pools.get(tx, uuids, now);
  const poolUuids = pools.poolUuidsOf(uuids) ?? poolUuidsOf(await reading);
  const mapped = orders.flatMap(({ from, destinations }) => {
    const poolUuid = from.kind === 'powerpack' ? poolUuids.get(from.uuid) : undefined;
    return poolUuid === undefined
      ? []
      : destinations.map(({ number }) => ({ poolUuid, destination: number }));
  });
  const people = orders.flatMap(({ accountId, destinations }) =>
    destinations.map(({ number }) => ({ accountId, destination: number })),
  );
  const [snapshots, ended, owned, sticky, optOuts] = await Promise.all([
    reading,
    findEndedScopes(
      tx,
      orders.flatMap(({ scope }) => scope ?? []),
      now,
    ),
    findNamedSenders(tx, orders),
    loadStickySenders(tx, mapped, now, settings.stickyDays),
    loadOptOuts(tx, people),
  ]);
  const queues = new Map(
    mapped.map(({ poolUuid, destination }, index) => [`${poolUuid} ${destination}`, sticky[index]]),
  );
  const optOutsOfPeople = new Map(
    people.map(({ accountId, destination }, index) => [`${accountId} ${destination}`, optOuts[index]]),
  );
  return {
    ended,
    snapshots,
    ownedBy: (order) => owned.get(order) ?? [],
    stickyOf: (poolUuid, destination) => queues.get(`${poolUuid} ${destination}`),
    optOutsOf: (accountId, destination) => optOutsOfPeople.get(`${accountId} ${destination}`) ?? none,
  };
}

const poolUuidsOf = (snapshots: ReadonlyMap<string, PoolSnapshot>): ReadonlyMap<string, string> =>
  new Map([...snapshots].map(([uuid, { powerpack }]) => [uuid, powerpack.poolUuid]));

/** What each order names that names a sender, for each of its destinations. */
async function findNamedSenders(
  tx: Transaction,
  orders: readonly Order[],
): Promise<ReadonlyMap<Order, readonly (OwnedSender | undefined)[]>> {
  const naming = orders.filter(({ from }) => from.kind === 'number');
  const found = await findOwnedSenders(tx, naming.flatMap(wantedSenders));
  let seen = 0;
  return new Map(
    naming.map((order) => {
      const start = seen;
      seen += order.destinations.length;
      return [order, found.slice(start, seen)];
    }),
  );
}

function wantedSenders({ from, accountId, subaccountId, destinations }: Order): readonly WantedSender[] {
  if (from.kind === 'powerpack') return [];
  const { sender } = from;
  return destinations.map(({ countryIso2 }) => ({ accountId, subaccountId, sender, countryIso2 }));
}
