// The members of a pool as the choice of a sender sees them, kept together as far as its rules cannot tell them apart. Pure but for being changed.
import type { Service } from '../../telecom/service.ts';
import type { SenderKind } from '../powerpack.ts';
import { OrderedSet } from './ordered-set.ts';

/** How busy a member is, and whether its messages arrive. */
export interface Load {
  /** When it may send next, in milliseconds since 1970; 0 if it has never sent. */
  readonly freeAtMs: number;
  /** Segments sent or queued today (UTC). */
  readonly segmentsToday: number;
  readonly healthy: boolean;
}

const noLoad: Load = { freeAtMs: 0, segmentsToday: 0, healthy: true };

/** What is known of a member beside its load. */
export interface MemberFacts {
  /** Its name here: what `queueOf` answers. */
  readonly queue: string;
  /** Digits of the number or the short code. */
  readonly sender: string;
  readonly kind: SenderKind;
  readonly countryIso2: string;
  /** Of long codes in the US and Canada: the area code, and the region that it tells. */
  readonly areaCode: string | undefined;
  readonly regionCode: string | undefined;
  /** What it was added for and its number can do. */
  readonly services: readonly Service[];
  /** Its own rates in segments a second, 0 for no limit; `null` leaves it those of its kind. */
  readonly smsPerSecond: number | null;
  readonly mmsPerSecond: number | null;
  /** Segments a day after which others are preferred; `undefined` for no such number. */
  readonly dailySegments: number | undefined;
}

export interface Candidate extends MemberFacts, Load {
  /** Grows in the order of the numbers: what the balance goes by where all else is equal. */
  readonly rank: number;
}

/** Members that only locality and the balance tell apart. */
export interface Group {
  readonly kind: SenderKind;
  readonly countryIso2: string;
  readonly services: readonly Service[];
  /** Those with capacity left: all of them, those of each region, those of each area code. */
  readonly available: {
    readonly all: OrderedSet<Candidate>;
    readonly ofRegion: Map<string, OrderedSet<Candidate>>;
    readonly ofArea: Map<string, OrderedSet<Candidate>>;
  };
  /** The others: locality does not ask for them. */
  readonly exhausted: OrderedSet<Candidate>;
}

/**
 * Whether there is capacity left: fewer segments today than recommended, and carriers deliver what it sends. It steers,
 * and never refuses (semantics section 2).
 */
export function hasCapacity({ healthy, segmentsToday, dailySegments }: Candidate): boolean {
  return healthy && (dailySegments === undefined || segmentsToday < dailySegments);
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

interface Place {
  readonly candidate: Mutable<Candidate>;
  readonly group: Group;
}

/**
 * A pool, kept so that a choice costs the same for ten members as for ten thousand: there are few blocks, whose members are in order
 * for every question that a rule may ask.
 */
export class SenderPool {
  readonly #groups = new Map<string, Group>();
  readonly #places = new Map<string, Place>();

  constructor(members: Iterable<MemberFacts & Partial<Load>>) {
    for (const member of members) this.put(member);
  }

  /** The blocks, also those that all members have left. */
  get groups(): Group[] {
    return [...this.#groups.values()];
  }

  get size(): number {
    return this.#places.size;
  }

  find(queue: string): Candidate | undefined {
    return this.#places.get(queue)?.candidate;
  }

  /** Returns every member, in the order of the numbers. */
  candidates(): Candidate[] {
    return [...this.#places.values()]
      .map(({ candidate }) => candidate)
      .sort((one, other) => one.rank - other.rank);
  }

  /** The sender queues of all members, in no order. */
  queues(): string[] {
    return [...this.#places.keys()];
  }

  /** Adds a member, or changes what is known of one that is there: its load stays unless another one is given. */
  put(member: MemberFacts & Partial<Load>): void {
    const { freeAtMs, segmentsToday, healthy } = this.find(member.queue) ?? noLoad;
    this.remove(member.queue);
    // Spreads last (ARCHITECTURE.md): every choice reads these.
    const candidate: Candidate = { rank: rankOf(member), freeAtMs, segmentsToday, healthy, ...member };
    const key = JSON.stringify([member.kind, member.countryIso2, member.services]);
    const group = this.#groups.get(key) ?? emptyGroup(candidate);
    this.#groups.set(key, group);
    for (const order of ordersOf(group, candidate)) order.add(candidate);
    this.#places.set(candidate.queue, { candidate, group });
  }

  /** Removes a member; a sender queue that is not in the pool is passed over. */
  remove(queue: string): void {
    const place = this.#places.get(queue);
    if (place === undefined) return;
    for (const order of ordersOf(place.group, place.candidate)) order.remove(place.candidate);
    this.#places.delete(queue);
  }

  /** Notes that a member was given a message, so that the next choice knows. `freeAtMs` is its next free moment from now on. */
  take(candidate: Candidate, segments: number, freeAtMs: number): void {
    const { segmentsToday, healthy } = candidate;
    this.setLoad(candidate.queue, { freeAtMs, segmentsToday: segmentsToday + segments, healthy });
  }

  /** Notes what is known of a member's load by now; a sender queue that is not in the pool is passed over. */
  setLoad(queue: string, { freeAtMs, segmentsToday, healthy }: Load): void {
    const place = this.#places.get(queue);
    if (place === undefined) return;
    const { candidate, group } = place;
    const isSame =
      candidate.freeAtMs === freeAtMs &&
      candidate.segmentsToday === segmentsToday &&
      candidate.healthy === healthy;
    if (isSame) return;
    for (const order of ordersOf(group, candidate)) order.remove(candidate);
    candidate.freeAtMs = freeAtMs;
    candidate.segmentsToday = segmentsToday;
    candidate.healthy = healthy;
    for (const order of ordersOf(group, candidate)) order.add(candidate);
  }
}

function emptyGroup({ kind, countryIso2, services }: Candidate): Group {
  const available = { all: new OrderedSet<Candidate>(), ofRegion: new Map(), ofArea: new Map() };
  return { kind, countryIso2, services, available, exhausted: new OrderedSet() };
}

/** How many members blocks have, with capacity left or without. */
export function countMembers(groups: readonly Group[]): number {
  return groups.reduce((sum, { available, exhausted }) => sum + available.all.size + exhausted.size, 0);
}

/** The orders that a member stands in. */
function ordersOf({ available, exhausted }: Group, candidate: Candidate): OrderedSet<Candidate>[] {
  if (!hasCapacity(candidate)) return [exhausted];
  const { regionCode, areaCode } = candidate;
  const orders = [available.all];
  if (regionCode !== undefined) orders.push(orderOf(available.ofRegion, regionCode));
  if (areaCode !== undefined) orders.push(orderOf(available.ofArea, areaCode));
  return orders;
}

function orderOf(orders: Map<string, OrderedSet<Candidate>>, code: string): OrderedSet<Candidate> {
  const order = orders.get(code) ?? new OrderedSet();
  orders.set(code, order);
  return order;
}

/**
 * The place in the order of the numbers: fewer digits first, then the digits themselves; a short code of two countries by its country.
 * A leading 1 makes longer numbers greater, zeros in front or not; with 15 digits at most it is exact.
 */
function rankOf({ sender, kind, countryIso2 }: MemberFacts): number {
  const digits = Number(`1${sender}`);
  if (kind !== 'shortcode') return digits;
  const [first = 0, second = 0] = [...countryIso2].map((letter) => letter.charCodeAt(0));
  return digits + (first + second / 256) / 256;
}
