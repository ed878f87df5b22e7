// A powerpack with its pool as accepting needs them: read from the database and made ready for the choice of senders.
import type { SenderLimits } from '../../base/sender-limits.ts';
import type { Reader } from '../../db/db.ts';
import { parseE164 } from '../../telecom/e164.ts';
import type { Powerpack } from '../powerpack.ts';
import { queueOf, queueOfSender } from '../queue-name.ts';
import { loadPowerpacks, type PoolVersion } from '../store.ts';
import type { MemberFacts } from './candidate.ts';
import { dailySegmentsOf } from './limits.ts';
import { SenderPool } from './sender-pool.ts';
import { loadPoolChanges, loadSendingMembers, type SendingMember } from './sending-member-store.ts';

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

/** A pool that is up to date again, and the sender queues of the members that have come or changed. */
export interface CaughtUp {
  readonly snapshot: PoolSnapshot;
  readonly changedQueues: readonly string[];
}

/**
 * Reads what has changed in pools, and changes them accordingly; a member that came has the load of one that has never sent. Returns
 * them by the uuid of the powerpack, without those of which everything has to be read.
 */
export async function catchUp(
  reader: Reader,
  outdated: ReadonlyMap<string, Outdated>,
  limits: SenderLimits,
): Promise<Map<string, CaughtUp>> {
  if (outdated.size === 0) return new Map();
  const known = [...outdated.values()].map(({ snapshot: { powerpack, version } }) => ({
    poolUuid: powerpack.poolUuid,
    version,
  }));
  const [powerpacks, changes] = await Promise.all([
    loadPowerpacks(reader, [...outdated.keys()]),
    loadPoolChanges(reader, known),
  ]);
  const caughtUp = new Map<string, CaughtUp>();
  for (const [uuid, { snapshot, current }] of outdated) {
    const powerpack = powerpacks.get(uuid);
    const changed = changes.get(snapshot.powerpack.poolUuid);
    if (powerpack === undefined || changed === undefined) continue;
    const { pool } = snapshot;
    const { mainId, version } = current;
    for (const member of changed.gone) pool.remove(queueOfSender(member));
    const facts = changed.members.map((member) => factsOf(member, limits));
    for (const member of facts) pool.put(member);
    caughtUp.set(uuid, {
      snapshot: { powerpack: { mainId, ...powerpack }, pool, version },
      changedQueues: facts.map(({ queue }) => queue),
    });
  }
  return caughtUp;
}

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
