// Members of a pool that only locality, capacity and load tell apart, in order by load for each tier that they can be. Pure but for being changed.
import { type Candidate, hasCapacity } from './candidate.ts';
import { OrderedSet } from './ordered-set.ts';
import type { Preference } from './preference.ts';
import type { Reaching } from './reach.ts';
import { compareRanks, isAtHome, nearness, placeOf, rankOf, type Tier } from './tier.ts';

/** Members of one kind and country, with the same services, routes and standing, and as much room left of a warm-up. */
export class SenderGroup {
  readonly #common: Reaching & Pick<Tier, 'room'>;
  /** Those with capacity left: all of them, those of each region, those of each area code. */
  readonly #available = new OrderedSet<Candidate>();
  readonly #ofRegion = new Map<string, OrderedSet<Candidate>>();
  readonly #ofArea = new Map<string, OrderedSet<Candidate>>();
  /** The others: area code and region do not count for them. */
  readonly #exhausted = new OrderedSet<Candidate>();

  constructor({ kind, countryIso2, services, routed, standing }: Reaching, room: Tier['room']) {
    this.#common = { kind, countryIso2, services, routed, standing, room };
  }

  /** Segments that each of its members may still send today. */
  get room(): Tier['room'] {
    return this.#common.room;
  }

  /** Adds a member that is not in the group. */
  add(member: Candidate): void {
    for (const order of this.#ordersOf(member)) order.add(member);
  }

  /** Removes a member that is in the group and has not changed since it was added. */
  remove(member: Candidate): void {
    for (const order of this.#ordersOf(member)) order.remove(member);
  }

  /** Returns the tiers that a preference makes of the group, without the named ones of its members. */
  tiers(preference: Preference, named: readonly Candidate[]): Tier[] {
    const { kind, standing } = this.#common;
    const kindPlace = placeOf(preference, kind);
    const isDraining = standing === 'draining';
    const isHome = isAtHome(preference, this.#common);
    const widest = isHome ? nearness.country : nearness.anywhere;
    const ofArea = isHome ? this.#ofArea.get(preference.areaCode ?? '') : undefined;
    const ofRegion = isHome ? this.#ofRegion.get(preference.regionCode ?? '') : undefined;
    const namedRanks = named.map((member) => rankOf(preference, member));
    const isNamed = named.length === 0 ? () => false : (member: Candidate) => named.includes(member);

    const tiers: Tier[] = [];
    const add = (order: OrderedSet<Candidate>, isAvailable: boolean, near: number, nearer: number) => {
      const rank = { isDraining, hasCapacity: isAvailable, kindPlace, nearness: near };
      const size = order.size - nearer - namedRanks.filter((other) => compareRanks(other, rank) === 0).length;
      // Nearer members may come first in the order: they make a tier of a better rank, so that this one is not asked.
      const leastBusy = (nowMs: number) => order.first(nowMs, isNamed);
      if (size > 0) {
        tiers.push({ rank, size, queue: undefined, leastBusy, ...this.#common });
      }
    };
    if (ofArea !== undefined) add(ofArea, true, nearness.area, 0);
    if (ofRegion !== undefined) add(ofRegion, true, nearness.region, ofArea?.size ?? 0);
    add(this.#available, true, widest, ofRegion?.size ?? ofArea?.size ?? 0);
    add(this.#exhausted, false, widest, 0);
    return tiers;
  }

  /** Returns the orders that a member is in. */
  #ordersOf(member: Candidate): OrderedSet<Candidate>[] {
    if (!hasCapacity(member)) return [this.#exhausted];
    const { regionCode, areaCode } = member;
    const orders = [this.#available];
    if (regionCode !== undefined) orders.push(orderOf(this.#ofRegion, regionCode));
    if (areaCode !== undefined) orders.push(orderOf(this.#ofArea, areaCode));
    return orders;
  }
}

function orderOf(orders: Map<string, OrderedSet<Candidate>>, code: string): OrderedSet<Candidate> {
  const order = orders.get(code) ?? new OrderedSet();
  orders.set(code, order);
  return order;
}
