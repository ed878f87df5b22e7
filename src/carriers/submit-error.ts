// The closed list of ways in which a submission can fail. Carriers throw nothing else on purpose.

interface Failure {
  /** Whether the same submission may succeed later. The sender queue waits for it: messages of a number do not overtake each other. */
  readonly retryable: boolean;
  /** Whether it says something of the link, over which no other message would go either, and nothing of this message. */
  readonly ofLink: boolean;
  /** Whether the carrier may have taken the message all the same. */
  readonly doubtful: boolean;
  /** The message's error code when it fails for good (wire-data-plane section 8). */
  readonly errorCode: number;
}

export const submitFailures = {
  /** The carrier asks to slow down. */
  throttled: { retryable: true, ofLink: true, doubtful: false, errorCode: 20 },
  /** There is no connection; nothing was handed over. */
  disconnected: { retryable: true, ofLink: true, doubtful: false, errorCode: 300 },
  /** The answer did not come: it may have been handed over. */
  unanswered: { retryable: true, ofLink: false, doubtful: true, errorCode: 300 },
  /** A fault of the carrier that passes; perhaps only this message brings it about. */
  carrierFault: { retryable: true, ofLink: false, doubtful: false, errorCode: 20 },
  invalidMessage: { retryable: false, ofLink: false, doubtful: false, errorCode: 10 },
  spam: { retryable: false, ofLink: false, doubtful: false, errorCode: 30 },
  invalidSender: { retryable: false, ofLink: false, doubtful: false, errorCode: 40 },
  invalidDestination: { retryable: false, ofLink: false, doubtful: false, errorCode: 50 },
  noRoute: { retryable: false, ofLink: false, doubtful: false, errorCode: 90 },
  prohibited: { retryable: false, ofLink: false, doubtful: false, errorCode: 100 },
  tooLong: { retryable: false, ofLink: false, doubtful: false, errorCode: 110 },
  unknown: { retryable: false, ofLink: false, doubtful: false, errorCode: 1000 },
} as const satisfies Readonly<Record<string, Failure>>;

export type SubmitFailure = keyof typeof submitFailures;

/** Thrown by `Carrier.submit`. `retryAfterMs` is the carrier's own word on when to try again. */
export class SubmitError extends Error {
  readonly failure: SubmitFailure;
  readonly retryAfterMs: number | undefined;

  constructor(failure: SubmitFailure, reason: string, retryAfterMs?: number) {
    super(reason);
    this.name = 'SubmitError';
    this.failure = failure;
    this.retryAfterMs = retryAfterMs;
  }
}
