// The closed list of ways in which a submission can fail. Carriers throw nothing else on purpose.
import type { Taken } from './carrier.ts';

interface Failure {
  /** Whether the same submission may succeed later. The sender queue waits for it: messages of a number do not overtake each other. */
  readonly retryable: boolean;
  /** Whether it says something of the link, over which no other message would go either, and nothing of this message. */
  readonly ofLink: boolean;
  /** Whether the carrier may have taken the message all the same. */
  readonly outcomeUnknown: boolean;
  /** The message's error code when it fails for good (wire-data-plane section 8). */
  readonly errorCode: number;
}

export const submitFailures = {
  /** The carrier asks to slow down. */
  throttled: { retryable: true, ofLink: true, outcomeUnknown: false, errorCode: 20 },
  /** There is no connection; nothing was handed over. */
  disconnected: { retryable: true, ofLink: true, outcomeUnknown: false, errorCode: 300 },
  /** The connection ended after the message was written and before its answer came: it may have been handed over. */
  lostInFlight: { retryable: true, ofLink: true, outcomeUnknown: true, errorCode: 300 },
  /** The answer did not come: it may have been handed over. */
  unanswered: { retryable: true, ofLink: false, outcomeUnknown: true, errorCode: 300 },
  /** The carrier denies the account or does not understand us: whatever is wrong, it is not this message. */
  misconfigured: { retryable: true, ofLink: true, outcomeUnknown: false, errorCode: 300 },
  /** The account at the carrier is empty. */
  noCredit: { retryable: true, ofLink: true, outcomeUnknown: false, errorCode: 900 },
  /** A fault of the carrier that passes; perhaps only this message brings it about. */
  carrierFault: { retryable: true, ofLink: false, outcomeUnknown: false, errorCode: 20 },
  invalidMessage: { retryable: false, ofLink: false, outcomeUnknown: false, errorCode: 10 },
  spam: { retryable: false, ofLink: false, outcomeUnknown: false, errorCode: 30 },
  invalidSender: { retryable: false, ofLink: false, outcomeUnknown: false, errorCode: 40 },
  invalidDestination: { retryable: false, ofLink: false, outcomeUnknown: false, errorCode: 50 },
  /** The handset cannot be reached, said at once by carriers that wait for it. */
  unavailable: { retryable: false, ofLink: false, outcomeUnknown: false, errorCode: 80 },
  noRoute: { retryable: false, ofLink: false, outcomeUnknown: false, errorCode: 90 },
  prohibited: { retryable: false, ofLink: false, outcomeUnknown: false, errorCode: 100 },
  tooLong: { retryable: false, ofLink: false, outcomeUnknown: false, errorCode: 110 },
  /** The destination has said STOP to the carrier. */
  optedOut: { retryable: false, ofLink: false, outcomeUnknown: false, errorCode: 200 },
  /** The account at the carrier may not send to that country. */
  countryBarred: { retryable: false, ofLink: false, outcomeUnknown: false, errorCode: 450 },
  unknown: { retryable: false, ofLink: false, outcomeUnknown: false, errorCode: 1000 },
} as const satisfies Readonly<Record<string, Failure>>;

export type SubmitFailure = keyof typeof submitFailures;

/** Facts of a failure beside its kind. */
interface SubmitErrorFacts {
  /** The carrier's own word on when to try again. */
  readonly retryAfterMs?: number | undefined;
  /** Parts that were handed over for certain in this attempt. */
  readonly taken?: Taken | undefined;
}

/** Thrown by `Carrier.submit`. Its message is kept in the history: the carrier's own words and codes belong there. */
export class SubmitError extends Error {
  readonly failure: SubmitFailure;
  readonly retryAfterMs: number | undefined;
  readonly taken: Taken | undefined;

  constructor(failure: SubmitFailure, reason: string, { retryAfterMs, taken }: SubmitErrorFacts = {}) {
    super(reason);
    this.name = 'SubmitError';
    this.failure = failure;
    this.retryAfterMs = retryAfterMs;
    this.taken = taken;
  }
}
