// Generators of ids. Randomness is an argument, so that tests can repeat it.
import { randomFillSync } from 'node:crypto';

/** Fills and returns an array of `size` random bytes. */
export type RandomBytes = (size: number) => Uint8Array;

const poolSize = 8192;
const pool = new Uint8Array(poolSize);
let poolUsed = poolSize;

/**
 * Returns random bytes of the operating system. They are read in blocks, because one system call for each id costs more than
 * the id.
 */
export const systemRandomBytes: RandomBytes = (size) => {
  if (size > poolSize) return randomFillSync(new Uint8Array(size));
  if (poolUsed + size > poolSize) {
    randomFillSync(pool);
    poolUsed = 0;
  }
  poolUsed += size;
  return pool.slice(poolUsed - size, poolUsed);
};

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * Returns a UUID of version 7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then random bits. Rows that are made
 * together are neighbours in an index, which is cheaper for the database than random keys.
 */
export function uuidv7(now: Date, randomBytes: RandomBytes): string {
  const random = randomBytes(10);
  const byte = (index: number, keep: number, set: number) => hex[((random[index] ?? 0) & keep) | set];
  const rest = (from: number, to: number) => {
    let digits = '';
    for (let index = from; index < to; index++) digits += byte(index, 0xff, 0);
    return digits;
  };
  const time = now.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-${byte(0, 0x0f, 0x70)}${rest(1, 2)}-${byte(2, 0x3f, 0x80)}${rest(3, 4)}-${rest(4, 10)}`;
}

/**
 * Returns a UUID of version 7 that sorts behind an earlier one of the same millisecond: what follows from something is listed after it. One
 * that was made in a later millisecond than `now` stays behind.
 */
export function uuidv7After(earlier: string, now: Date, randomBytes: RandomBytes): string {
  const id = uuidv7(now, randomBytes);
  if (id > earlier || timeOfId(id) < timeOfId(earlier)) return id;
  const [from, random] = [tailOf(earlier), tailOf(id)];
  const tail = from + 1 + Math.floor((tails - from - 1) * (random / tails));
  return `${earlier.slice(0, -tailDigits)}${tail.toString(16).padStart(tailDigits, '0')}`;
}

const tailDigits = 12;
/** How many tails there are: what differs in ids that begin alike. */
const tails = 16 ** tailDigits;
const tailOf = (id: string): number => Number.parseInt(id.slice(-tailDigits), 16);

/** Returns the lowest UUID of version 7 of a millisecond (since 1970); those of earlier ones are lower. */
export function firstIdOf(ms: number): string {
  const time = Math.min(Math.max(ms, 0), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

/** Returns the moment, to the millisecond, at which an id of version 7 was made. */
export const timeOfId = (id: string): Date => new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16));

/**
 * Returns `length` characters drawn evenly from `alphabet` (at most 256 characters); bytes that would make some more likely are
 * dropped.
 */
export function randomText(length: number, alphabet: string, randomBytes: RandomBytes): string {
  const even = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < even && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}
