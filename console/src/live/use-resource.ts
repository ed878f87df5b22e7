// Data of the server on a page, kept up to date.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Change } from '../../../client/src/client.ts';
import type { Topic } from '../session/live-changes.ts';
import { useSession } from '../session/session.ts';

export interface Resource<Data> {
  /** The newest data; the previous ones while they are loaded again. */
  readonly data: Data | undefined;
  readonly error: Error | undefined;
  /** Whether the first response is still awaited. */
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/** The time between a response and the next request, given how long the last one took; milliseconds. */
type Pause = (tookMs: number) => number;

const shortPause: Pause = () => 300;

/**
 * Loads when the page opens, when `key` changes, whenever one of `topics` changes on the server, and when the stream of changes is back.
 * Changes while a response is awaited, or soon after one, lead to one more request, however many they are: `pause` says how soon.
 */
export function useResource<Data>(
  key: string,
  load: (signal: AbortSignal) => Promise<Data>,
  topics: readonly Topic[] = [],
  pause = shortPause,
): Resource<Data> {
  const { live } = useSession();
  const [state, setState] = useState<{ key: string; data?: Data; error?: Error }>({ key });
  const asking = useRef({ load, isUnderWay: false, isWanted: false, ending: new AbortController() });
  asking.current.load = load;

  const ask = useCallback(async () => {
    const current = asking.current;
    if (current.isUnderWay) {
      current.isWanted = true;
      return;
    }
    const { signal } = current.ending;
    const askedAt = performance.now();
    current.isUnderWay = true;
    current.isWanted = false;
    try {
      const data = await current.load(signal);
      if (!signal.aborted) setState({ key, data });
    } catch (error) {
      if (!signal.aborted) {
        // The previous data stay on the page, unless they belong to another key.
        setState((before) => ({ ...(before.key === key ? before : { key }), error: error as Error }));
      }
    }
    if (signal.aborted) return;
    setTimeout(
      () => {
        current.isUnderWay = false;
        if (current.isWanted && !signal.aborted) void ask();
      },
      pause(performance.now() - askedAt),
    );
  }, [key]);

  useEffect(() => {
    const current = { ...asking.current, isUnderWay: false, isWanted: false, ending: new AbortController() };
    asking.current = current;
    void ask();
    const topicSet = new Set<string>(topics);
    // Changes before the stream opened, or while it was lost, were not reported.
    const concerns = ({ kind, topics: changed }: Change) =>
      kind === 'opened' || kind === 'reset' || changed.some((topic) => topicSet.has(topic));
    const endListening = live.on((change) => {
      if (concerns(change)) void ask();
    });
    return () => {
      current.ending.abort();
      endListening();
    };
  }, [ask, live, topics.join()]);

  const isCurrent = state.key === key;
  return {
    data: isCurrent ? state.data : undefined,
    error: isCurrent ? state.error : undefined,
    isLoading: !isCurrent || (state.data === undefined && state.error === undefined),
    reload: () => void ask(),
  };
}
