// Tiers of a pool's members: how far behind the first choice they are, by capacity, number priority and locality. Pure.
import type { SenderKind } from '../powerpack.ts';
import { type Candidate, hasCapacity } from './candidate.ts';
import type { Preference } from './preference.ts';
import type { Reaching } from './reach.ts';
import { localRules, type Rejection } from './reason.ts';
import { roomToday } from './warm-up.ts';

/**
 * How far behind the first choice members are. Those that are drained come last; then capacity counts, then the place of their kind, then
 * their nearness.
 */
export interface TierRank {
  readonly isDraining: boolean;
  readonly hasCapacity: boolean;
  /** The place of their kind in the number priority. */
  readonly kindPlace: number;
  /** One of `nearness`. */
  readonly nearness: number;
}

/** Members that only their loads tell apart: one by itself, or many of a large pool together. */
export interface Tier extends Reaching {
  readonly rank: TierRank;
  /** Segments that each of them may still send today (`roomToday`); `undefined` for no limit. */
  readonly room: number | undefined;
  /** At least 1. */
  readonly size: number;
  /** The sender queue of a member by itself; `undefined` where there may be more. */
  readonly queue: string | undefined;
  readonly leastBusy: (nowMs: number) => Candidate;
}

/** The place of each rule of locality, the nearest first, and the place of members that satisfy none. */
export const nearness = { area: 0, region: 1, country: 2, anywhere: localRules.length } as const;

/** Returns a member by itself. */
export function tierOfOne(preference: Preference, member: Candidate): Tier {
  const { kind, countryIso2, services, routed, standing, queue } = member;
  const rank = rankOf(preference, member);
  const room = roomToday(member);
  return {
    kind,
    countryIso2,
    services,
    routed,
    standing,
    rank,
    room,
    size: 1,
    queue,
    leastBusy: () => member,
  };
}

/** Returns the rank of a member. Area code and region count only while it has capacity left (semantics section 2, step 5). */
export function rankOf(preference: Preference, member: Candidate): TierRank {
  const isAvailable = hasCapacity(member);
  const { areaCode, regionCode } = member;
  const nearest = (): number => {
    if (!isAtHome(preference, member)) return nearness.anywhere;
    if (isAvailable && areaCode !== undefined && areaCode === preference.areaCode) return nearness.area;
    if (isAvailable && regionCode !== undefined && regionCode === preference.regionCode)
      return nearness.region;
    return nearness.country;
  };
  return {
    isDraining: member.standing === 'draining',
    hasCapacity: isAvailable,
    kindPlace: placeOf(preference, member.kind),
    nearness: nearest(),
  };
}

/** Returns whether long codes are preferred because they are of the destination's country. */
export function isAtHome(
  { prefersCountry, countryIso2 }: Preference,
  member: { readonly kind: SenderKind; readonly countryIso2: string },
): boolean {
  return prefersCountry && member.kind === 'longcode' && member.countryIso2 === countryIso2;
}

/** Returns the place of a kind in the order in which kinds are tried. */
export const placeOf = ({ kinds }: Preference, kind: SenderKind): number => kinds.indexOf(kind);

/** Compares two ranks: negative when the first goes before the second, 0 when they are equal. */
export function compareRanks(one: TierRank, other: TierRank): number {
  if (one.isDraining !== other.isDraining) return one.isDraining ? 1 : -1;
  if (one.hasCapacity !== other.hasCapacity) return one.hasCapacity ? -1 : 1;
  return one.kindPlace - other.kindPlace || one.nearness - other.nearness;
}

/** Returns why members of a rank were ranked lower than the best ones, or no higher. */
export function rejectionOf(best: TierRank, rank: TierRank): Rejection {
  if (rank.isDraining && !best.isDraining) return 'draining';
  if (rank.kindPlace > best.kindPlace) return 'priority';
  if (best.hasCapacity && !rank.hasCapacity) return 'capacity';
  return (rank.nearness > best.nearness ? localRules[best.nearness] : undefined) ?? 'least_busy';
}
