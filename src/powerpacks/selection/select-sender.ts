// WHO SENDS: which member of a pool sends a message to a destination. Pure: no database, no clock, no dice.
import type { Service } from '../../telecom/service.ts';
import { blocksAllOf, type OptOut } from '../opt-outs/opt-out.ts';
import type { Powerpack } from '../powerpack.ts';
import { type Destination, preferenceOf } from './preference.ts';
import { findBest, rejectionOf, ruleOf, type TierRank, tierRankOf, tiersOf } from './ranking.ts';
import { carries, type Reaching, reaches, whyNobodyCan } from './reach.ts';
import { type PutAside, type Reason, ReasonCounts, type Rule } from './reason.ts';
import { type Candidate, countMembers, type SenderPool } from './sender-pool.ts';

/** What a powerpack says about the choice. */
export type SendingRules = Pick<Powerpack, 'uuid' | 'stickySender' | 'localConnect' | 'numberPriority'>;

/** A message that wants a sender. */
export interface SenderQuery {
  /** Where it goes, by its E.164 digits. */
  readonly destination: Destination & { readonly number: string };
  readonly service: Service;
  /** The sender queue that the destination's mapping names, where it has one that counts. */
  readonly sticky: string | undefined;
  /** What the destination has opted out of in the account. */
  readonly optOuts: readonly OptOut[];
}

export interface Chosen {
  readonly kind: 'chosen';
  readonly candidate: Candidate;
  readonly rule: Rule;
  /** The destination opted out of the sender, and no rule could avoid it: the message fails with code 200. */
  readonly optedOut: boolean;
  /** Whom the destination's mapping is to name from now on; `undefined` when this message leaves it alone. */
  readonly remember: Candidate | undefined;
  readonly putAside: PutAside;
}

/** What is kept with a message of the choice of its sender: the rule that decided, and how many members each other thing put aside. */
export type KeptSelection = Pick<Chosen, 'rule' | 'putAside'>;

/** `why` is a sentence for the caller. */
export type Selection = Chosen | { readonly kind: 'none'; readonly why: string };

/** A choice, and the first thing that put each other member aside. */
export interface Decision {
  readonly selection: Selection;
  readonly reasonAgainst: (other: Candidate) => Reason;
}

/**
 * Chooses the sender of one message (semantics section 2): the sticky one; else the first kind by priority that has capacity left;
 * within it the most local; among equals the balance. The same arguments give the same answer; the size of the pool costs nothing.
 */
export function selectSender(
  rules: SendingRules,
  pool: SenderPool,
  query: SenderQuery,
  now: Date,
): Selection {
  return decideSender(rules, pool, query, now).selection;
}

