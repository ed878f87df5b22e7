// The closed list of errors of a caller, and the exceptions whose message a person reads.

/** Kind of error → HTTP status and the sentence used when a rule gives none. */
export const errorKinds = {
  invalid: { status: 400, sentence: 'invalid request' },
  unauthorised: { status: 401, sentence: 'invalid auth_id or auth_token' },
  forbidden: { status: 403, sentence: 'the API key may not do this' },
  notFound: { status: 404, sentence: 'resource not found' },
  methodNotAllowed: { status: 405, sentence: 'method not allowed' },
  timeout: { status: 408, sentence: 'the request did not arrive in time' },
  conflict: { status: 409, sentence: 'the request conflicts with the present state' },
  tooLarge: { status: 413, sentence: 'the request body is larger than 1 MiB' },
  uriTooLong: { status: 414, sentence: 'the request target is too long' },
  expectationFailed: { status: 417, sentence: 'the expectation cannot be met' },
  headersTooLarge: { status: 431, sentence: 'the request headers are too large' },
  tooMany: { status: 429, sentence: 'too many requests' },
} as const;

export type ErrorKind = keyof typeof errorKinds;

/**
 * Thrown by rules for an error of the caller. Only `http/error-reply.ts` turns it into a response.
 * `headers` are added to that response (`Allow`, `Retry-After`).
 */
export class ApiError extends Error {
  readonly kind: ErrorKind;
  readonly headers: Readonly<Record<string, string>>;

  constructor(kind: ErrorKind, sentence: string = errorKinds[kind].sentence, headers = {}) {
    super(sentence);
    this.name = 'ApiError';
    this.kind = kind;
    this.headers = headers;
  }

  get status(): number {
    return errorKinds[this.kind].status;
  }
}

/** Thrown when a request cannot be served now and may be repeated. The message is one sentence for the caller. */
export class NotNow extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'NotNow';
  }
}

/**
 * Thrown for a fault that the operator must fix: a setting, a file, another process. The message is one sentence for the
 * operator; nothing else is shown.
 */
export class OperatorError extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'OperatorError';
  }
}
