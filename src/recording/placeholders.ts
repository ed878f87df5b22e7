// Placeholders of one recording: each stands for one value, which always gets the same one.
import { makeNumberMask } from './masked-numbers.ts';

interface Placeholders {
  readonly secret: (value: string) => string;
  readonly authId: (id: string) => string;
  /** Returns a URL where nothing listens, and for which no name is looked up: a replay makes no callbacks. */
  readonly url: (address: string) => string;
  /** Returns a telephone number, with a `+` where the written one has it. */
  readonly number: (written: string) => string;
}

/** Makes the placeholders of one recording. */
export function makePlaceholders(): Placeholders {
  const maskDigits = makeNumberMask();
  const made = new Map<string, string>();
  const placeholder = (kind: string, value: string, write: (count: string) => string): string => {
    const key = `${kind} ${value}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const written = write(String(made.size + 1));
    made.set(key, written);
    return written;
  };
  return {
    secret: (value) => placeholder('secret', value, (count) => `masked-${count}`),
    authId: (id) =>
      placeholder('account', id, (count) => `${id.slice(0, 2)}MASKED${count.padStart(12, '0')}`),
    url: (address) => placeholder('url', address, (count) => `http://127.0.0.1:9/masked-${count}`),
    number(written) {
      const digits = written.replace(/\D/g, '');
      return `${written.trimStart().startsWith('+') ? '+' : ''}${maskDigits(digits)}`;
    },
  };
}
