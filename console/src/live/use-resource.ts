// Data of the server on a page, kept up to date.
import { keepPreviousData, QueryObserver, type QueryObserverOptions } from '@tanstack/query-core';
import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { Change } from '../../../client/src/client.ts';
import type { Topic } from '../session/live-changes.ts';
import { useSession } from '../session/session.ts';
import { type Interval, lengthened, shortInterval } from './intervals.ts';
import { isMissing } from './missing.ts';
import { askInTime, queriesOf } from './queries.ts';

export interface Resource<Data> {
  /** The newest data; the previous ones while they are loaded again. */
  readonly data: Data | undefined;
  readonly error: Error | undefined;
  /** Whether the first response is still awaited. */
  readonly isLoading: boolean;
  /** Whether the data are old, or those of another key, and have been for long enough to say so. */
  readonly isStale: boolean;
  readonly reload: () => void;
}

interface ResourceOptions {
  /** By default 300 ms; longer while changes keep coming (`intervals.ts`). */
  readonly interval?: Interval;
  /** Whether the data of the previous key stay until those of the new key are there: pages and filters change without a gap. */
  readonly keepsPrevious?: boolean;
}

/** Old data are marked as such after so long; sooner it would only flicker; milliseconds. */
const staleMs = 200;

/**
 * Loads when the page opens, when `key` changes, whenever one of `topics` changes on the server, and when the stream of changes is back.
 * Changes while a response is awaited, or soon after one, lead to one more request, however many they are: `interval` says how soon. The same
 * key means the same data on every page: it names what is asked for, and all that the answer depends on.
 */
export function useResource<Data>(
  key: string,
  load: (signal: AbortSignal) => Promise<Data>,
  topics: readonly Topic[] = [],
  { interval = shortInterval, keepsPrevious = false }: ResourceOptions = {},
): Resource<Data> {
  const { client, live } = useSession();
  const queries = queriesOf(client);
  const openedAt = useRef({ key: '', at: 0 });
  if (openedAt.current.key !== key) openedAt.current = { key, at: Date.now() };

  const options = queries.defaultQueryOptions({
    queryKey: [key],
    queryFn: ({ signal }: { signal: AbortSignal }) => askInTime(load, signal, live),
    ...(keepsPrevious && { placeholderData: keepPreviousData }),
  } as QueryObserverOptions<Data>);
  const [observer] = useState(() => new QueryObserver<Data>(queries, options));
  const [, show] = useReducer<number, void>((count) => count + 1, 0);
  const result = observer.getOptimisticResult(options);
  useEffect(() => observer.subscribe(() => show()), [observer]);
  useEffect(() => observer.setOptions(options));
  useEffect(
    () => followChanges(observer, (listener) => live.on(listener), topics, interval),
    [observer, live, key, topics.join()],
  );

  const isOld = result.isPlaceholderData || (result.isFetching && result.dataUpdatedAt < openedAt.current.at);
  const isStale = useLasting(isOld && result.data !== undefined, staleMs);
  // What is gone is not shown as it was when another page saw it.
  const isGone = isMissing(result.error) && result.dataUpdatedAt < openedAt.current.at;
  const data = isGone ? undefined : result.data;
  const error = result.error ?? undefined;
  return {
    data,
    error,
    isLoading: result.isPlaceholderData || (data === undefined && error === undefined),
    isStale,
    reload: () => void observer.refetch({ cancelRefetch: false }),
  };
}

/** Asks again at changes of the topics, with an interval between, until the returned function is called. */
function followChanges(
  observer: Pick<QueryObserver, 'refetch' | 'getCurrentResult'>,
  on: (listener: (change: Change) => void) => () => void,
  topics: readonly Topic[],
  interval: Interval,
): () => void {
  const topicSet = new Set<string>(topics);
  let isBusy = false;
  let isWanted = false;
  /** Requests in a row that changes have led to. */
  let rounds = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async (): Promise<void> => {
    if (isBusy) {
      isWanted = true;
      return;
    }
    isBusy = true;
    isWanted = false;
    const askedAt = performance.now();
    // A request that is under way may have been answered from before the change: it is waited for, and then asked again.
    if (observer.getCurrentResult().isFetching) isWanted = true;
    await observer.refetch({ cancelRefetch: false });
    timer = setTimeout(
      () => {
        isBusy = false;
        rounds = isWanted ? rounds + 1 : 0;
        if (isWanted) void ask();
      },
      lengthened(interval(performance.now() - askedAt), rounds),
    );
  };
  // Changes before the stream opened, or while it was lost, were not reported.
  const concerns = ({ kind, topics: changed }: Change) =>
    kind === 'opened' || kind === 'reset' || changed.some((topic) => topicSet.has(topic));
  const endListening = on((change) => {
    if (concerns(change)) void ask();
  });
  return () => {
    clearTimeout(timer);
    // A request that is still awaited must not lead to another one.
    isBusy = true;
    endListening();
  };
}

/** Returns whether a condition has held for so long. */
function useLasting(condition: boolean, lastingMs: number): boolean {
  const [hasLasted, setLasted] = useState(false);
  useEffect(() => {
    if (!condition) return setLasted(false);
    const timer = setTimeout(() => setLasted(true), lastingMs);
    return () => clearTimeout(timer);
  }, [condition, lastingMs]);
  return condition && hasLasted;
}
