// The meaning of a receipt: outcome and Plivo's error code (carriers.md section 4.6). Pure.
import type { DeliveryReport } from '../carrier.ts';

type Outcome = DeliveryReport['outcome'];

interface State {
  readonly outcome: Outcome;
  /** Plivo's code where nothing says more. */
  readonly errorCode?: number;
}

const delivered: State = { outcome: 'delivered' };
const progress: State = { outcome: 'progress' };
/** Two states whose meaning the configuration says; this is the standard one. */
const accepted: State = { outcome: 'progress' };
const unknown: State = { outcome: 'undelivered', errorCode: 1000 };
const expired: State = { outcome: 'undelivered', errorCode: 80 };
const undelivered: State = { outcome: 'undelivered', errorCode: 1000 };
const rejected: State = { outcome: 'undelivered', errorCode: 100 };

/** By message_state (section 5.2.28, and SMPP 5 for 0 and 9). */
const byNumber: readonly State[] = [
  progress,
  progress,
  delivered,
  expired,
  undelivered,
  undelivered,
  accepted,
  unknown,
  rejected,
  rejected,
];

/** By the words of `stat` (appendix B), and those that SMSCs write in their place. */
const byWord: Readonly<Record<string, State>> = {
  '0': delivered,
  DELIVRD: delivered,
  DELIVERED: delivered,
  READ: delivered,
  ACCEPTD: accepted,
  ACCEPTED: accepted,
  ENROUTE: progress,
  BUFFRED: progress,
  BUFFERD: progress,
  BUFFERED: progress,
  ACKED: progress,
  SCHEDULED: progress,
  EXPIRED: expired,
  DELETED: undelivered,
  UNDELIV: undelivered,
  UNDELIVERABLE: undelivered,
  UNDELIVERED: undelivered,
  FAILED: undelivered,
  NACK: undelivered,
  UNKNOWN: unknown,
  REJECTD: rejected,
  REJECTED: rejected,
  SKIPPED: rejected,
};

/** Plivo's codes for the errors of GSM networks in network_error_code (3GPP TS 29.002 section 17.6.6). */
const gsmErrors = new Map<number, number>([
  ...[1, 5, 9, 12].map((error) => [error, 70] as const),
  [11, 50],
  ...[13, 15, 21].map((error) => [error, 100] as const),
  ...[6, 27, 31, 32, 40].map((error) => [error, 80] as const),
  ...[34, 35, 36].map((error) => [error, 20] as const),
]);
const gsmNetwork = 3;

/** Facts of a receipt, from its text and its optional parameters. */
export interface ReceiptFacts {
  readonly stat: string | undefined;
  readonly err: string | undefined;
  readonly messageState: number | undefined;
  /** Octets of the parameter network_error_code: kind of network, error. */
  readonly networkError: Uint8Array | undefined;
  /** Whether it says itself that it is not the last one. */
  readonly isIntermediate: boolean;
}

interface ReceiptRules {
  /** Whether `ACCEPTD` is the best that will come. */
  readonly acceptedMeans: 'nothing' | 'delivered';
  /** Whether `UNKNOWN` is an end, or another receipt will come. */
  readonly unknownMeans: 'undelivered' | 'nothing';
  /** Plivo's codes for this vendor's `err`, which mean nothing in general; leading zeros are left out. */
  readonly receiptErrors: Readonly<Record<string, number>>;
}

/** Returns the outcome, with an error code where it is `undelivered`. A state that is not known changes nothing: `progress`. */
export function outcomeOf(
  facts: ReceiptFacts,
  rules: ReceiptRules,
): { readonly outcome: Outcome; readonly errorCode: number | undefined } {
  const state = stateOf(facts);
  if (state === accepted && rules.acceptedMeans === 'delivered')
    return { outcome: 'delivered', errorCode: undefined };
  const isOpen = state === undefined || (state === unknown && rules.unknownMeans === 'nothing');
  if (isOpen || facts.isIntermediate) return { outcome: 'progress', errorCode: undefined };
  const { outcome, errorCode } = state;
  return {
    outcome,
    errorCode: outcome === 'undelivered' ? (vendorCode(facts, rules) ?? errorCode) : undefined,
  };
}

/** Returns whether a receipt tells a state that means something here. */
export const hasKnownState = (facts: ReceiptFacts): boolean => stateOf(facts) !== undefined;

/** Returns the state by the parameter, or by the word where that is missing or means nothing. */
function stateOf({ messageState, stat }: ReceiptFacts): State | undefined {
  const byParameter = messageState === undefined ? undefined : byNumber[messageState];
  return byParameter ?? (stat === undefined ? undefined : byWord[stat.toUpperCase()]);
}

/** Returns the carrier's own words, for the history: `UNDELIV err 075`. */
export function wordsOf({ stat, err, messageState, networkError }: ReceiptFacts): string {
  const said = stat ?? (messageState === undefined ? undefined : `message_state ${messageState}`);
  const error = err ?? (networkError === undefined ? undefined : Buffer.from(networkError).toString('hex'));
  return [said ?? 'no state', ...(error === undefined ? [] : [`err ${error}`])].join(' ').slice(0, 100);
}

function vendorCode(
  { err, networkError }: ReceiptFacts,
  { receiptErrors }: ReceiptRules,
): number | undefined {
  const given = err === undefined ? undefined : receiptErrors[err.replace(/^0+(?=.)/, '')];
  if (given !== undefined) return given;
  const [network, high = 0, low = 0] = networkError ?? [];
  return network === gsmNetwork ? gsmErrors.get(high * 256 + low) : undefined;
}
