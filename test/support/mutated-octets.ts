// Octets that were PDUs: the same ones for the same seed.
import fc from 'fast-check';
import { encodePdu } from '../../src/carriers/smpp/pdu.ts';
import { anyPdu } from './pdus.ts';

/** Calls `check` with `count` frames, each a PDU of which a few octets were changed, or the end cut off; the length is right. */
export function mutate(count: number, seed: number, check: (octets: Buffer) => void): void {
  let state = seed;
  const next = (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const originals = fc.sample(anyPdu, { seed, numRuns: 200 }).map(encodePdu);
  for (let index = 0; index < count; index++) {
    const original = originals[next(originals.length)] ?? Buffer.alloc(16);
    const length = next(4) === 0 ? 16 + next(original.length - 15) : original.length;
    const octets = Buffer.from(original.subarray(0, length));
    for (let changes = next(4) + 1; changes > 0; changes--) octets[4 + next(length - 4)] = next(256);
    octets.writeUInt32BE(length, 0);
    check(octets);
  }
}
