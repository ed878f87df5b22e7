// A powerpack with its pool as messages are accepted by: what the database says, made ready for the choice of senders.
import type { SenderLimits } from '../base/sender-limits.ts';
import type { Reader } from '../db/db.ts';
import { parseE164 } from '../telecom/e164.ts';
import { laneOf } from './lane.ts';
import { dailySegmentsOf } from './limits.ts';
import type { Powerpack } from './powerpack.ts';
import { type MemberFacts, SenderPool } from './sender-pool.ts';
import { loadSendingMembers, type SendingMember } from './sending-member-store.ts';
import { loadPowerpacks, type PoolVersion } from './store.ts';

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

function factsOf(member: SendingMember, limits: SenderLimits): MemberFacts {
  const { sender, kind, countryIso2, services, smsPerSecond, mmsPerSecond, ownDailySegments } = member;
  // Only under +1 do digits tell a place; reading other numbers costs more than it would tell.
  const place = kind === 'longcode' && sender.startsWith('1') ? parseE164(sender) : undefined;
  return {
    lane: laneOf(member),
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
