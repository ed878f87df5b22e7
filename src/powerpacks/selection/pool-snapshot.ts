// A powerpack with its pool as accepting needs them: read from the database and made ready for the choice of senders.
import type { SenderLimits } from '../../base/sender-limits.ts';
import type { Reader } from '../../db/db.ts';
import { parseE164 } from '../../telecom/e164.ts';
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

export interface PoolSnapshot {
  /** `mainId` is the main account of its account; the same when that is one. */
  readonly powerpack: Powerpack & { readonly mainId: string };
  readonly pool: SenderPool;
  /** Grows with every change of the powerpack and of its members. */
  readonly version: number;
}

/** Reads powerpacks with their members, whose loads are still unknown: all free, unused and healthy. */
export async function loadSnapshots(
  reader: Reader,
  versions: ReadonlyMap<string, PoolVersion>,
  limits: SenderLimits,
): Promise<Map<string, PoolSnapshot>> {
  if (versions.size === 0) return new Map();
  const powerpacks = await loadPowerpacks(reader, [...versions.keys()]);
  const poolUuids = [...powerpacks.values()].map(({ poolUuid }) => poolUuid);
  const members = new Map<string, MemberFacts[]>(poolUuids.map((poolUuid) => [poolUuid, []]));
  for (const member of await loadSendingMembers(reader, poolUuids)) {
    members.get(member.poolUuid)?.push(factsOf(member, limits));
  }
  const snapshots = new Map<string, PoolSnapshot>();
  for (const [uuid, { mainId, version }] of versions) {
    const powerpack = powerpacks.get(uuid);
    if (powerpack === undefined) continue;
    const pool = new SenderPool(members.get(powerpack.poolUuid) ?? []);
    snapshots.set(uuid, { powerpack: { mainId, ...powerpack }, pool, version });
  }
  return snapshots;
}

/** A pool that has changed since it was read, and what it is now. */
export interface Outdated {
  readonly snapshot: PoolSnapshot;
  readonly current: PoolVersion;
}

/** The changes of pools since versions that were known, with their powerpacks as they are now. */
export interface ReadChanges {
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
  limits: SenderLimits,
): Map<string, PoolSnapshot> {
  const caughtUp = new Map<string, PoolSnapshot>();
  for (const [uuid, { snapshot, current }] of outdated) {
    const powerpack = powerpacks.get(uuid);
    const changed = changes.get(snapshot.powerpack.poolUuid);
    if (powerpack === undefined || changed === undefined) continue;
    const { pool } = snapshot;
    const { mainId, version } = current;
    for (const member of changed.gone) pool.remove(queueOfSender(member));
    for (const member of changed.members) {
      const facts = factsOf(member, limits);
      pool.put(facts);
      pool.setLoad(facts.queue, loadOf(member, limits));
    }
    caughtUp.set(uuid, { powerpack: { mainId, ...powerpack }, pool, version });
  }
  return caughtUp;
}

const loadOf = ({ nextFree, segmentsToday, outcomes }: ChangedMember, limits: SenderLimits): Load => ({
  freeAtMs: nextFree?.getTime() ?? 0,
  segmentsToday,
  healthy: isHealthy(outcomes, limits),
});

function factsOf(member: SendingMember, limits: SenderLimits): MemberFacts {
  const { sender, kind, countryIso2, services, smsPerSecond, mmsPerSecond, ownDailySegments } = member;
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
    smsPerSecond,
    mmsPerSecond,
    dailySegments: dailySegmentsOf(member, ownDailySegments, limits),
  };
}
