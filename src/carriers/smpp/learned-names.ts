// Learns how the names in a carrier's receipts differ from those that it gave (carriers.md section 4.7).
import { LRUCache } from 'lru-cache';
import { type NameWarning, nameWarnings } from '../carrier.ts';
import { candidateNames, type NameRule, nameRules, namesBy } from './message-names.ts';

/** So many receipts in a row that only one rule explains make it the one to use, until as many make it another. */
const enough = 20;

/** So many names that were given last are kept to learn from. */
const maxNames = 10_000;

/** A name that was given twice, or not at all, is told of for three days. */
const warningMs = 3 * 24 * 3_600_000;

/** Keeps the rules of one carrier in the order in which they are tried, or the one that it has learned, and what is wrong with its names. */
export class LearnedNames {
  readonly #isFixed: boolean;
  #rules: readonly NameRule[];
  #isLearned = false;
  readonly #given = new LRUCache<string, true>({ max: maxNames });
  /** When a name was last wrong in each way. */
  readonly #faultsAtMs = new Map<NameWarning, number>();
  #streak: { readonly rule: NameRule; readonly length: number } | undefined;

  /** @param rule the only one to use, or `auto` to learn it. */
  constructor(rule: NameRule | 'auto') {
    this.#isFixed = rule !== 'auto';
    this.#rules = rule === 'auto' ? nameRules : [rule];
  }

  /** The rule that is tried first. */
  get first(): NameRule {
    return this.#rules[0] ?? 'text';
  }

  /** The rule that was set or has been learned; `undefined` as long as all of them are tried. */
  get known(): NameRule | undefined {
    return this.#isFixed || this.#isLearned ? this.first : undefined;
  }

  /** Returns what is wrong with the names that were given of late. */
  warnings(now: Date): NameWarning[] {
    return nameWarnings.filter((warning) => {
      const atMs = this.#faultsAtMs.get(warning);
      return atMs !== undefined && now.getTime() - atMs < warningMs;
    });
  }

  /** Records a name that the carrier gave to a part, and returns what is wrong with it. */
  gave(name: string, now: Date): NameWarning | undefined {
    const fault = name === '' ? 'names_missing' : this.#given.has(name) ? 'names_repeat' : undefined;
    if (fault !== undefined) this.#faultsAtMs.set(fault, now.getTime());
    if (name !== '') this.#given.set(name, true);
    return fault;
  }

  /**
   * Returns the names that a receipt's message may have, the likeliest first, and learns from those that this process was given. A name
   * that another rule makes of a receipt may be that of another message: none is guessed where the first rule makes a name that was given.
   */
  candidates(ids: readonly string[]): readonly string[] {
    if (!this.#isFixed) this.#learn(ids);
    return candidateNames(ids, this.#fits(this.first, ids) ? [this.first] : this.#rules);
  }

  /** Returns whether a rule makes a name of a receipt's `ids` that this process was given. */
  #fits(rule: NameRule, ids: readonly string[]): boolean {
    return ids.some((id) => namesBy(rule, id).some((name) => this.#given.has(name)));
  }

  #learn(ids: readonly string[]): void {
    const fitting = nameRules.filter((rule) => this.#fits(rule, ids));
    const [rule] = fitting;
    if (rule === undefined) {
      this.#streak = undefined;
      return;
    }
    // A name as it was given fits the rule of numbers too; it is no sign for that rule.
    if (fitting.length > 1 && rule !== 'text') return;
    const length = this.#streak?.rule === rule ? this.#streak.length + 1 : 1;
    this.#streak = { rule, length };
    if (length < enough) return;
    this.#isLearned = true;
    this.#rules = [rule];
  }
}
