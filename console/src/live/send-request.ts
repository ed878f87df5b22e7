// The way of every request to the server, and what is said when it finds none.

/** A change without an answer is given up after so long; milliseconds. Turning the clock by weeks takes minutes. */
const changeLimitMs = 5 * 60_000;

/**
 * Sends a request. A change has a time limit here; reads have that of those who ask (`within-limit.ts`).
 * @throws TypeError in words when the server cannot be reached; Error when a change was not answered in time.
 */
export async function sendRequest(request: Request): Promise<Response> {
  const limit = request.method === 'GET' ? undefined : AbortSignal.timeout(changeLimitMs);
  try {
    return await fetch(request, limit && { signal: AbortSignal.any([request.signal, limit]) });
  } catch (error) {
    if (limit?.aborted === true)
      throw new Error(
        `The server has not answered within ${changeLimitMs / 60_000} minutes: it is not known whether this was done.`,
        { cause: error },
      );
    if (error instanceof TypeError) throw new TypeError('The server cannot be reached.', { cause: error });
    throw error;
  }
}
