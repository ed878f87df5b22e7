// Reads a carrier's answer to a request: the message is taken, with these names, or it failed, for this reason. Pure.
import type { Taken } from '../carrier.ts';
import type { SubmitFailure } from '../submit-error.ts';
import { makeSource, type Reading, readAll, readFirst, type Source } from './reading.ts';
import { fits, type StatusPattern } from './status-pattern.ts';

/** An answer of HTTP. Names of headers are in small letters. */
export interface CarrierAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** When a message counts as taken, and where its names stand. */
export interface TakenRule {
  readonly status: StatusPattern;
  /** Without it the carrier names nothing. */
  readonly names: Reading | undefined;
  /** A condition on the answer beside the status; where its reading is a list, on each name. */
  readonly also: { readonly at: Reading; readonly is: readonly string[] } | undefined;
}

/** A failure by what the answer says. */
export interface FailureRule {
  readonly status: StatusPattern | undefined;
  /** The text to be matched; the whole body by default. */
  readonly body: Reading | undefined;
  readonly matches: RegExp | undefined;
  readonly is: SubmitFailure;
  readonly retryAfter: Reading | undefined;
}

export interface AnswerRules {
  readonly taken: TakenRule;
  /** The first that fits counts. */
  readonly failures: readonly FailureRule[];
  /** Statuses after which the message was perhaps taken. */
  readonly unclear: StatusPattern;
}

type AnswerMeaning =
  | { readonly taken: Taken }
  | {
      readonly failure: SubmitFailure;
      readonly reason: string;
      readonly retryAfterMs: number | undefined;
      /** Parts that were taken all the same. */
      readonly takenInPart: Taken | undefined;
    };

/** The most names, and so parts, that one message is given. */
const maxNames = 20;
const maxNameLength = 200;
const maxReason = 200;

/** Returns what an answer means. The given failures go first, so that an answer with status 200 can be one. */
export function readAnswer(rules: AnswerRules, answer: CarrierAnswer, now: Date): AnswerMeaning {
  const source = makeSource(answer.headers, '', answer.body);
  const fail = (failure: SubmitFailure, retryAfter?: string, takenInPart?: Taken): AnswerMeaning => ({
    failure,
    reason: reasonOf(answer),
    retryAfterMs: readRetryAfter(retryAfter, now),
    takenInPart,
  });
  const rule = rules.failures.find((one) => isMet(one, answer.status, source));
  if (rule !== undefined) {
    const said = rule.retryAfter === undefined ? undefined : readFirst(source, rule.retryAfter);
    return fail(rule.is, said ?? answer.headers['retry-after']);
  }
  if (fits(rules.taken.status, answer.status)) {
    const taken = readTaken(rules.taken, source);
    // The status says yes and the body does not: it was perhaps taken.
    if (taken === undefined) return fail('unanswered');
    // A repetition would submit all of its parts again: a carrier over HTTP gets messages whole.
    if (taken.parts.length < taken.totalParts) return fail('unknown', undefined, taken);
    return { taken };
  }
  return fail(standardFailure(rules, answer), answer.headers['retry-after']);
}

function isMet({ status, body, matches }: FailureRule, given: number, source: Source): boolean {
  if (status !== undefined && !fits(status, given)) return false;
  if (matches === undefined) return body === undefined || readFirst(source, body) !== undefined;
  const values = body === undefined ? [source.body] : readAll(source, body);
  return values.some((value) => value !== undefined && matches.test(value));
}

/** Returns what was taken, `undefined` where nothing in the answer says so. */
function readTaken({ names, also }: TakenRule, source: Source): Taken | undefined {
  const given = names === undefined ? [''] : readAll(source, names).slice(0, maxNames);
  const states = also === undefined ? undefined : readAll(source, also.at);
  const isTaken = (index: number): boolean => {
    const state = states?.length === given.length ? states[index] : states?.[0];
    return also === undefined || (state !== undefined && also.is.includes(state));
  };
  const parts = given.flatMap((name, index) =>
    name === undefined || !isTaken(index) ? [] : [{ part: index + 1, name: name.slice(0, maxNameLength) }],
  );
  return parts.length === 0 ? undefined : { parts, totalParts: given.length };
}

/** Returns the failure of an answer that no rule of the entry speaks of. */
function standardFailure({ unclear }: AnswerRules, { status, headers }: CarrierAnswer): SubmitFailure {
  if (status === 429 || (status === 503 && headers['retry-after'] !== undefined)) return 'throttled';
  if (fits(unclear, status)) return 'unanswered';
  if (status === 402) return 'noCredit';
  if (status === 413) return 'tooLong';
  if (status === 408 || status === 409 || status === 425 || status >= 500) return 'carrierFault';
  if (status < 400 || [401, 403, 404, 405, 407].includes(status)) return 'misconfigured';
  return 'invalidMessage';
}

/** Reads when to try again: seconds, or a moment (RFC 9110 section 10.2.3). */
function readRetryAfter(text: string | undefined, now: Date): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(at - now.getTime(), 0);
}

/** Returns the carrier's own words, for the history. */
function reasonOf({ status, body }: CarrierAnswer): string {
  const words = body
    .slice(0, maxReason)
    .replace(/[\s\0]+/g, ' ')
    .trim()
    .toWellFormed();
  return words === '' ? `HTTP ${status}` : `HTTP ${status}: ${words}`;
}
