// WHO SENDS: the rule by which a powerpack chooses the sender of a message (semantics section 2). Pure: no database, no clock, no dice.
import type { Service } from '../../telecom/service.ts';
import { blocksAllOf, type OptOut } from '../opt-outs/opt-out.ts';
import type { Powerpack } from '../powerpack.ts';
import { type Candidate, isLessBusy } from './candidate.ts';
import { type Destination, type Preference, preferenceOf } from './preference.ts';
import { canSend, carries, isSending, type Reaching, reaches, whyNobodyCan } from './reach.ts';
import { localRules, type Reason, type Rejected, type Rule, type StoredSelection } from './reason.ts';
import { compareRanks, rejectionOf, type Tier, type TierRank } from './tier.ts';

/** The settings of a powerpack that decide the choice. */
export type SendingRules = Pick<
  Powerpack,
  'uuid' | 'stickySender' | 'localConnect' | 'numberPriority' | 'alphanumericFirst'
>;

/** A message that needs a sender. */
export interface SenderQuery {
  /** The number that it goes to, by its E.164 digits. */
  readonly destination: Destination & { readonly number: string };
  readonly service: Service;
  /** Whether names may send to the destination. */
  readonly takesNames: boolean;
  readonly segments: number;
  /** Whether it waits for its moment, and gets its sender then: what members may send today does not count. */
  readonly waits: boolean;
  /** The sender queue that the destination's mapping names, where it has one that counts. */
  readonly sticky: string | undefined;
  /** The opt-outs of the destination in the account. */
  readonly optOuts: readonly OptOut[];
}

/** The members of a pool, as the rule asks for them. */
export interface Members {
  find(queue: string): Candidate | undefined;
  /** Returns all members in tiers. Members that the query names must be tiers by themselves. */
  tiers(preference: Preference, named: readonly Candidate[]): readonly Tier[];
}

export interface Chosen extends StoredSelection {
  readonly kind: 'chosen';
  readonly candidate: Candidate;
  /** The destination opted out of the sender, and no rule could avoid it: the message fails with code 200. */
  readonly optedOut: boolean;
  /** The member that the destination's mapping is to name from now on; `undefined` when this message leaves it alone. */
  readonly remember: Candidate | undefined;
}

/** No member can send the message; `why` is a sentence for the caller. */
export interface NoneChosen {
  readonly kind: 'none';
  readonly why: string;
  readonly rejected: Rejected;
}

/** A choice, the tiers that it was made among, and the first reason against the members of each that were not chosen. */
interface Decision {
  readonly selection: Chosen | NoneChosen;
  readonly tiers: readonly Tier[];
  readonly reasonAgainst: (tier: Tier) => Reason;
}

/**
 * Returns the sender of one message: the sticky one; else of those that the destination did not opt out of, if there are any, the first
 * by drain, capacity, number priority and locality; among equals the least busy. The same arguments give the same result.
 */
export function applyRule(rules: SendingRules, members: Members, query: SenderQuery, now: Date): Decision {
  const nowMs = now.getTime();
  const tiers = members.tiers(
    preferenceOf(rules, query.destination, query.service),
    namedMembers(members, query),
  );
  const able = tiers.filter((tier) => obstacleTo(tier, query) === undefined);
  if (able.length === 0) {
    const reasonAgainst = (tier: Tier) => obstacleTo(tier, query) ?? 'self';
    const rejected = countReasons(tiers, undefined, reasonAgainst);
    return { selection: { kind: 'none', why: whyNone(tiers, query), rejected }, tiers, reasonAgainst };
  }

  const isRefused = ({ queue }: Tier) =>
    queue !== undefined && query.optOuts.some((optOut) => optOut.queue === queue);
  const notRefused = able.filter((tier) => !isRefused(tier));
  // The message fails then, from the member that would have sent it.
  const refusesAll =
    notRefused.length === 0 || query.optOuts.some((optOut) => blocksAllOf(optOut, rules.uuid));
  const ranked = refusesAll ? able : notRefused;

  const remembered = rules.stickySender ? findRemembered(members, query) : undefined;
  const sticky = remembered && able.find(({ queue }) => queue === remembered.queue);
  const best = sticky ?? findBest(ranked, nowMs);
  const candidate = best.leastBusy(nowMs);
  const reasonAgainst = (tier: Tier): Reason => {
    const obstacle = obstacleTo(tier, query);
    if (obstacle !== undefined) return obstacle;
    if (refusesAll || isRefused(tier)) return 'opted_out';
    return sticky === undefined ? rejectionOf(best.rank, tier.rank) : 'sticky';
  };

  const optedOut = refusesAll || isRefused(best);
  const selection: Chosen = {
    kind: 'chosen',
    candidate,
    rule: sticky === undefined ? ruleOf(best.rank, ranked) : 'sticky',
    optedOut,
    // A mapping whose member cannot carry this service stays for the other service: both share it.
    // Recipients cannot answer a name: they are mapped to numbers only.
    remember:
      rules.stickySender && !optedOut
        ? (remembered ?? (isName(candidate) ? undefined : candidate))
        : undefined,
    rejected: countReasons(tiers, best, reasonAgainst),
  };
  return { selection, tiers, reasonAgainst };
}

