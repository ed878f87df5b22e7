// The simulator's rules as they stand: which one decides a submission, which are spent, which are to slow down. Pure but for being changed.
import type { Submission } from '../carrier.ts';
import type { SubmitFailure } from '../submit-error.ts';
import { draw } from './chance.ts';
import { type Matcher, makeMatcher, type Outcome, type Rule, standardOutcome } from './rule.ts';

/** What becomes of one submission: an outcome with nothing left to chance. */
export interface Fate {
  readonly failure: SubmitFailure | undefined;
  /** How long to wait, in the carrier's own word. */
  readonly retryAfterMs: number | undefined;
  /** For how long there is no connection from now on. */
  readonly outageMs: number;
  readonly report: PlannedReport | undefined;
  readonly overtake: boolean;
}

export interface PlannedReport {
  readonly outcome: 'delivered' | 'undelivered';
  readonly errorCode: number;
  readonly delayMs: number;
  readonly duplicates: number;
}

interface Entry {
  readonly rule: Rule;
  readonly matches: Matcher;
  decided: number;
  /** The second that `taken` counts. */
  second: number;
  taken: number;
}

const secondMs = 1000;

/**
 * A fate depends on the seed and on the submission's reference and attempt. Only what rules say about how many (`times`,
 * `throttle`) depends on what came before.
 */
export class RuleBook {
  readonly #seed: number;
  readonly #first: readonly Rule[];
  #entries: readonly Entry[] = [];

  constructor(seed: number, rules: readonly Rule[]) {
    this.#seed = seed;
    this.#first = rules;
    this.replace(rules);
  }

  get rules(): readonly Rule[] {
    return this.#entries.map(({ rule }) => rule);
  }

  /** How many submissions each rule has decided, in the order of the rules. */
  get decided(): readonly number[] {
    return this.#entries.map(({ decided }) => decided);
  }

  /** Puts other rules in the place of all there are; they have decided nothing yet. */
  replace(rules: readonly Rule[]): void {
    this.#entries = rules.map((rule) => ({
      rule,
      matches: makeMatcher(rule.match),
      decided: 0,
      second: 0,
      taken: 0,
    }));
  }

  /** Goes back to the rules of the start. */
  reset(): void {
    this.replace(this.#first);
  }

  /** What becomes of a submission at `nowMs`: as the first rule says that is about it. */
  decide(submission: Submission, nowMs: number): Fate {
    const { reference, attempt } = submission;
    for (const [index, entry] of this.#entries.entries()) {
      const { share, times = Number.POSITIVE_INFINITY } = entry.rule;
      if (entry.decided >= times || !entry.matches(submission)) continue;
      if (share < 1 && draw(this.#seed, 'share', index, reference, attempt) >= share) continue;
      const retryAfterMs = throttledForMs(entry, nowMs);
      if (retryAfterMs !== undefined) return throttledFate(retryAfterMs);
      entry.decided += 1;
      return this.#recordResult(entry.rule, submission);
    }
    return this.#recordResult(standardOutcome, submission);
  }

  #recordResult(outcome: Outcome, { reference, attempt }: Submission): Fate {
    const { submit, outageMs, report, errorCode, delayMs, duplicates, overtake } = outcome;
    const [least, most] = delayMs;
    const chosenMs =
      least === most
        ? least
        : least + Math.floor(draw(this.#seed, 'delay', reference, attempt) * (most - least + 1));
    return {
      failure: submit === 'accept' ? undefined : submit,
      retryAfterMs: submit === 'disconnected' && outageMs > 0 ? outageMs : undefined,
      outageMs,
      report:
        report === 'lost'
          ? undefined
          : { outcome: report, errorCode, delayMs: overtake ? 0 : chosenMs, duplicates },
      overtake,
    };
  }
}

/** Milliseconds to the next second when the rule's share of this one is used up; otherwise counts one more. */
function throttledForMs(entry: Entry, nowMs: number): number | undefined {
  if (entry.rule.throttle === undefined) return undefined;
  const second = Math.floor(nowMs / secondMs);
  if (entry.second !== second) Object.assign(entry, { second, taken: 0 });
  if (entry.taken >= entry.rule.throttle) return (second + 1) * secondMs - nowMs;
  entry.taken += 1;
  return undefined;
}

const throttledFate = (retryAfterMs: number): Fate => ({
  failure: 'throttled',
  retryAfterMs,
  outageMs: 0,
  report: undefined,
  overtake: false,
});
