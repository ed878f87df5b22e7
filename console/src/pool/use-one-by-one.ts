// Something that is done with many things, one after the other, while the person watches.
import { useEffect, useRef, useState } from 'preact/hooks';
import { RucksackError } from '../../../client/src/client.ts';
import { oneByOne, type Progress } from './one-by-one.ts';

/** Requests under way together: quick enough, and others get their turn. */
const atOnce = 4;
/** Wait after the server said that the account asks too much at present. */
const waitMs = 1000;

export interface Run<Item> {
  /** Undefined before the first run. */
  readonly progress: Progress<Item> | undefined;
  readonly isRunning: boolean;
  readonly start: (items: readonly Item[]) => Promise<Progress<Item>>;
  /** Starts nothing more; requests that are under way end. */
  readonly stop: () => void;
}

/** Stops when the component goes. */
export function useOneByOne<Item>(act: (item: Item, signal: AbortSignal) => Promise<unknown>): Run<Item> {
  const [progress, setProgress] = useState<Progress<Item>>();
  const [isRunning, setRunning] = useState(false);
  const ending = useRef(new AbortController());
  useEffect(() => () => ending.current.abort(), []);

  const start = async (items: readonly Item[]): Promise<Progress<Item>> => {
    ending.current = new AbortController();
    setProgress({ total: items.length, done: 0, failures: [] });
    setRunning(true);
    const end = await oneByOne(items, act, {
      atOnce,
      isTooEarly: (error) => error instanceof RucksackError && error.status === 429,
      wait: () => new Promise((resolve) => setTimeout(resolve, waitMs)),
      onProgress: setProgress,
      signal: ending.current.signal,
    });
    setRunning(false);
    return end;
  };
  return { progress, isRunning, start, stop: () => ending.current.abort() };
}
