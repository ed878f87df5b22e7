// Reads and writes rules in the format of the rule file and of the API; errors name the first value that is wrong. Pure.
import { ApiError } from '../../base/errors.ts';
import { type SubmitFailure, submitFailures } from '../submit-error.ts';
import { type Match, type ReportKind, type Rule, standardOutcome } from './rule.ts';

/** A rule in the written format. `readRules` defines the defaults of omitted names. */
interface WrittenRule {
  readonly match: Match;
  readonly share: number;
  readonly times: number | null;
  readonly throttle: number | null;
  readonly submit: string;
  readonly outage_ms: number;
  readonly report: string;
  readonly error_code: number;
  readonly delay_ms: readonly number[];
  readonly duplicates: number;
  readonly overtake: boolean;
  readonly in_parts: boolean;
  readonly parts_taken: number;
  readonly late_ms: number;
  readonly progress: boolean;
}

export const maxRules = 100;
export const maxPatternLength = 40;
const maxTextLength = 160;
const maxTimes = 1_000_000_000;
const maxDelayMs = 30 * 24 * 3600 * 1000;
const maxDuplicates = 10;
const maxParts = 254;
const maxErrorCode = 9999;
const unknownError = submitFailures.unknown.errorCode;

/** Failures by their written name: `invalid_sender`. */
const failuresByName = new Map(
  (Object.keys(submitFailures) as SubmitFailure[]).map((failure) => [writeFailure(failure), failure]),
);

/** Returns the written name of a failure: `invalid_sender` for `invalidSender`. */
export function writeFailure(failure: SubmitFailure): string {
  return failure.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

export const submitKinds: readonly string[] = ['accept', ...failuresByName.keys()];
export const reportKinds: readonly ReportKind[] = ['delivered', 'undelivered', 'lost'];
const services = ['sms', 'mms'] as const;

type Given = Readonly<Record<string, unknown>>;

/**
 * Reads a list of rules: `[{"match": {"destination": "1415*"}, "report": "undelivered", "error_code": 50}]`. Every name may be
 * left out; an unknown name is an error, so that a misspelt one is noticed.
 * @throws ApiError invalid, naming the rule and what is wrong with it.
 */
export function readRules(given: unknown): Rule[] {
  if (!Array.isArray(given) || given.length > maxRules) {
    throw new ApiError('invalid', `rules must be a list of at most ${maxRules} rules`);
  }
  return given.map((rule, index) => readRule(rule, `rules[${index}]`));
}

const ruleNames: readonly (keyof WrittenRule)[] = [
  'match',
  'share',
  'times',
  'throttle',
  'submit',
  'outage_ms',
  'report',
  'error_code',
  'delay_ms',
  'duplicates',
  'overtake',
  'in_parts',
  'parts_taken',
  'late_ms',
  'progress',
];

function readRule(given: unknown, path: string): Rule {
  const rule = readObject(given, path, ruleNames);
  const written = readChoice(rule.submit, `${path}.submit`, submitKinds) ?? 'accept';
  const submit = failuresByName.get(written) ?? 'accept';
  const isTaken = submit === 'accept' || submitFailures[submit].outcomeUnknown;
  const standardReport = submit === 'accept' ? standardOutcome.report : 'lost';
  const report = readChoice(rule.report, `${path}.report`, reportKinds) ?? standardReport;
  const outageMs = readWhole(rule.outage_ms, `${path}.outage_ms`, 0, maxDelayMs) ?? 0;
  if (report !== 'lost' && !isTaken) {
    throw new ApiError('invalid', `${path}.report must be lost, because submit is ${written}`);
  }
  if (outageMs > 0 && submit !== 'disconnected') {
    throw new ApiError('invalid', `${path}.outage_ms needs submit to be disconnected`);
  }
  const inParts = readFlag(rule.in_parts, `${path}.in_parts`);
  const partsTaken = readWhole(rule.parts_taken, `${path}.parts_taken`, 0, maxParts) ?? 0;
  const lateMs = readWhole(rule.late_ms, `${path}.late_ms`, 0, maxDelayMs) ?? 0;
  if (partsTaken > 0 && (!inParts || isTaken)) {
    throw new ApiError('invalid', `${path}.parts_taken needs in_parts, and submit to be a failure`);
  }
  if (lateMs > 0 && (submit === 'accept' || !isTaken)) {
    throw new ApiError('invalid', `${path}.late_ms needs submit to be unanswered or lost_in_flight`);
  }
  return {
    match: readMatch(rule.match, `${path}.match`),
    share: readShare(rule.share, `${path}.share`),
    times: readWhole(rule.times, `${path}.times`, 1, maxTimes),
    throttle: readWhole(rule.throttle, `${path}.throttle`, 0, maxTimes),
    submit,
    outageMs,
    report,
    errorCode: readWhole(rule.error_code, `${path}.error_code`, 1, maxErrorCode) ?? unknownError,
    delayMs: readDelay(rule.delay_ms, `${path}.delay_ms`),
    duplicates: readWhole(rule.duplicates, `${path}.duplicates`, 0, maxDuplicates) ?? 0,
    overtake: readFlag(rule.overtake, `${path}.overtake`),
    inParts,
    partsTaken,
    lateMs,
    progress: readFlag(rule.progress, `${path}.progress`),
  };
}

function readMatch(given: unknown, path: string): Match {
  const match = readObject(given ?? {}, path, ['destination', 'sender', 'service', 'text']);
  return {
    destination: readPattern(match.destination, `${path}.destination`, /^[0-9*?]+$/, 'digits, * and ?'),
    sender: readPattern(match.sender, `${path}.sender`, /^[0-9A-Za-z*?]+$/, 'letters, digits, * and ?'),
    service: readChoice(match.service, `${path}.service`, services),
    text: readText(match.text, `${path}.text`),
  };
}

function readObject(given: unknown, path: string, names: readonly string[]): Given {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new ApiError('invalid', `${path} must be an object`);
  }
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new ApiError('invalid', `${path} must have no other names than ${names.join(', ')}`);
  }
  return given as Given;
}

