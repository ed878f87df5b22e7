// A powerpack with its pool as accepting needs them: read from the database and made ready for the choice of senders.
import type { SenderLimits } from '../../base/sender-limits.ts';
import type { Reader } from '../../db/db.ts';
import type { RoutingTable } from '../../routing/routing-table.ts';
import { parseE164 } from '../../telecom/e164.ts';
import { senderOf } from '../../telecom/sender.ts';
import type { Service } from '../../telecom/service.ts';
import type { Powerpack } from '../powerpack.ts';
import { queueOf, queueOfSender } from '../queue-name.ts';
import { loadPowerpacks, type PoolVersion } from '../store.ts';
import type { Load, MemberFacts } from './candidate.ts';
import { dailySegmentsOf, isHealthy } from './limits.ts';
import { SenderPool } from './sender-pool.ts';
import {
  type ChangedMember,
  loadPoolChanges,
  loadSendingMembers,
  type PoolChanges,
  type SendingMember,
} from './sending-member-store.ts';
import { warmUpLimitOf } from './warm-up.ts';

export interface PoolSnapshot {
  /** `mainId` is the main account of its account; the same when that is one. */
  readonly powerpack: Powerpack & { readonly mainId: string };
  readonly pool: SenderPool;
  /** Grows with every change of the powerpack and of its members. */
  readonly version: number;
}

/** The settings of the server that decide on members. */
interface MemberRules {
  readonly limits: SenderLimits;
  /** The routes; `undefined` where all are to count as routed. */
  readonly routes: RoutingTable | undefined;
}

/** Reads powerpacks with their members, whose loads are still unknown: all free, unused and healthy. */
export async function loadSnapshots(
  reader: Reader,
  versions: ReadonlyMap<string, PoolVersion>,
  rules: MemberRules,
): Promise<Map<string, PoolSnapshot>> {
  if (versions.size === 0) return new Map();
  const powerpacks = await loadPowerpacks(reader, [...versions.keys()]);
  const poolUuids = [...powerpacks.values()].map(({ poolUuid }) => poolUuid);
  const members = new Map<string, SendingMember[]>(poolUuids.map((poolUuid) => [poolUuid, []]));
  for (const member of await loadSendingMembers(reader, poolUuids)) {
    members.get(member.poolUuid)?.push(member);
  }
  const snapshots = new Map<string, PoolSnapshot>();
  for (const [uuid, { mainId, version }] of versions) {
    const found = powerpacks.get(uuid);
    if (found === undefined) continue;
    const powerpack = { mainId, ...found };
    const facts = members.get(powerpack.poolUuid)?.map((member) => factsOf(member, powerpack, rules));
    snapshots.set(uuid, { powerpack, pool: new SenderPool(facts ?? []), version });
  }
  return snapshots;
}

/** A pool that has changed since it was read, and what it is now. */
export interface Outdated {
  readonly snapshot: PoolSnapshot;
  readonly current: PoolVersion;
}

/** The changes of pools since versions that were known, with their powerpacks as they are now. */
interface ReadChanges {
  /** By the uuid of the powerpack, as `pools`. */
  readonly powerpacks: ReadonlyMap<string, Powerpack>;
  /** By the uuid of the pool (`loadPoolChanges`). */
  readonly changes: ReadonlyMap<string, PoolChanges | undefined>;
}

/** Reads what has changed in pools since they were read, in one round trip. */
export async function readChanges(
  reader: Reader,
  pools: ReadonlyMap<string, PoolSnapshot>,
  now: Date,
): Promise<ReadChanges> {
  if (pools.size === 0) return { powerpacks: new Map(), changes: new Map() };
  const known = [...pools.values()].map(({ powerpack, version }) => ({
    poolUuid: powerpack.poolUuid,
    version,
  }));
  const [powerpacks, changes] = await Promise.all([
    loadPowerpacks(reader, [...pools.keys()]),
    loadPoolChanges(reader, known, now),
  ]);
  return { powerpacks, changes };
}

/**
 * Changes pools as they have changed in the database; members that came or changed have their loads. Returns them by the uuid of the
 * powerpack, without those of which everything has to be read.
 */
export function applyChanges(
  outdated: ReadonlyMap<string, Outdated>,
  { powerpacks, changes }: ReadChanges,
  rules: MemberRules,
  now: Date,
): Map<string, PoolSnapshot> {
  const caughtUp = new Map<string, PoolSnapshot>();
  for (const [uuid, { snapshot, current }] of outdated) {
    const found = powerpacks.get(uuid);
    const changed = changes.get(snapshot.powerpack.poolUuid);
    if (found === undefined || changed === undefined) continue;
    const { pool } = snapshot;
    const { mainId, version } = current;
    const powerpack = { mainId, ...found };
    for (const member of changed.gone) pool.remove(queueOfSender(member));
    for (const member of changed.members) {
      const facts = factsOf(member, powerpack, rules);
      pool.put(facts);
      pool.setLoad(facts.queue, loadOf(member, powerpack, rules.limits, now));
    }
    caughtUp.set(uuid, { powerpack, pool, version });
  }
  return caughtUp;
}

const loadOf = (
  { nextFree, segmentsToday, outcomes, addedAt }: ChangedMember,
  { warmUp }: Pick<Powerpack, 'warmUp'>,
  limits: SenderLimits,
  now: Date,
): Load => ({
  freeAtMs: nextFree?.getTime() ?? 0,
  segmentsToday,
  healthy: isHealthy(outcomes, limits),
  warmUpLimit: warmUpLimitOf(warmUp, addedAt, now),
});

function factsOf(
  member: SendingMember,
  powerpack: PoolSnapshot['powerpack'],
  { limits, routes }: MemberRules,
): MemberFacts {
  const { sender, kind, countryIso2, services, standing, smsPerSecond, mmsPerSecond, ownDailySegments } =
    member;
  // Only under +1 do digits tell a place; reading other numbers costs more than it would tell.
  const place = kind === 'longcode' && sender.startsWith('1') ? parseE164(sender) : undefined;
  return {
    queue: queueOf(member),
    sender,
    kind,
    countryIso2,
    areaCode: place?.areaCode,
    regionCode: place?.regionCode,
    services,
    routed: routes === undefined ? services : routedServices(member, powerpack, routes),
    standing,
    smsPerSecond,
    mmsPerSecond,
    dailySegments: dailySegmentsOf(member, ownDailySegments, limits),
    campaignId: member.campaignId ?? undefined,
    addedAt: member.addedAt,
  };
}

/** Returns the services of a member that a route leads to a carrier, as dispatch will look for one. */
function routedServices(
  { sender, countryIso2, services }: SendingMember,
  { uuid, accountId, mainId }: PoolSnapshot['powerpack'],
  routes: RoutingTable,
): readonly Service[] {
  const from = {
    ...senderOf(sender, countryIso2),
    powerpackUuid: uuid,
    subaccountId: accountId === mainId ? undefined : accountId,
    accountId: mainId,
  };
  return services.filter((service) => routes.find(service, from) !== undefined);
}
