// The time limit on asking the server.

/** A request without an answer is given up after so long; milliseconds. */
const limitMs = 20_000;

/** The server has not answered in time. */
export class UnansweredError extends Error {}

/**
 * Asks with a time limit, and until `signal` is aborted.
 * @throws UnansweredError when the server does not answer in time; and what `load` throws.
 */
export async function withinLimit<Data>(
  load: (signal: AbortSignal) => Promise<Data>,
  signal?: AbortSignal,
): Promise<Data> {
  const limit = AbortSignal.timeout(limitMs);
  try {
    return await load(signal === undefined ? limit : AbortSignal.any([signal, limit]));
  } catch (error) {
    if (!limit.aborted || signal?.aborted === true) throw error;
    throw new UnansweredError(`The server has not answered within ${limitMs / 1000} seconds.`, {
      cause: error,
    });
  }
}
