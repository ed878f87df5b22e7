// The stream of an account's changes, as the text of server-sent events.
import type { Timers } from '../base/timers.ts';
import { type EventStream, eventText, heartbeatText, retryText } from '../http/event-stream.ts';
import type { ChangeTopic } from './account-change.ts';
import type { Watch } from './account-watchers.ts';

/** How long a client waits before it connects again. */
const retryMs = 1000;
/** The time between heartbeats: proxies close a connection that is silent for a minute. */
const heartbeatMs = 15_000;
/** A stream ends after this time, so that it is short also where its credentials cannot be checked. */
const lifetimeMs = 15 * 60_000;
/** The id of the first event. A client that connects again sends it in `Last-Event-ID`. */
const helloId = 'hello';

interface StreamParts {
  readonly timers: Timers;
  /** Returns the data of a `change` event. */
  readonly toData: (topics: readonly ChangeTopic[]) => object;
  /** Whether the client had a stream before: changes since then are unknown, and `reset` says so. */
  readonly isResumed: boolean;
  /** Returns whether the credentials of the stream are still valid. Called at each heartbeat, and when accounts change. */
  readonly isStillAuthorised: () => Promise<boolean>;
}

/** Returns a stream of a watch's changes, `hello` first, until the credentials are no longer valid. */
export function streamChanges(
  watch: Watch,
  { timers, toData, isResumed, isStillAuthorised }: StreamParts,
): EventStream {
  return (sink) => {
    const reset = eventText('reset', undefined, {});
    sink.write(retryText(retryMs) + eventText('hello', helloId, {}) + (isResumed ? reset : ''));
    watch.start((changed) => {
      sink.write(changed === 'anything' ? reset : eventText('change', undefined, toData(changed)));
    });
    const stop = () => {
      watch.end();
      endBeat();
      endLife();
    };
    // Nothing is written after this, even while the client still reads.
    const end = () => {
      stop();
      sink.end();
    };
    const revalidate = oneAtATime(async () => {
      if (!(await isStillAuthorised())) end();
    });
    watch.onRevalidate(revalidate);
    // The credentials may have ended between their check and the beginning of the watch.
    revalidate();
    const after = (ms: number, run: () => void) => timers.at(new Date(timers.now().getTime() + ms), run);
    const beat = () => {
      sink.write(heartbeatText);
      revalidate();
      endBeat = after(heartbeatMs, beat);
    };
    let endBeat = after(heartbeatMs, beat);
    const endLife = after(lifetimeMs, end);
    return stop;
  };
}

/**
 * Returns a function that starts `work`, which never fails. Calls while it runs lead to one more run after it, because the running
 * one may have looked too early.
 */
function oneAtATime(work: () => Promise<void>): () => void {
  let isRunning = false;
  let isWanted = false;
  const run = async () => {
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      await work();
    }
    isRunning = false;
  };
  return () => {
    isWanted = true;
    if (!isRunning) void run();
  };
}
