// Chance that repeats itself: a number drawn from a seed and a name, the same in every process and in any order. Pure.
import { createHash } from 'node:crypto';

const bytesDrawn = 6;

/** A number from 0 up to, and without, 1. */
export function draw(seed: number, ...name: readonly (string | number)[]): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, ...name]))
    .digest();
  return digest.readUIntBE(0, bytesDrawn) / 2 ** (8 * bytesDrawn);
}