/** `selectSender`, with what it takes to explain the choice. */
export function decideSender(rules: SendingRules, pool: SenderPool, query: SenderQuery, now: Date): Decision {
  const isCapable = (member: Reaching) => incapacityOf(member, query) === undefined;
  const groups = pool.groups.filter(isCapable);
  // Nobody writes to themselves.
  const own = pool.find(query.destination.number);
  const self = own !== undefined && isCapable(own) ? own : undefined;
  const capable = countMembers(groups) - (self === undefined ? 0 : 1);
  if (capable === 0) return nobodyCan(pool, query, self);
  const refused = new Set(listOptedOut(pool, query).filter((member) => member !== self && isCapable(member)));
  if (query.optOuts.some((optOut) => blocksAllOf(optOut, rules.uuid)) || refused.size === capable) {
    return decideAllTheSame(rules, pool, query, now, self);
  }
  const absent = self === undefined ? refused : new Set([...refused, self]);

  const preference = preferenceOf(rules, query.destination, query.service);
  const tiers = groups.flatMap((group) => tiersOf(preference, group));
  const remembered = rules.stickySender ? findRemembered(pool, query) : undefined;
  const sticky = remembered !== undefined && isCapable(remembered) ? remembered : undefined;
  const best =
    sticky === undefined
      ? findBest(tiers, (member) => absent.has(member), now.getTime())
      : { candidate: sticky, ...tierRankOf(preference, sticky) };
  const { candidate } = best;

  const rejectionIn = (tierRank: TierRank) => (sticky === undefined ? rejectionOf(best, tierRank) : 'sticky');
  const reasonAgainst = (other: Candidate): Reason => {
    const reason = incapacityOf(other, query) ?? (other === self ? 'self' : undefined);
    return reason ?? (refused.has(other) ? 'opted_out' : rejectionIn(tierRankOf(preference, other)));
  };

  const counts = new ReasonCounts();
  for (const group of pool.groups) {
    const incapacity = incapacityOf(group, query);
    if (incapacity !== undefined) counts.add(incapacity, countMembers([group]));
  }
  for (const tier of tiers) counts.add(rejectionIn(tier), tier.size);
  for (const member of absent) counts.add(rejectionIn(tierRankOf(preference, member)), -1);
  counts.add('opted_out', refused.size);
  if (self !== undefined) counts.add('self', 1);
  counts.add(reasonAgainst(candidate), -1);
  const { putAside } = counts;

  const optedOut = refused.has(candidate);
  // A mapping whose member cannot carry this service stays for the other service: both share it.
  const remember = rules.stickySender && !optedOut ? (remembered ?? candidate) : undefined;
  const rule = sticky === undefined ? ruleOf(best, tiers, absent, putAside) : 'sticky';
  return { selection: { kind: 'chosen', candidate, rule, optedOut, remember, putAside }, reasonAgainst };
}

/**
 * The member that a mapping names, as long as it can send texts or this: a mapping to one that cannot, or to the destination itself,
 * does not count.
 */
function findRemembered(
  pool: SenderPool,
  { sticky, service, destination }: SenderQuery,
): Candidate | undefined {
  const member = sticky === undefined || sticky === destination.number ? undefined : pool.find(sticky);
  return member !== undefined && (carries(member, 'sms') || carries(member, service)) ? member : undefined;
}

/** Why a member cannot send this at all, if it cannot. */
function incapacityOf(
  member: Reaching,
  { service, destination }: SenderQuery,
): 'service' | 'reach' | undefined {
  if (!carries(member, service)) return 'service';
  return reaches(member, destination.countryIso2) ? undefined : 'reach';
}

/** @param self the member that could, if it were not the destination. */
function nobodyCan(pool: SenderPool, query: SenderQuery, self: Candidate | undefined): Decision {
  const why =
    self === undefined
      ? whyNobodyCan(pool.groups, query.service, query.destination.countryIso2)
      : 'the only member of the number pool that could send it is the destination itself';
  const reasonAgainst = (other: Candidate) => incapacityOf(other, query) ?? 'self';
  return { selection: { kind: 'none', why }, reasonAgainst };
}

/** The destination opted out of all who could send: the message fails, from whom it would have come from. */
function decideAllTheSame(
  rules: SendingRules,
  pool: SenderPool,
  query: SenderQuery,
  now: Date,
  self: Candidate | undefined,
): Decision {
  const { selection } = decideSender(rules, pool, { ...query, optOuts: [] }, now);
  if (selection.kind === 'none') return nobodyCan(pool, query, self);
  const reasonAgainst = (other: Reaching): Reason =>
    incapacityOf(other, query) ?? (other === self ? 'self' : 'opted_out');
  const counts = new ReasonCounts();
  for (const group of pool.groups) counts.add(reasonAgainst(group), countMembers([group]));
  counts.add('opted_out', self === undefined ? -1 : -2);
  if (self !== undefined) counts.add('self', 1);
  const { putAside } = counts;
  return { selection: { ...selection, optedOut: true, remember: undefined, putAside }, reasonAgainst };
}

const listOptedOut = (pool: SenderPool, { optOuts }: SenderQuery): Candidate[] =>
  optOuts
    .map(({ queue }) => (queue === undefined ? undefined : pool.find(queue)))
    .filter((candidate) => candidate !== undefined);
