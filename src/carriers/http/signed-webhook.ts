// A webhook as a carrier signed it, and what every proof compares with. Pure.
import { timingSafeEqual } from 'node:crypto';
import type { Source } from './reading.ts';

/** A webhook as it came in. */
export interface SignedWebhook {
  readonly method: string;
  /** The whole URL as the carrier called it. */
  readonly url: string;
  /** Names of headers are in small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The octets of the body. */
  readonly raw: Buffer;
  readonly source: Source;
}

/** Returns whether two texts are equal, in a time that tells nothing but their lengths. */
export function isEqual(given: string | undefined, expected: string): boolean {
  const one = Buffer.from(given ?? '', 'utf8');
  const other = Buffer.from(expected, 'utf8');
  return one.length === other.length && timingSafeEqual(one, other);
}

/** How far a signed time may be from now: Telnyx and Vonage advise 5 minutes. */
const maxAgeMs = 5 * 60_000;

/** Returns whether a moment in seconds since 1970 is close to now. */
export function isRecent(seconds: string, now: Date): boolean {
  return /^\d{1,12}$/.test(seconds) && Math.abs(Number(seconds) * 1000 - now.getTime()) <= maxAgeMs;
}
