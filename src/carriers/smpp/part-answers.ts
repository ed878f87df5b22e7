// The answers to the parts of a message, as one result (carriers.md section 4.4). Pure.
import type { Taken, TakenPart } from '../carrier.ts';
import { SubmitError, type SubmitFailure, submitFailures } from '../submit-error.ts';
import { failureOf, nameStatus } from './status-table.ts';

/** The result of one submit_sm. */
export type PartAnswer =
  | { readonly kind: 'taken'; readonly name: string }
  | { readonly kind: 'refused'; readonly status: number }
  /** The session ended after it was written. */
  | { readonly kind: 'lost'; readonly reason: string }
  /** The session ended, or would not write, before it was written. */
  | { readonly kind: 'unwritten'; readonly reason: string };

/** Which parts of its message an attempt was for. */
interface PartRange {
  /** Parts that earlier attempts handed over. */
  readonly partsTaken: number;
  readonly totalParts: number;
}

/**
 * Returns what was taken when all parts were; `undefined` among `answers` is an answer that did not come.
 * Throws SubmitError otherwise. Of several failures, one that ends the message goes first, for the rest cannot be mended; then one that leaves
 * open whether a part was taken. What was taken for certain are the parts before the first that was not.
 * @param statuses of the configuration, by hex number
 */
export function resultOf(
  answers: readonly (PartAnswer | undefined)[],
  range: PartRange,
  statuses: Readonly<Record<string, SubmitFailure>>,
): Taken {
  const taken = takenOf(answers, range);
  if (taken.parts.length === answers.length) return taken;
  const failures = answers.flatMap((answer) => failureIn(answer, statuses));
  const [worst] = failures.toSorted((one, other) => weightOf(other.failure) - weightOf(one.failure));
  if (worst === undefined) throw new Error('an answer is neither taken nor a failure');
  const part =
    failures.length < answers.length || range.totalParts > 1 ? ` (${partsIn(taken, answers)})` : '';
  throw new SubmitError(worst.failure, `${worst.reason}${part}`, { taken });
}

/** Returns the parts before the first that was not taken. */
export function takenOf(answers: readonly (PartAnswer | undefined)[], range: PartRange): Taken {
  const parts: TakenPart[] = [];
  for (const answer of answers) {
    if (answer?.kind !== 'taken') break;
    parts.push({ part: range.partsTaken + parts.length + 1, name: answer.name });
  }
  return { parts, totalParts: range.totalParts };
}

interface FoundFailure {
  readonly failure: SubmitFailure;
  readonly reason: string;
}

function failureIn(
  answer: PartAnswer | undefined,
  statuses: Readonly<Record<string, SubmitFailure>>,
): FoundFailure[] {
  switch (answer?.kind) {
    case 'taken':
      return [];
    case 'refused':
      return [{ failure: failureOf(answer.status, statuses), reason: nameStatus(answer.status) }];
    case 'lost':
      return [{ failure: 'lostInFlight', reason: answer.reason }];
    case 'unwritten':
      return [{ failure: 'disconnected', reason: answer.reason }];
    case undefined:
      return [{ failure: 'unanswered', reason: 'no submit_sm_resp' }];
  }
}

function weightOf(failure: SubmitFailure): number {
  const { retryable, outcomeUnknown } = submitFailures[failure];
  if (!retryable) return 2;
  return outcomeUnknown ? 1 : 0;
}

/** Returns which parts were taken, in words. */
function partsIn({ parts, totalParts }: Taken, answers: readonly (PartAnswer | undefined)[]): string {
  const before = totalParts - answers.length;
  const last = before + parts.length;
  const ahead = answers.flatMap((answer, position) =>
    position > parts.length && answer?.kind === 'taken' ? [`, and part ${before + position + 1}`] : [],
  );
  return `${last === 0 ? 'no part' : `up to part ${last}`} of ${totalParts}${ahead.join('')}`;
}
