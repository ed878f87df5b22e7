// Remembers what was read from the URLs and addresses of customers: most calls go to a few, and reading one costs as much as signing for it. Pure but for its memory.
import { LRUCache } from 'lru-cache';

/** How many texts are remembered; of more, those that were used the longest ago are read again. */
const maxTexts = 1000;

/** Returns `read`, remembering its results for the texts that were used last. They are shared, and must not be changed. */
export function remembering<Result extends object>(read: (text: string) => Result): (text: string) => Result {
  const known = new LRUCache<string, Result>({ max: maxTexts });
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const result = read(text);
    known.set(text, result);
    return result;
  };
}
