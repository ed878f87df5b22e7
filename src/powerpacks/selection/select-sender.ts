// Choosing a sender from a pool in memory, quickly; and explaining the choice, which looks at every member. Pure.
import type { Candidate } from './candidate.ts';
import type { Reason } from './reason.ts';
import {
  applyRule,
  type Chosen,
  type NoneChosen,
  type SenderQuery,
  type SendingRules,
} from './selection-rule.ts';
import type { SenderPool } from './sender-pool.ts';
import { tierOfOne } from './tier.ts';

/** Returns the choice of a sender for one message. It takes as long for ten members as for ten thousand. */
export function selectSender(
  rules: SendingRules,
  pool: SenderPool,
  query: SenderQuery,
  now: Date,
): Chosen | NoneChosen {
  return applyRule(rules, pool, query, now).selection;
}

export interface Explanation {
  readonly selection: Chosen | NoneChosen;
  /** Every member but the chosen one, in the order of the numbers, with the first reason against it. */
  readonly others: readonly { readonly candidate: Candidate; readonly reason: Reason }[];
}

/** Returns the choice of `selectSender`, with the reason against each other member. Ranks every member by itself. */
export function explainSelection(
  rules: SendingRules,
  pool: SenderPool,
  query: SenderQuery,
  now: Date,
): Explanation {
  const candidates = pool.candidates();
  const { selection, tiers, reasonAgainst } = applyRule(
    rules,
    {
      find: (queue) => pool.find(queue),
      tiers: (preference) => candidates.map((candidate) => tierOfOne(preference, candidate)),
    },
    query,
    now,
  );
  const others = tiers
    .map((tier) => ({ candidate: tier.leastBusy(now.getTime()), reason: reasonAgainst(tier) }))
    .filter(({ candidate }) => selection.kind === 'none' || candidate !== selection.candidate);
  return { selection, others };
}
