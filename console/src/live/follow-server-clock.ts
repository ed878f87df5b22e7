// Follows the server's virtual clock, where there is one.
import { answerOf, type RucksackClient } from '../../../client/src/client.ts';
import type { LiveChanges } from '../session/live-changes.ts';
import { unlessMissing } from './missing.ts';
import { noteVirtualClock } from './server-time.ts';

/** Asks for the virtual clock now, and again whenever it may have been turned, until the returned function is called. */
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
      // It was refused, the server cannot be reached, or a newer request has replaced this one: the last known clock stays.
    }
  };
  void ask();
  const endListening = live.on(({ kind, topics }) => {
    // Changes before the stream opened, or while it was lost, were not reported.
    if (kind === 'opened' || kind === 'reset' || topics.includes('simulator')) void ask();
  });
  return () => {
    asking.abort();
    endListening();
  };
}
