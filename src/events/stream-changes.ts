// The stream of what changes in an account, as the text of server-sent events.
import type { Timers } from '../base/timers.ts';
import { type EventStream, eventText, heartbeatText, retryText } from '../http/event-stream.ts';
import type { ChangeDigest } from './account-change.ts';
import type { Watch } from './change-logs.ts';

/** How long a client waits before it connects again. */
const retryMs = 1000;
/** So often there is something on the line: proxies cut off what is silent for a minute. */
const heartbeatMs = 15_000;
/** A stream ends by itself, so that nobody reads it for long where credentials cannot be confirmed. */
const lifetimeMs = 15 * 60_000;

export interface StreamParts {
  readonly timers: Timers;
  readonly toData: (digest: ChangeDigest) => object;
  /** Whether the credentials that the stream was asked for with still hold. Asked at each heartbeat, and when accounts change. */
  readonly isStillAuthorised: () => Promise<boolean>;
}

/**
 * Streams what a watch tells, each digest as `toData` writes it, until the credentials hold no longer. `hello` comes first, with the
 * cursor that the client is at; where it could not catch up it is at none, so that it is told `reset` again if this stream breaks
 * before the `reset` is there.
 */
export function streamChanges(watch: Watch, { timers, toData, isStillAuthorised }: StreamParts): EventStream {
  return (sink) => {
    const { cursor, isCaughtUp } = watch;
    const hello = eventText('hello', isCaughtUp ? cursor : undefined, { cursor });
    sink.write(retryText(retryMs) + hello + (isCaughtUp ? '' : eventText('reset', cursor, { cursor })));
    watch.start((digest, reached) => sink.write(eventText('change', reached, toData(digest))));
    const stop = () => {
      watch.end();
      endBeat();
      endLife();
    };
    // Nothing more is told from here on, however long the client takes to read what was.
    const end = () => {
      stop();
      sink.end();
    };
    const confirm = oneAtATime(async () => {
      if (!(await isStillAuthorised())) end();
    });
    watch.onDoubt(confirm);
    // They may have ended between the look at them and the beginning of the watch.
    confirm();
    const after = (ms: number, run: () => void) => timers.at(new Date(timers.now().getTime() + ms), run);
    const beat = () => {
      sink.write(heartbeatText);
      confirm();
      endBeat = after(heartbeatMs, beat);
    };
    let endBeat = after(heartbeatMs, beat);
    const endLife = after(lifetimeMs, end);
    return stop;
  };
}

/**
 * Makes a function that starts `work`, which never fails. Whatever asks for it while it runs is served by one more run after it: the
 * one under way may have looked too early.
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
