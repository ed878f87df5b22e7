// Chance that can be repeated.
import { repeatableBytes } from './app.ts';

/** Draws a whole number from 0 up to `below`. */
export type Draw = (below: number) => number;

/** Draws numbers by chance, the same for the same seed; `below` may be 65,536 at most. */
export function makeDraw(seed: number): Draw {
  const bytes = repeatableBytes(seed);
  return (below) => {
    const [high = 0, low = 0] = bytes(2);
    return (high * 256 + low) % below;
  };
}
