// Why there was no answer, in one short sentence for the log of a call. Pure.

/** The address that a URL leads to may not be called. */
export class RefusedAddress extends Error {
  constructor(address: string, reason: string) {
    super(`address ${address} is ${reason}`);
    this.name = 'RefusedAddress';
  }
}

/** The time of the whole call was over. */
export class Expired extends Error {}

/** This server has given the call up, without a fault of its receiver's. */
export class CutOff extends Error {
  readonly code = 'UND_ERR_CLOSED';
}

/** The name of the host leads nowhere. */
export class NameNotFound extends Error {
  readonly code = 'ENOTFOUND';
}

/** Codes of Node, of its HTTP parser and of the client library, each with a sentence for the owner of the URL. */
const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection closed before the answer was complete',
  EPIPE: 'connection closed before the answer was complete',
  UND_ERR_SOCKET: 'connection closed before the answer was complete',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'connection closed before the answer was complete',
  UND_ERR_DESTROYED: 'the server was stopped',
  UND_ERR_CLOSED: 'the server was stopped',
  ENOTFOUND: 'host name not found',
  ENODATA: 'host name not found',
  EAI_AGAIN: 'host name could not be looked up',
  EHOSTUNREACH: 'host cannot be reached',
  ENETUNREACH: 'network cannot be reached',
  UND_ERR_HEADERS_OVERFLOW: 'headers of the answer are too large',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate is not from a known authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate is not from a known authority',
  CERT_HAS_EXPIRED: 'certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate is for another host',
};

/** Returns the sentence for an error of a request that had `timeoutMs`. */
export function describeFailure(error: unknown, timeoutMs: number): string {
  if (isTimeout(error)) return `no answer within ${timeoutMs / 1000} s`;
  if (error instanceof RefusedAddress) return error.message;
  const code = codeOf(error);
  // Not every error of the library's parser has a code.
  if (error instanceof Error && error.name === 'HTTPParserError') return 'the answer is not HTTP';
  return sentences[code] ?? `connection failed${code === '' ? '' : ` (${code})`}`;
}

/** Returns whether the only failure was that no answer came in time. */
export function isTimeout(error: unknown): boolean {
  const code = codeOf(error);
  return error instanceof Expired || code === 'ETIMEDOUT' || code === 'UND_ERR_CONNECT_TIMEOUT';
}

/** Returns whether our own client ended the request. */
export function isCutOff(error: unknown): boolean {
  return ['UND_ERR_DESTROYED', 'UND_ERR_CLOSED'].includes(codeOf(error));
}

/** Returns the code of an error. Node joins the failures of several addresses in one error, whose code is that of the first. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
