// Reads what a batch of send requests needs before senders are chosen: ended logins, pools, own senders, mappings, opt-outs.
import { findEndedScopes } from '../../accounts/confirm-scopes.ts';
import type { Settings } from '../../base/config.ts';
import { ApiError } from '../../base/errors.ts';
import type { Transaction } from '../../db/db.ts';
import type { OptOut } from '../../powerpacks/opt-outs/opt-out.ts';
import { loadOptOuts } from '../../powerpacks/opt-outs/opt-out-store.ts';
import type { PoolCache } from '../../powerpacks/selection/pool-cache.ts';
import type { PoolSnapshot } from '../../powerpacks/selection/pool-snapshot.ts';
import { loadStickySenders } from '../../powerpacks/sticky/sticky-store.ts';
import { findFullSchedules, maxScheduledOfAccount } from '../outbox/schedule-store.ts';
import type { SendRequest } from '../send-request.ts';
import { findOwnedSenders, type OwnedSender, type WantedSender } from './sender-store.ts';

/** The parts that choosing senders needs. */
export interface ChoosingParts {
  readonly pools: PoolCache;
  readonly settings: Settings;
}

export interface BatchContext {
  /** Returns why a send request is refused before anything of it is looked at: its scope has ended, or its account has too much scheduled. */
  refusalOf(request: SendRequest): ApiError | undefined;
  /** By uuid; those that are not there, or deleted, are absent. */
  readonly snapshots: ReadonlyMap<string, PoolSnapshot>;
  /** The sender that the send request names, as it is for each of its destinations, in order; `undefined` where it is not the account's. */
  ownedBy(request: SendRequest): readonly (OwnedSender | undefined)[];
  /** The sender queue that a destination is mapped to in a pool. */
  stickyOf(poolUuid: string, destination: string): string | undefined;
  /** Returns the opt-outs of a destination. */
  optOutsOf(accountId: string, destination: string): readonly OptOut[];
}

const none: readonly OptOut[] = [];

const tooMuchScheduled = () =>
  new ApiError(
    'conflict',
    `send_at: ${maxScheduledOfAccount} messages of this account are scheduled already`,
  );

/** Reads all of it in one round trip: only a pool that this process sends from for the first time takes another. */
export async function loadContext(
  tx: Transaction,
  requests: readonly SendRequest[],
  now: Date,
  { pools, settings }: ChoosingParts,
): Promise<BatchContext> {
  const uuids = [...new Set(requests.flatMap(({ from }) => (from.kind === 'powerpack' ? [from.uuid] : [])))];
  const reading = pools.get(tx, uuids, now);
  const poolUuids = pools.poolUuidsOf(uuids) ?? poolUuidsOf(await reading);
  const mapped = requests.flatMap(({ from, destinations }) => {
    const poolUuid = from.kind === 'powerpack' ? poolUuids.get(from.uuid) : undefined;
    return poolUuid === undefined
      ? []
      : destinations.map(({ number }) => ({ poolUuid, destination: number }));
  });
  const people = requests.flatMap(({ accountId, destinations }) =>
    destinations.map(({ number }) => ({ accountId, destination: number })),
  );
  const [snapshots, ended, full, owned, sticky, optOuts] = await Promise.all([
    reading,
    findEndedScopes(
      tx,
      requests.flatMap(({ scope }) => scope ?? []),
      now,
    ),
    findFullSchedules(
      tx,
      requests.flatMap(({ accountId, sendAt, waited }) =>
        sendAt === undefined || waited !== undefined ? [] : [accountId],
      ),
      maxScheduledOfAccount,
    ),
    findNamedSenders(tx, requests),
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
    refusalOf: ({ scope, accountId, sendAt, waited }) =>
      (scope === undefined ? undefined : ended.get(scope)) ??
      (sendAt !== undefined && waited === undefined && full.has(accountId) ? tooMuchScheduled() : undefined),
    snapshots,
    ownedBy: (request) => owned.get(request) ?? [],
    stickyOf: (poolUuid, destination) => queues.get(`${poolUuid} ${destination}`),
    optOutsOf: (accountId, destination) => optOutsOfPeople.get(`${accountId} ${destination}`) ?? none,
  };
}

const poolUuidsOf = (snapshots: ReadonlyMap<string, PoolSnapshot>): ReadonlyMap<string, string> =>
  new Map([...snapshots].map(([uuid, { powerpack }]) => [uuid, powerpack.poolUuid]));

/** Returns the senders that send requests name, for each of their destinations. */
async function findNamedSenders(
  tx: Transaction,
  requests: readonly SendRequest[],
): Promise<ReadonlyMap<SendRequest, readonly (OwnedSender | undefined)[]>> {
  const naming = requests.filter(({ from }) => from.kind === 'number');
  const found = await findOwnedSenders(tx, naming.flatMap(wantedSenders));
  let seen = 0;
  return new Map(
    naming.map((request) => {
      const start = seen;
      seen += request.destinations.length;
      return [request, found.slice(start, seen)];
    }),
  );
}

function wantedSenders({
  from,
  accountId,
  subaccountId,
  destinations,
}: SendRequest): readonly WantedSender[] {
  if (from.kind === 'powerpack') return [];
  const { sender } = from;
  return destinations.map(({ countryIso2 }) => ({ accountId, subaccountId, sender, countryIso2 }));
}
