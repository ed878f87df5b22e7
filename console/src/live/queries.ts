// The cache of what the server has said, one for each session, and asking with a limit.
import { QueryClient } from '@tanstack/query-core';
import { type RucksackClient, RucksackError } from '../../../client/src/client.ts';
import type { LiveChanges } from '../session/live-changes.ts';
import { UnansweredError, withinLimit } from './within-limit.ts';

/** Pages that are left stay at hand for so long; milliseconds. */
const keptMs = 5 * 60_000;
/** The page no longer counts as live while a request has had no answer for so long; milliseconds. */
const silenceMs = 5000;
/** Requests that found no server are made once more after so long; milliseconds. */
const retryMs = 1000;

const caches = new WeakMap<RucksackClient, QueryClient>();

/** Returns the cache of a session's client. */
export function queriesOf(client: RucksackClient): QueryClient {
  const known = caches.get(client);
  if (known !== undefined) return known;
  const made = new QueryClient({
    defaultOptions: {
      queries: {
        gcTime: keptMs,
        // The stream of changes says what to ask for again; the browser's own idea of being online is not asked.
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => failures < 1 && error instanceof TypeError,
        retryDelay: retryMs,
      },
    },
  });
  caches.set(client, made);
  return made;
}

/**
 * Asks with a time limit. While there is no answer for long, and after none came, the session does not count as live.
 * @throws Error in words when the server does not answer in time, or cannot be reached; and what `load` throws.
 */
export async function askInTime<Data>(
  load: (signal: AbortSignal) => Promise<Data>,
  signal: AbortSignal,
  live: LiveChanges,
): Promise<Data> {
  let endSilence = () => {};
  const silence = setTimeout(() => {
    endSilence = live.noteSilence();
  }, silenceMs);
  try {
    const data = await withinLimit(load, signal);
    live.noteAnswer(true);
    return data;
  } catch (error) {
    if (error instanceof RucksackError) live.noteAnswer(true);
    if (error instanceof UnansweredError) live.noteAnswer(false);
    throw error;
  } finally {
    clearTimeout(silence);
    endSilence();
  }
}
