// Random numbers that are reproducible: drawn from a seed and a name, the same in every process and in any order. Pure.
import { createHash } from 'node:crypto';

const bytesDrawn = 6;

/** Returns a number from 0 (included) to 1 (excluded), always the same for a seed and a name. */
export function draw(seed: number, ...name: readonly (string | number)[]): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, ...name]))
    .digest();
  return digest.readUIntBE(0, bytesDrawn) / 2 ** (8 * bytesDrawn);
}
