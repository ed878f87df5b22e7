// Why a connection to an SMSC failed, in words for its operator. Pure.

/** An error of OpenSSL, whose message is a line of its own log. */
interface OpenSslError extends Error {
  readonly library: string;
  readonly reason: string;
}

/**
 * Returns the reason of an error: of OpenSSL's errors their own reason, and of a host with several addresses the reasons of all, as that error has
 * no sentence itself.
 */
export function connectionFailure(error: Error): string {
  if (isOpenSslError(error)) return `TLS: ${error.reason}`;
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(({ message }: Error) => message).join(', ');
  }
  return error.message;
}

const isOpenSslError = (error: Error): error is OpenSslError => 'library' in error && 'reason' in error;
