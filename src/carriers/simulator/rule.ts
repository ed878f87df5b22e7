// A rule of the simulator: the messages that it matches, and their outcome. Pure.
import type { Service } from '../../telecom/service.ts';
import type { Submission } from '../carrier.ts';
import type { SubmitFailure } from '../submit-error.ts';

/** Conditions on a submission; one that is omitted matches every submission. */
export interface Match {
  /** Patterns of the whole number: `*` stands for any characters, `?` for one. */
  readonly destination?: string | undefined;
  readonly sender?: string | undefined;
  readonly service?: Service | undefined;
  /** A part of the text, in any case. */
  readonly text?: string | undefined;
}

export type ReportKind = 'delivered' | 'undelivered' | 'lost';

/** The outcome for the messages of a rule. */
export interface Outcome {
  readonly submit: 'accept' | SubmitFailure;
  /** With `disconnected`: how long submissions fail and reports wait. Inbound messages still arrive. */
  readonly outageMs: number;
  readonly report: ReportKind;
  /** Error code of an undelivered message. */
  readonly errorCode: number;
  /** Delay from acceptance to report, drawn evenly between the two. */
  readonly delayMs: readonly [least: number, most: number];
  /** How often the report is repeated. */
  readonly duplicates: number;
  /** Whether the report is delivered before the answer to the submission. */
  readonly overtake: boolean;
  /** Whether each segment of an SMS is a part with a message id and a report of its own. */
  readonly inParts: boolean;
  /** With `inParts` and a failure: how many parts are accepted before it. */
  readonly partsTaken: number;
  /** With an outcome that is unknown: the answer comes after so long; 0 is never. */
  readonly lateMs: number;
  /** Whether an intermediate state is reported first. */
  readonly progress: boolean;
}

export interface Rule extends Outcome {
  readonly match: Match;
  /** The part of the matching messages that the rule decides, 0 to 1; the next rules see the rest. */
  readonly share: number;
  /** How many messages the rule decides in all; `undefined` is no limit. */
  readonly times: number | undefined;
  /** Matching messages accepted in a second, the others are throttled; `undefined` is no limit. */
  readonly throttle: number | undefined;
}

/** The outcome without a matching rule: delivered quickly. */
export const standardOutcome: Outcome = {
  submit: 'accept',
  outageMs: 0,
  report: 'delivered',
  errorCode: 0,
  delayMs: [100, 100],
  duplicates: 0,
  overtake: false,
  inParts: false,
  partsTaken: 0,
  lateMs: 0,
  progress: false,
};

export type Matcher = (submission: Submission) => boolean;

/** Returns a function that tests submissions against a match; patterns are compiled once. */
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

/** Returns the regular expression of a pattern. Patterns hold letters, digits, `*` and `?` only: nothing else needs escaping. */
function patternOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/\*+/g, '.*').replaceAll('?', '.')}$`, 'i');
}
