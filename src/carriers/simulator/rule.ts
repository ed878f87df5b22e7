// What a rule of the simulator is: which messages it is about, and what becomes of them. Pure.
import type { Service } from '../../telecom/service.ts';
import type { Submission } from '../carrier.ts';
import type { SubmitFailure } from '../submit-error.ts';

/** What a submission must be for a rule to be about it; what is not said does not matter. */
export interface Match {
  /** Patterns of the whole: `*` stands for anything, `?` for one character. */
  readonly destination?: string | undefined;
  readonly sender?: string | undefined;
  readonly service?: Service | undefined;
  /** Somewhere in the text, capitals or not. */
  readonly text?: string | undefined;
}

export type ReportKind = 'delivered' | 'undelivered' | 'lost';

/** What becomes of the messages of a rule. */
export interface Outcome {
  readonly submit: 'accept' | SubmitFailure;
  /** With `disconnected`: for how long nothing is taken and nothing reported. Handsets get through. */
  readonly outageMs: number;
  readonly report: ReportKind;
  /** Of an undelivered message. */
  readonly errorCode: number;
  /** From acceptance to report: evenly drawn between the two. */
  readonly delayMs: readonly [least: number, most: number];
  /** How often the report is repeated. */
  readonly duplicates: number;
  /** Whether the report comes before the submission is answered. */
  readonly overtake: boolean;
}

export interface Rule extends Outcome {
  readonly match: Match;
  /** The part of the matching messages that the rule is about, 0 to 1; the rest goes on to the next rules. */
  readonly share: number;
  /** How many messages the rule decides before it is spent; `undefined` is no limit. */
  readonly times: number | undefined;
  /** Matching messages that are taken in a second, the rest being asked to slow down; `undefined` is no limit. */
  readonly throttle: number | undefined;
}

/** What happens where no rule says otherwise: delivered quickly. */
export const standardOutcome: Outcome = {
  submit: 'accept',
  outageMs: 0,
  report: 'delivered',
  errorCode: 0,
  delayMs: [100, 100],
  duplicates: 0,
  overtake: false,
};

export type Matcher = (submission: Submission) => boolean;

/** Makes the test of a match, its patterns read once. */
export function makeMatcher({ destination, sender, service, text }: Match): Matcher {
  const destinations = destination === undefined ? undefined : patternOf(destination);
  const senders = sender === undefined ? undefined : patternOf(sender);
  const part = text?.toLowerCase();
  return (submission) =>
    (destinations === undefined || destinations.test(submission.destination)) &&
    (senders === undefined || senders.test(submission.sender)) &&
    (service === undefined || service === submission.service) &&
    (part === undefined || submission.text.toLowerCase().includes(part));
}

/** Patterns hold letters, digits, `*` and `?` only, so that nothing else means anything to a regular expression. */
function patternOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/\*+/g, '.*').replaceAll('?', '.')}$`, 'i');
}
