// Which numbers of a long list are ticked.
import { useState } from 'preact/hooks';

export interface Ticks {
  readonly ticked: ReadonlySet<string>;
  readonly tick: (numbers: readonly string[], isTicked: boolean) => void;
}

export function useTicks(): Ticks {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const tick = (numbers: readonly string[], isTicked: boolean): void => {
    setTicked((before) => {
      const after = new Set(before);
      for (const number of numbers) {
        if (isTicked) after.add(number);
        else after.delete(number);
      }
      return after;
    });
  };
  return { ticked, tick };
}
