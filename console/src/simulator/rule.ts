// The simulator's rules as the console edits them: what a new one says, what may be said together, their order. Pure.
import type { components } from '../../../client/src/schema.ts';

export type Rule = components['schemas']['SimulatorRule'];
export type Submit = Rule['submit'];

/** A rule in the list that is edited. */
export interface ListedRule {
  /** Its own for as long as it is in the list, wherever it stands. */
  readonly key: string;
  readonly rule: Rule;
}

/** The treatment of a message that matches no rule. */
export const standardRule: Rule = {
  match: {},
  share: 1,
  times: null,
  throttle: null,
  submit: 'accept',
  outage_ms: 0,
  report: 'delivered',
  error_code: 1000,
  delay_ms: [100, 100],
  duplicates: 0,
  overtake: false,
  in_parts: false,
  parts_taken: 0,
  late_ms: 0,
  progress: false,
};

export const submits: readonly { readonly value: Submit; readonly label: string }[] = [
  { value: 'accept', label: 'Accept it' },
  { value: 'throttled', label: 'Throttle (submitted again)' },
  { value: 'carrier_fault', label: 'Temporary error (submitted again)' },
  { value: 'disconnected', label: 'Lose the connection (submitted again)' },
  { value: 'lost_in_flight', label: 'Take it, and lose the connection (outcome unknown, submitted again)' },
  { value: 'unanswered', label: 'Take it, but never respond (outcome unknown, submitted again)' },
  { value: 'misconfigured', label: 'Reject the account or its set-up (submitted again until it expires)' },
  { value: 'no_credit', label: 'Reject for lack of credit (submitted again until it expires)' },
  { value: 'invalid_message', label: 'Refuse: invalid message (code 10)' },
  { value: 'spam', label: 'Refuse: spam (code 30)' },
  { value: 'invalid_sender', label: 'Refuse: invalid sender (code 40)' },
  { value: 'invalid_destination', label: 'Refuse: invalid destination (code 50)' },
  { value: 'unavailable', label: 'Refuse: handset unavailable (code 80)' },
  { value: 'no_route', label: 'Refuse: no route (code 90)' },
  { value: 'prohibited', label: 'Refuse: prohibited (code 100)' },
  { value: 'too_long', label: 'Refuse: too long (code 110)' },
  { value: 'opted_out', label: 'Refuse: opted out at the carrier (code 200)' },
  { value: 'country_barred', label: 'Refuse: country barred (code 450)' },
  { value: 'unknown', label: 'Refuse: unknown reason (code 1000)' },
];

/** Returns whether the carrier may have the message, so that there can be a report on it. */
export const isReported = (submit: Submit): boolean =>
  submit === 'accept' || submit === 'unanswered' || submit === 'lost_in_flight';

/** Returns a rule with another result of the submission, and without what would contradict that. */
export function withSubmit(rule: Rule, submit: Submit): Rule {
  const wasReported = isReported(rule.submit);
  const report = !isReported(submit) ? 'lost' : wasReported ? rule.report : 'delivered';
  return {
    ...rule,
    submit,
    report,
    outage_ms: submit === 'disconnected' ? rule.outage_ms : 0,
    parts_taken: isReported(submit) ? 0 : rule.parts_taken,
    late_ms: isReported(submit) && submit !== 'accept' ? rule.late_ms : 0,
  };
}

/** Returns a rule with some conditions changed; empty ones are left out. */
export function withMatch(rule: Rule, change: Readonly<Record<string, string>>): Rule {
  const conditions = Object.entries({ ...rule.match, ...change }).filter(([, value]) => value !== '');
  return { ...rule, match: Object.fromEntries(conditions) };
}

/** Returns whether two lists of rules say the same. */
export const isSame = (rules: readonly Rule[], others: readonly Rule[]): boolean =>
  JSON.stringify(rules.map(inOrder)) === JSON.stringify(others.map(inOrder));

/** Returns a rule with its names in one order, however it came about. */
function inOrder(rule: Rule): unknown {
  const sorted = (object: object) => Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1));
  return sorted({ ...rule, match: sorted(rule.match) });
}

/** Returns a refusal of rules with positions from one: `rules[0].share must be …` becomes `Rule 1: share must be …`. */
export const refusalInWords = (sentence: string): string =>
  sentence.replace(/^rules\[(\d+)\]\.?(match\.)?/, (_, index: string) => `Rule ${Number(index) + 1}: `);