/** Returns the members that a query names: the destination itself, its sticky sender, those that it opted out of. */
function namedMembers(members: Members, { destination, sticky, optOuts }: SenderQuery): readonly Candidate[] {
  const named = new Set<Candidate>();
  for (const queue of [destination.number, sticky, ...optOuts.map((optOut) => optOut.queue)]) {
    const member = queue === undefined ? undefined : members.find(queue);
    if (member !== undefined) named.add(member);
  }
  return [...named];
}

/** Returns why members cannot send a message at all, if they cannot. No number writes to itself. */
function obstacleTo(
  tier: Reaching & Pick<Tier, 'queue' | 'room'>,
  { service, segments, waits, destination, takesNames }: SenderQuery,
) {
  if (!carries(tier, service)) return 'service';
  if (!reaches(tier, destination.countryIso2, takesNames)) return 'reach';
  if (tier.standing !== 'active' && tier.standing !== 'draining') return tier.standing;
  if (!canSend(tier, service)) return 'no_route';
  if (!waits && tier.room !== undefined && tier.room < segments) return 'warming_up';
  return tier.queue === destination.number ? 'self' : undefined;
}

function whyNone(tiers: readonly Tier[], query: SenderQuery): string {
  if (tiers.some((tier) => obstacleTo(tier, query) === 'warming_up'))
    return 'the members of the number pool that could send it are warming up, and have sent what they may today';
  return tiers.some((tier) => obstacleTo(tier, query) === 'self')
    ? 'the only member of the number pool that could send it is the destination itself'
    : whyNobodyCan(tiers, query.service, query.destination.countryIso2, query.takesNames);
}

/**
 * Returns the member that a mapping names, as long as it can send texts or this: a mapping to one that cannot, or to the destination
 * itself, does not count.
 */
function findRemembered(
  members: Members,
  { sticky, service, destination }: SenderQuery,
): Candidate | undefined {
  const member = sticky === undefined || sticky === destination.number ? undefined : members.find(sticky);
  if (member === undefined || !isSending(member) || isName(member)) return undefined;
  return canSend(member, 'sms') || canSend(member, service) ? member : undefined;
}

const isName = ({ kind }: Candidate): boolean => kind === 'alphanumeric';

/** Returns the tier of the least busy member of the best rank (semantics section 2, steps 4 to 6). */
function findBest(tiers: readonly Tier[], nowMs: number): Tier {
  return tiers.reduce((best, tier) => {
    const order = compareRanks(tier.rank, best.rank);
    if (order !== 0) return order < 0 ? tier : best;
    return isLessBusy(tier.leastBusy(nowMs), best.leastBusy(nowMs), nowMs) ? tier : best;
  });
}

/** Returns the narrowest rule that told the members of these tiers apart. */
function ruleOf(best: TierRank, tiers: readonly Tier[]): Rule {
  if (tiers.length === 1 && tiers[0]?.size === 1) return 'only_member';
  const rejections = new Set(tiers.map(({ rank }) => rejectionOf(best, rank)));
  const localRule = localRules[best.nearness];
  if (localRule !== undefined && rejections.has(localRule)) return localRule;
  return tiers.some(({ rank }) => rank.kindPlace !== best.kindPlace) ? 'priority' : 'least_busy';
}

/** Counts members by the reason against them: all but the chosen one, where there is a best tier. */
function countReasons(
  tiers: readonly Tier[],
  best: Tier | undefined,
  reasonAgainst: (tier: Tier) => Reason,
): Rejected {
  const rejected: Partial<Record<Reason, number>> = {};
  for (const tier of tiers) {
    const others = tier === best ? tier.size - 1 : tier.size;
    if (others === 0) continue;
    const reason = reasonAgainst(tier);
    rejected[reason] = (rejected[reason] ?? 0) + others;
  }
  return rejected;
}
