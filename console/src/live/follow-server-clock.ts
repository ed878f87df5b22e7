// Where the server's time can be turned, it is asked for what it is.
import { answerOf, type RucksackClient } from '../../../client/src/client.ts';
import type { LiveChanges } from '../session/live-changes.ts';
import { unlessMissing } from './missing.ts';
import { noteVirtualClock } from './server-time.ts';

/** Asks for the virtual clock now, and again whenever it may have been turned, until the answer is called. */
export function followServerClock(client: RucksackClient, live: LiveChanges): () => void {
  let asking = new AbortController();
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      // Most servers have none.
      const clock = await unlessMissing(answerOf(client.GET('/Simulator/Clock/', { signal })));
      if (!signal.aborted) noteVirtualClock(clock ?? undefined);
    } catch {
      // It was refused, the server cannot be reached, or another question has taken the place of this one: what is known stays.
    }
  };
  void ask();
  const endListening = live.on(({ kind, topics }) => {
    // What happened before the stream was there, or while it was not, nobody has told.
    if (kind === 'opened' || kind === 'reset' || topics.includes('simulator')) void ask();
  });
  return () => {
    asking.abort();
    endListening();
  };
}
