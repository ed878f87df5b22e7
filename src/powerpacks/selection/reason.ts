// The rules that decide who sends, as they are named, and the reasons why others do not. Pure.

/** The rules of locality, the nearest first. */
export const localRules = ['local_area_code', 'local_region', 'country'] as const;
export type LocalRule = (typeof localRules)[number];

/** What decided: the narrowest rule that told members apart before the balance did; `only_member` where there was no choice. */
export type Rule = 'sticky' | 'only_member' | 'priority' | LocalRule | 'balance';

/** What put a member aside that took part: its kind comes later, no capacity left, another is more local, the balance. */
export type Rejection = 'priority' | 'capacity' | LocalRule | 'balance';

/**
 * The first thing that put a member aside: it does not carry the service; it does not reach the country; it is the destination; the
 * destination opted out of it; another one is sticky; it was defeated.
 */
export type Reason = 'service' | 'reach' | 'self' | 'opted_out' | 'sticky' | Rejection;

/** How many members each reason put aside; reasons that put nobody aside are absent. */
export type PutAside = Readonly<Partial<Record<Reason, number>>>;

/** Counts members by what put them aside. What was counted too much is taken back with a negative number. */
export class ReasonCounts {
  readonly #counts = new Map<Reason, number>();

  add(reason: Reason, members: number): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + members);
  }

  get putAside(): PutAside {
    const putAside: Partial<Record<Reason, number>> = {};
    for (const [reason, members] of this.#counts) if (members > 0) putAside[reason] = members;
    return putAside;
  }
}
