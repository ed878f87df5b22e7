// The rules in force, and the user's changes to them.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Schemas } from '../../../client/src/client.ts';
import { move } from '../parts/move.ts';
import { isSame, type ListedRule, type Rule } from './rule.ts';

export interface RuleList {
  readonly rules: readonly ListedRule[];
  /** Whether they differ from those in force. */
  readonly isChanged: boolean;
  /** Whether the rules in force changed after the user began to change them. */
  readonly isOvertaken: boolean;
  readonly add: (rule: Rule) => void;
  readonly change: (index: number, rule: Rule) => void;
  readonly remove: (index: number) => void;
  readonly move: (from: number, to: number) => void;
  readonly discard: () => void;
}

interface Draft {
  readonly rules: readonly ListedRule[];
  readonly began: readonly Rule[];
}

/** Follows the rules in force until the user changes them, and again once they are in force or discarded. */
export function useRuleList({ rules: inForce }: Schemas['SimulatorRules']): RuleList {
  const [draft, setDraft] = useState<Draft>();
  const nextKey = useRef(0);
  const rules = draft?.rules ?? inForce.map((rule, index) => ({ key: `in-force-${index}`, rule }));
  const edited = rules.map(({ rule }) => rule);
  const isChanged = draft !== undefined && !isSame(edited, inForce);

  useEffect(() => {
    if (draft !== undefined && isSame(edited, inForce)) setDraft(undefined);
  }, [inForce]);

  const edit = (change: (before: readonly ListedRule[]) => readonly ListedRule[]) =>
    setDraft((before) => ({ began: before?.began ?? inForce, rules: change(before?.rules ?? rules) }));
  return {
    rules,
    isChanged,
    isOvertaken: isChanged && !isSame(draft.began, inForce),
    add(rule) {
      nextKey.current += 1;
      const key = `added-${nextKey.current}`;
      edit((before) => [{ key, rule }, ...before]);
    },
    change: (index, rule) =>
      edit((before) => before.map((entry, at) => (at === index ? { ...entry, rule } : entry))),
    remove: (index) => edit((before) => before.toSpliced(index, 1)),
    move: (from, to) => edit((before) => move(before, from, to)),
    discard: () => setDraft(undefined),
  };
}
