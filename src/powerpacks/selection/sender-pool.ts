// The members of a pool in memory, grouped and in order by load, so that a choice need not look at each. Pure but for being changed.
import type { Candidate, Load, MemberFacts } from './candidate.ts';
import type { Preference } from './preference.ts';
import type { Members } from './selection-rule.ts';
import { SenderGroup } from './sender-group.ts';
import { type Tier, tierOfOne } from './tier.ts';
import { roomToday } from './warm-up.ts';

const noLoad: Load = { freeAtMs: 0, segmentsToday: 0, healthy: true, warmUpLimit: null };

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

interface Member {
  readonly candidate: Mutable<Candidate>;
  group: SenderGroup;
}

/** A pool, kept so that a choice takes as long for ten members as for ten thousand: they make few tiers. */
export class SenderPool implements Members {
  /** By what the members of a group have in common. */
  readonly #groups = new Map<string, SenderGroup>();
  /** By sender queue. */
  readonly #members = new Map<string, Member>();

  constructor(members: Iterable<MemberFacts & Partial<Load>>) {
    for (const member of members) this.put(member);
  }

  get size(): number {
    return this.#members.size;
  }

  find(queue: string): Candidate | undefined {
    return this.#members.get(queue)?.candidate;
  }

  /** Returns the named members by themselves, and all others in the tiers that a preference makes of them. */
  tiers(preference: Preference, named: readonly Candidate[]): Tier[] {
    const tiers = named.map((member) => tierOfOne(preference, member));
    for (const group of this.#groups.values()) {
      const namedHere = named.filter(({ queue }) => this.#members.get(queue)?.group === group);
      tiers.push(...group.tiers(preference, namedHere));
    }
    return tiers;
  }

  /** Returns every member, in the order of the numbers. */
  candidates(): Candidate[] {
    return [...this.#members.values()]
      .map(({ candidate }) => candidate)
      .sort((one, other) => one.numberOrder - other.numberOrder);
  }

  /** Returns the sender queues of all members, in no order. */
  queues(): string[] {
    return [...this.#members.keys()];
  }

  /** Adds a member, or changes what is known of one that is there: its load stays unless another one is given. */
  put(member: MemberFacts & Partial<Load>): void {
    const { freeAtMs, segmentsToday, healthy, warmUpLimit } = this.find(member.queue) ?? noLoad;
    this.remove(member.queue);
    // Spreads last (ARCHITECTURE.md): every choice reads these.
    const numberOrder = numberOrderOf(member);
    const candidate = { numberOrder, freeAtMs, segmentsToday, healthy, warmUpLimit, ...member };
    const group = this.#groupOf(candidate);
    group.add(candidate);
    this.#members.set(candidate.queue, { candidate, group });
  }

  #groupOf(candidate: Candidate): SenderGroup {
    const { kind, countryIso2, services, routed, standing } = candidate;
    const room = roomToday(candidate);
    const key = JSON.stringify([kind, countryIso2, services, routed, standing, room]);
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = new SenderGroup(candidate, room);
      this.#groups.set(key, group);
    }
    return group;
  }

  /** Removes a member; a sender queue that is not in the pool is passed over. */
  remove(queue: string): void {
    const member = this.#members.get(queue);
    if (member === undefined) return;
    member.group.remove(member.candidate);
    this.#members.delete(queue);
  }

  /** Changes the load of a member, as far as it is given; a sender queue that is not in the pool is passed over. */
  setLoad(queue: string, load: Partial<Load>): void {
    const member = this.#members.get(queue);
    if (member === undefined) return;
    const { candidate, group } = member;
    const {
      freeAtMs = candidate.freeAtMs,
      segmentsToday = candidate.segmentsToday,
      healthy = candidate.healthy,
      warmUpLimit = candidate.warmUpLimit,
    } = load;
    const isSame =
      candidate.freeAtMs === freeAtMs &&
      candidate.segmentsToday === segmentsToday &&
      candidate.healthy === healthy &&
      candidate.warmUpLimit === warmUpLimit;
    if (isSame) return;
    group.remove(candidate);
    candidate.freeAtMs = freeAtMs;
    candidate.segmentsToday = segmentsToday;
    candidate.healthy = healthy;
    candidate.warmUpLimit = warmUpLimit;
    if (roomToday(candidate) !== group.room) member.group = this.#groupOf(candidate);
    member.group.add(candidate);
  }
}

/**
 * Returns the place in the order of the numbers: fewer digits first, then the digits themselves; a short code of two countries by its
 * country. A leading 1 makes longer numbers greater, zeros in front or not; with 15 digits at most it is exact.
 */
function numberOrderOf({ sender, kind, countryIso2 }: MemberFacts): number {
  const digits = Number(`1${sender}`);
  if (kind !== 'shortcode') return digits;
  const [first = 0, second = 0] = [...countryIso2].map((letter) => letter.charCodeAt(0));
  return digits + (first + second / 256) / 256;
}