function readChoice<Choice extends string>(
  given: unknown,
  path: string,
  choices: readonly Choice[],
): Choice | undefined {
  if (given === undefined || given === null) return undefined;
  const choice = choices.find((known) => known === given);
  if (choice === undefined) throw new ApiError('invalid', `${path} must be one of ${choices.join(', ')}`);
  return choice;
}

function readWhole(given: unknown, path: string, least: number, most: number): number | undefined {
  if (given === undefined || given === null) return undefined;
  if (isWhole(given, least, most)) return given;
  throw new ApiError('invalid', `${path} must be a whole number from ${least} to ${most}`);
}

function readShare(given: unknown, path: string): number {
  if (given === undefined || given === null) return 1;
  if (typeof given === 'number' && given >= 0 && given <= 1) return given;
  throw new ApiError('invalid', `${path} must be a number from 0 to 1`);
}

/** Reads a delay: one number, or the least and the most. */
function readDelay(given: unknown, path: string): Rule['delayMs'] {
  if (given === undefined || given === null) return standardOutcome.delayMs;
  const [least, most = least, ...more] = Array.isArray(given) ? given : [given];
  if (isWhole(least, 0, maxDelayMs) && isWhole(most, least, maxDelayMs) && more.length === 0)
    return [least, most];
  throw new ApiError(
    'invalid',
    `${path} must be a whole number from 0 to ${maxDelayMs}, or the least and the most`,
  );
}

function isWhole(given: unknown, least: number, most: number): given is number {
  return Number.isInteger(given) && (given as number) >= least && (given as number) <= most;
}

function readFlag(given: unknown, path: string): boolean {
  if (given === undefined || given === null) return false;
  if (typeof given === 'boolean') return given;
  throw new ApiError('invalid', `${path} must be a boolean`);
}

function readPattern(given: unknown, path: string, form: RegExp, expected: string): string | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given === 'string' && given.length <= maxPatternLength && form.test(given)) return given;
  throw new ApiError('invalid', `${path} must be a text of 1 to ${maxPatternLength} characters: ${expected}`);
}

function readText(given: unknown, path: string): string | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given === 'string' && given !== '' && given.length <= maxTextLength) return given;
  throw new ApiError('invalid', `${path} must be a text of 1 to ${maxTextLength} characters`);
}

/** Returns a rule in the written format, with all names. */
export function writeRule(rule: Rule): WrittenRule {
  return {
    match: rule.match,
    share: rule.share,
    times: rule.times ?? null,
    throttle: rule.throttle ?? null,
    submit: rule.submit === 'accept' ? 'accept' : writeFailure(rule.submit),
    outage_ms: rule.outageMs,
    report: rule.report,
    error_code: rule.errorCode,
    delay_ms: rule.delayMs,
    duplicates: rule.duplicates,
    overtake: rule.overtake,
    in_parts: rule.inParts,
    parts_taken: rule.partsTaken,
    late_ms: rule.lateMs,
    progress: rule.progress,
  };
}
