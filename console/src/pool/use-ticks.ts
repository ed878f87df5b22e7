// The ticked entries of a long list, on whichever page they stand.
import { useState } from 'preact/hooks';

export interface Ticks<Item> {
  /** By key. */
  readonly ticked: ReadonlyMap<string, Item>;
  readonly tick: (items: readonly Item[], isTicked: boolean) => void;
}

export function useTicks<Item>(keyOf: (item: Item) => string): Ticks<Item> {
  const [ticked, setTicked] = useState<ReadonlyMap<string, Item>>(new Map());
  const tick = (items: readonly Item[], isTicked: boolean): void => {
    setTicked((before) => {
      const after = new Map(before);
      for (const item of items) {
        if (isTicked) after.set(keyOf(item), item);
        else after.delete(keyOf(item));
      }
      return after;
    });
  };
  return { ticked, tick };
}
