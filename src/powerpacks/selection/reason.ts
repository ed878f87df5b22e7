// The rules that decide who sends, as they are named, and the reasons why others do not. Pure.

/** The rules of locality, the nearest first. */
export const localRules = ['local_area_code', 'local_region', 'country'] as const;
type LocalRule = (typeof localRules)[number];

/** The narrowest rule that told members apart; `least_busy` where only their loads did, `only_member` where there was no choice. */
export type Rule = 'sticky' | 'only_member' | 'priority' | LocalRule | 'least_busy';

/** Why a member that could send was ranked lower: it is drained, its kind comes later, no capacity left, another is more local or less busy. */
export type Rejection = 'draining' | 'priority' | 'capacity' | LocalRule | 'least_busy';

/**
 * The first reason against a member: it does not carry the service; it does not reach the country; it was set aside, or is a toll-free number
 * that is not verified, or a name that is not approved; it is warming up, and has sent what it may today; no route leads it to a carrier; it is the destination;
 * the destination opted out of it; another one is sticky; it was ranked lower.
 */
export type Reason =
  | 'service'
  | 'reach'
  | 'aside'
  | 'unverified'
  | 'unapproved'
  | 'warming_up'
  | 'no_route'
  | 'self'
  | 'opted_out'
  | 'sticky'
  | Rejection;

/** How many members were rejected for each reason; reasons without any are absent. */
export type Rejected = Readonly<Partial<Record<Reason, number>>>;

/** Why a sender was chosen, as it is stored with a message. */
export interface StoredSelection {
  readonly rule: Rule;
  /** How many other members each reason holds of. */
  readonly rejected: Rejected;
}
