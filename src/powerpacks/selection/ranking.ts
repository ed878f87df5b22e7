// The contest for a message among the members that can send it: who comes first, and what is against the others. Pure.

import type { SenderKind } from '../powerpack.ts';
import { comesBefore, type OrderedSet } from './ordered-set.ts';
import { isAtHome, isLaterKind, localRuleOf, nearness, type Preference, stepOf } from './preference.ts';
import type { PutAside, Rejection, Rule } from './reason.ts';
import { type Candidate, type Group, hasCapacity } from './sender-pool.ts';

/** How far behind the first choice somebody stands: whoever has capacity left goes first, then the lower step. */
export interface TierRank {
  readonly step: number;
  readonly hasRoom: boolean;
}

/** Members of equal standing: only the balance tells them apart. */
export interface Tier extends TierRank {
  readonly kind: SenderKind;
  readonly size: number;
  /** These members in order. Nearer ones may stand among them: if one of those takes part, it wins at an earlier step. */
  readonly order: OrderedSet<Candidate>;
}

export interface Best extends TierRank {
  readonly candidate: Candidate;
}

/** The shares of a block. Area code and region count only while there is capacity left (semantics section 2, step 5). */
export function tiersOf(preference: Preference, group: Group): Tier[] {
  const { kind, available, exhausted } = group;
  const isHome = isAtHome(preference, group);
  const ofArea = isHome ? available.ofArea.get(preference.areaCode ?? '') : undefined;
  const ofRegion = isHome ? available.ofRegion.get(preference.regionCode ?? '') : undefined;
  const widest = isHome ? nearness.country : nearness.anywhere;
  let counted = 0;
  const tier = (near: number, hasRoom: boolean, order: OrderedSet<Candidate>): Tier => {
    const size = hasRoom ? order.size - counted : order.size;
    if (hasRoom) counted = order.size;
    return { kind, step: stepOf(preference, kind, near), hasRoom, size, order };
  };
  return [
    ...(ofArea === undefined ? [] : [tier(nearness.area, true, ofArea)]),
    ...(ofRegion === undefined ? [] : [tier(nearness.region, true, ofRegion)]),
    tier(widest, true, available.all),
    tier(widest, false, exhausted),
  ];
}

/** The standing of one member. */
export function tierRankOf(preference: Preference, member: Candidate): TierRank {
  const hasRoom = hasCapacity(member);
  const step = (near: number) => ({ step: stepOf(preference, member.kind, near), hasRoom });
  if (!isAtHome(preference, member)) return step(nearness.anywhere);
  const { areaCode, regionCode } = member;
  if (hasRoom && areaCode !== undefined && areaCode === preference.areaCode) return step(nearness.area);
  if (hasRoom && regionCode !== undefined && regionCode === preference.regionCode) {
    return step(nearness.region);
  }
  return step(nearness.country);
}

/**
 * The first of the balance in the first share where anybody takes part (semantics section 2, steps 4 to 6).
 * Somebody must take part.
 */
export function findBest(
  tiers: readonly Tier[],
  isAbsent: (candidate: Candidate) => boolean,
  nowMs: number,
): Best {
  let best: Best | undefined;
  for (const { step, hasRoom, size, order } of tiers) {
    if (size === 0 || (best !== undefined && goesBefore(best, { step, hasRoom }))) continue;
    const candidate = order.first(nowMs, isAbsent);
    if (candidate === undefined) continue;
    const isBetter =
      best === undefined ||
      goesBefore({ step, hasRoom }, best) ||
      comesBefore(candidate, best.candidate, nowMs);
    if (isBetter) best = { candidate, step, hasRoom };
  }
  if (best === undefined) throw new Error('nobody takes part in the contest for a message');
  return best;
}

function goesBefore(one: TierRank, other: TierRank): boolean {
  return one.hasRoom === other.hasRoom ? one.step < other.step : one.hasRoom;
}

/** What put those of a standing aside that took part and did not win. */
export function rejectionOf(best: Best, { step, hasRoom }: TierRank): Rejection {
  if (isLaterKind(step, best.step)) return 'priority';
  if (best.hasRoom && !hasRoom) return 'capacity';
  return step > best.step ? (localRuleOf(best.step) ?? 'balance') : 'balance';
}

/** The narrowest rule that told those who took part apart; `putAside` says how many each of them put aside. */
export function ruleOf(
  best: Best,
  tiers: readonly Tier[],
  absent: ReadonlySet<Candidate>,
  putAside: PutAside,
): Rule {
  const sizes = countKinds(tiers, absent);
  if (sizes.reduce((sum, size) => sum + size, 0) === 1) return 'only_member';
  const localRule = localRuleOf(best.step);
  if (localRule !== undefined && putAside[localRule] !== undefined) return localRule;
  return sizes.length > 1 ? 'priority' : 'balance';
}

/** How many of each kind took part; kinds of which nobody did are left out. */
function countKinds(tiers: readonly Tier[], absent: ReadonlySet<Candidate>): number[] {
  const sizes = new Map<SenderKind, number>();
  const add = (kind: SenderKind, members: number) => sizes.set(kind, (sizes.get(kind) ?? 0) + members);
  for (const { kind, size } of tiers) add(kind, size);
  for (const { kind } of absent) add(kind, -1);
  return [...sizes.values()].filter((size) => size > 0);
}
