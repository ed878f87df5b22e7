// Makes the same call for many items, a few at a time, and records which failed.

interface Failure<Item> {
  readonly item: Item;
  readonly reason: string;
}

export interface Progress<Item> {
  readonly total: number;
  /** Those that are done, whether they succeeded or not. */
  readonly done: number;
  readonly failures: readonly Failure<Item>[];
}

interface How<Item> {
  /** How many are under way together. */
  readonly atOnce: number;
  /** Whether this failure only means that it was too early: it is repeated after a wait. */
  readonly isTooEarly: (error: unknown) => boolean;
  readonly wait: () => Promise<void>;
  readonly onProgress: (progress: Progress<Item>) => void;
  /** Aborted, nothing more is begun; what is under way ends, sooner where the action heeds it. */
  readonly signal: AbortSignal;
}

/** Runs the action on every item in order. Never throws: a failure of one is recorded and does not stop the others. */
export async function oneByOne<Item>(
  items: readonly Item[],
  act: (item: Item, signal: AbortSignal) => Promise<unknown>,
  { atOnce, isTooEarly, wait, onProgress, signal }: How<Item>,
): Promise<Progress<Item>> {
  const waiting = items.values();
  let progress: Progress<Item> = { total: items.length, done: 0, failures: [] };
  const work = async (): Promise<void> => {
    for (const item of waiting) {
      if (signal.aborted) return;
      const failure = await failureOf(item);
      const failures = failure === undefined ? progress.failures : [...progress.failures, failure];
      progress = { ...progress, done: progress.done + 1, failures };
      onProgress(progress);
    }
  };
  const failureOf = async (item: Item): Promise<Failure<Item> | undefined> => {
    for (;;) {
      try {
        await act(item, signal);
        return undefined;
      } catch (error) {
        if (!isTooEarly(error) || signal.aborted) {
          return { item, reason: error instanceof Error ? error.message : String(error) };
        }
        await wait();
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return progress;
}
