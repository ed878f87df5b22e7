// The contest for a message among the members that can send it: who comes first, and what is against the others. Pure.

import type { SenderKind } from '../powerpack.ts';
import { comesBefore, type OrderedSet } from './ordered-set.ts';
import { isAtHome, isLaterKind, localRuleOf, nearness, type Preference, stepOf } from './preference.ts';
import type { Defeat, PutAside, Rule } from './reason.ts';
import { type Block, type Candidate, hasCapacity } from './sender-pool.ts';

/** How far behind the first choice somebody stands: whoever has capacity left goes first, then the lower step. */
export interface Standing {
  readonly step: number;
  readonly isFresh: boolean;
}

/** Members of equal standing: only the balance tells them apart. */
export interface Share extends Standing {
  readonly kind: SenderKind;
  readonly size: number;
  /** These members in order. Nearer ones may stand among them: if one of those takes part, it wins at an earlier step. */
  readonly order: OrderedSet<Candidate>;
}

export interface Winner extends Standing {
  readonly candidate: Candidate;
}

/** The shares of a block. Area code and region count only while there is capacity left (semantics section 2, step 5). */
export function sharesOf(preference: Preference, block: Block): Share[] {
  const { kind, fresh, spent } = block;
  const isHome = isAtHome(preference, block);
  const ofArea = isHome ? fresh.ofArea.get(preference.areaCode ?? '') : undefined;
  const ofRegion = isHome ? fresh.ofRegion.get(preference.regionCode ?? '') : undefined;
  const widest = isHome ? nearness.country : nearness.anywhere;
  let counted = 0;
  const share = (near: number, isFresh: boolean, order: OrderedSet<Candidate>): Share => {
    const size = isFresh ? order.size - counted : order.size;
    if (isFresh) counted = order.size;
    return { kind, step: stepOf(preference, kind, near), isFresh, size, order };
  };
  return [
    ...(ofArea === undefined ? [] : [share(nearness.area, true, ofArea)]),
    ...(ofRegion === undefined ? [] : [share(nearness.region, true, ofRegion)]),
    share(widest, true, fresh.all),
    share(widest, false, spent),
  ];
}

/** The standing of one member. */
export function standingOf(preference: Preference, member: Candidate): Standing {
  const isFresh = hasCapacity(member);
  const step = (near: number) => ({ step: stepOf(preference, member.kind, near), isFresh });
  if (!isAtHome(preference, member)) return step(nearness.anywhere);
  const { areaCode, regionCode } = member;
  if (isFresh && areaCode !== undefined && areaCode === preference.areaCode) return step(nearness.area);
  if (isFresh && regionCode !== undefined && regionCode === preference.regionCode) {
    return step(nearness.region);
  }
  return step(nearness.country);
}

/**
 * The first of the balance in the first share where anybody takes part (semantics section 2, steps 4 to 6).
 * Somebody must take part.
 */
export function findWinner(
  shares: readonly Share[],
  isAbsent: (candidate: Candidate) => boolean,
  nowMs: number,
): Winner {
  let best: Winner | undefined;
  for (const { step, isFresh, size, order } of shares) {
    if (size === 0 || (best !== undefined && goesBefore(best, { step, isFresh }))) continue;
    const candidate = order.first(nowMs, isAbsent);
    if (candidate === undefined) continue;
    const isBetter =
      best === undefined ||
      goesBefore({ step, isFresh }, best) ||
      comesBefore(candidate, best.candidate, nowMs);
    if (isBetter) best = { candidate, step, isFresh };
  }
  if (best === undefined) throw new Error('nobody takes part in the contest for a message');
  return best;
}

function goesBefore(one: Standing, other: Standing): boolean {
  return one.isFresh === other.isFresh ? one.step < other.step : one.isFresh;
}

/** What put those of a standing aside that took part and did not win. */
export function defeatOf(winner: Winner, { step, isFresh }: Standing): Defeat {
  if (isLaterKind(step, winner.step)) return 'priority';
  if (winner.isFresh && !isFresh) return 'capacity';
  return step > winner.step ? (localRuleOf(winner.step) ?? 'balance') : 'balance';
}

/** The narrowest rule that told those who took part apart; `putAside` says how many each of them put aside. */
export function ruleOf(
  winner: Winner,
  shares: readonly Share[],
  absent: ReadonlySet<Candidate>,
  putAside: PutAside,
): Rule {
  const sizes = countKinds(shares, absent);
  if (sizes.reduce((sum, size) => sum + size, 0) === 1) return 'only_member';
  const localRule = localRuleOf(winner.step);
  if (localRule !== undefined && putAside[localRule] !== undefined) return localRule;
  return sizes.length > 1 ? 'priority' : 'balance';
}

/** How many of each kind took part; kinds of which nobody did are left out. */
function countKinds(shares: readonly Share[], absent: ReadonlySet<Candidate>): number[] {
  const sizes = new Map<SenderKind, number>();
  const add = (kind: SenderKind, members: number) => sizes.set(kind, (sizes.get(kind) ?? 0) + members);
  for (const { kind, size } of shares) add(kind, size);
  for (const { kind } of absent) add(kind, -1);
  return [...sizes.values()].filter((size) => size > 0);
}
