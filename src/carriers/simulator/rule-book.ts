// The simulator's current rules: the first rule that matches decides a submission; counts `times` and `throttle`. Pure but for these counts.
import type { Submission } from '../carrier.ts';
import type { SubmitFailure } from '../submit-error.ts';
import { draw } from './chance.ts';
import { type Matcher, makeMatcher, type Outcome, type Rule, standardOutcome } from './rule.ts';

/** The outcome of one submission, all random values drawn. */
export interface Decision {
  readonly failure: SubmitFailure | undefined;
  /** The delay that the carrier asks for. */
  readonly retryAfterMs: number | undefined;
  /** How long the connection is down, from now. */
  readonly outageMs: number;
  readonly report: PlannedReport | undefined;
  readonly overtake: boolean;
  readonly inParts: boolean;
  /** Parts that are accepted before the failure. */
  readonly partsTaken: number;
  /** How long after the failure the answer comes; 0 is never. */
  readonly lateMs: number;
  readonly progress: boolean;
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
 * Decisions depend on the seed and on the submission's reference and attempt. Only the counts of `times` and `throttle`
 * depend on earlier submissions.
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

  /** Replaces all rules; the counts of the new ones start at 0. */
  replace(rules: readonly Rule[]): void {
    this.#entries = rules.map((rule) => ({
      rule,
      matches: makeMatcher(rule.match),
      decided: 0,
      second: 0,
      taken: 0,
    }));
  }

  /** Restores the rules that the simulator started with. */
  reset(): void {
    this.replace(this.#first);
  }

  /** Returns the decision of the first rule that matches a submission at `nowMs`; the standard outcome without one. */
  decide(submission: Submission, nowMs: number): Decision {
    return this.find(submission, nowMs) ?? this.#draw(standardOutcome, submission);
  }

  /** Returns the decision of the first rule that matches a submission at `nowMs`, if one does. */
  find(submission: Submission, nowMs: number): Decision | undefined {
    const { reference, attempt } = submission;
    for (const [index, entry] of this.#entries.entries()) {
      const { share, times = Number.POSITIVE_INFINITY } = entry.rule;
      if (entry.decided >= times || !entry.matches(submission)) continue;
      if (share < 1 && draw(this.#seed, 'share', index, reference, attempt) >= share) continue;
      const retryAfterMs = throttledForMs(entry, nowMs);
      if (retryAfterMs !== undefined) return throttled(retryAfterMs);
      entry.decided += 1;
      return this.#draw(entry.rule, submission);
    }
    return undefined;
  }

  #draw(outcome: Outcome, { reference, attempt }: Submission): Decision {
    const { submit, outageMs, report, errorCode, delayMs, duplicates, overtake } = outcome;
    const { inParts, partsTaken, lateMs, progress } = outcome;
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
      inParts,
      partsTaken,
      lateMs,
      progress,
    };
  }
}

/** Counts a submission against the rule's throttle; returns the milliseconds to the next second when this second is used up. */
function throttledForMs(entry: Entry, nowMs: number): number | undefined {
  if (entry.rule.throttle === undefined) return undefined;
  const second = Math.floor(nowMs / secondMs);
  if (entry.second !== second) Object.assign(entry, { second, taken: 0 });
  if (entry.taken >= entry.rule.throttle) return (second + 1) * secondMs - nowMs;
  entry.taken += 1;
  return undefined;
}

const throttled = (retryAfterMs: number): Decision => refusal('throttled', retryAfterMs);

/** Returns the decision that nothing of a submission is accepted, and when to try again. */
export const refusal = (failure: SubmitFailure, retryAfterMs: number): Decision => ({
  failure,
  retryAfterMs,
  outageMs: 0,
  report: undefined,
  overtake: false,
  inParts: false,
  partsTaken: 0,
  lateMs: 0,
  progress: false,
});
