// A refusal by the server, as an error.

/** A refusal by the server. */
export class RucksackError extends Error {
  /** Status of the answer. */
  readonly status: number;
  /** Identifies the request in the server's log. */
  readonly apiId: string | undefined;

  constructor(message: string, status: number, apiId: string | undefined) {
    super(message);
    this.name = 'RucksackError';
    this.status = status;
    this.apiId = apiId;
  }
}

/** Returns the error for a refusal. */
export function refusalOf(status: number, body: unknown): RucksackError {
  const { error, api_id: apiId } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  const sentence = typeof error === 'string' ? error : `The server answered ${status}.`;
  return new RucksackError(sentence, status, typeof apiId === 'string' ? apiId : undefined);
}
