// The stream of what changes in an account, as the text of server-sent events.
import type { Timers } from '../base/timers.ts';
import { type EventStream, eventText, heartbeatText, retryText } from '../http/event-stream.ts';
import type { ChangeDigest } from '../queue/account-change.ts';
import type { Watch } from '../queue/change-feeds.ts';

/** How long a client waits before it connects again. */
const retryMs = 1000;
/** So often there is something on the line: proxies cut off what is silent for a minute. */
const heartbeatMs = 15_000;
/** A stream ends by itself, so that who reads it has to say again who they are. */
const lifetimeMs = 15 * 60_000;

/**
 * Streams what a watch tells, each digest as `toData` writes it. `hello` comes first, with the cursor that the client is at; where it could not catch up it is at none,
 * so that it is told `reset` again if this stream breaks before the `reset` is there.
 */
export function streamChanges(
  watch: Watch,
  timers: Timers,
  toData: (digest: ChangeDigest) => object,
): EventStream {
  return (sink) => {
    const { cursor, isCaughtUp } = watch;
    const hello = eventText('hello', isCaughtUp ? cursor : undefined, { cursor });
    sink.write(retryText(retryMs) + hello + (isCaughtUp ? '' : eventText('reset', cursor, { cursor })));
    watch.start((digest, reached) => sink.write(eventText('change', reached, toData(digest))));
    const after = (ms: number, run: () => void) => timers.at(new Date(timers.now().getTime() + ms), run);
    const beat = () => {
      sink.write(heartbeatText);
      endBeat = after(heartbeatMs, beat);
    };
    let endBeat = after(heartbeatMs, beat);
    const endLife = after(lifetimeMs, () => sink.end());
    return () => {
      watch.end();
      endBeat();
      endLife();
    };
  };
}
