// The rules, read-only.
import { counted } from '../parts/format.ts';
import type { Rule } from './rule.ts';
import { ruleInWords } from './rule-words.ts';

export const restInWords = 'Every other message is accepted, and reported as delivered after 100 ms.';

interface Props {
  readonly rules: readonly Rule[];
  /** Messages that each has decided, in the same order. */
  readonly decided: readonly number[];
}

export function RuleSentences({ rules, decided }: Props) {
  return (
    <>
      {rules.length > 0 && (
        <ol class="rule-sentences">
          {rules.map((rule, index) => (
            <li key={index}>
              {ruleInWords(rule)} <span class="quiet">{counted(decided[index] ?? 0, 'message')} so far.</span>
            </li>
          ))}
        </ol>
      )}
      <p>{restInWords}</p>
    </>
  );
}
