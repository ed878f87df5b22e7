// Things that may be gone, or that this server does not have.
import { RucksackError } from '../../../client/src/refusal.ts';

/** Returns whether the server has said that there is no such thing here. */
export const isMissing = (error: unknown): boolean => error instanceof RucksackError && error.status === 404;

/** Returns the data, or `null` where there is no such thing. Every other failure stays one. */
export async function unlessMissing<Data>(answer: Promise<Data>): Promise<Data | null> {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
