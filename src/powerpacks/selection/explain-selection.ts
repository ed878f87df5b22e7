// Why a sender was chosen and every other one was not. Pure.
import { type PutAside, type Reason, ReasonCounts } from './reason.ts';
import { decideSender, type Selection, type SenderQuery, type SendingRules } from './select-sender.ts';
import type { Candidate, SenderPool } from './sender-pool.ts';

export interface Explanation {
  readonly selection: Selection;
  /** How many of `others` each reason put aside. */
  readonly putAside: PutAside;
  /** Every member but the chosen one, in the order of the numbers, with the first thing that put it aside. */
  readonly others: readonly { readonly candidate: Candidate; readonly reason: Reason }[];
}

/** The choice of `selectSender`, with its reason against each other member. Looks at every member. */
export function explainSelection(
  rules: SendingRules,
  pool: SenderPool,
  query: SenderQuery,
  now: Date,
): Explanation {
  const { selection, reasonAgainst } = decideSender(rules, pool, query, now);
  const chosen = selection.kind === 'chosen' ? selection.candidate : undefined;
  const others = [...pool.candidates()]
    .filter((candidate) => candidate !== chosen)
    .map((candidate) => ({ candidate, reason: reasonAgainst(candidate) }));
  const counts = new ReasonCounts();
  for (const { reason } of others) counts.add(reason, 1);
  return { selection, putAside: counts.putAside, others };
}
