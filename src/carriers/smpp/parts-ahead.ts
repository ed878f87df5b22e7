// Remembers parts that the SMSC took although a part before them was not: the next attempt leaves them out (carriers.md section 4.4). Pure.
import { LRUCache } from 'lru-cache';
import type { PartAnswer } from './part-answers.ts';

/** Names of parts by their numbers, from 1. */
export type PartNames = ReadonlyMap<number, string>;

/** Messages that are remembered at once. */
const maxMessages = 10_000;

const none: PartNames = new Map();

/** Forgets the oldest messages beyond ten thousand, and all of them with the process: their parts go twice then. */
export class PartsAhead {
  readonly #names = new LRUCache<string, PartNames>({ max: maxMessages });

  /** Returns the parts of a message, behind those that are handed over, that are with the SMSC already. */
  of(reference: string, partsTaken: number): PartNames {
    const names = this.#names.get(reference);
    // Another process may have handed some of them over since.
    return names === undefined ? none : new Map([...names].filter(([part]) => part > partsTaken));
  }

  /**
   * Records an attempt that failed: the parts that were taken behind the first that was not.
   * @param partsTaken parts that earlier attempts handed over.
   */
  note(reference: string, answers: readonly (PartAnswer | undefined)[], partsTaken: number): void {
    const first = answers.findIndex((answer) => answer?.kind !== 'taken');
    const names = answers.flatMap((answer, position) =>
      position > first && answer?.kind === 'taken' ? [[partsTaken + position + 1, answer.name] as const] : [],
    );
    if (names.length === 0) this.forget(reference);
    else this.#names.set(reference, new Map(names));
  }

  /** Removes a message that has come to its end. */
  forget(reference: string): void {
    if (this.#names.size > 0) this.#names.delete(reference);
  }
}
