// `npm run fuzz:smpp [-- --count 1000000] [--seed 1]`: mutated PDUs are read as PDUs or refused, and nothing else happens.
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { FrameError } from '../../src/carriers/smpp/octets.ts';
import { decodePdu, encodePdu } from '../../src/carriers/smpp/pdu.ts';
import { mutate } from '../support/mutated-octets.ts';

const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
const count = Number(values.count ?? 1_000_000);
const seed = Number(values.seed ?? 1 + (Date.now() % 1_000_000));
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed) || seed < 1) {
  process.stderr.write('usage: npm run fuzz:smpp -- [--count 1000000] [--seed 1]\n');
  process.exit(2);
}

let read = 0;
mutate(count, seed, (octets) => {
  try {
    const pdu = decodePdu(octets);
    read += 1;
    assert.deepEqual(decodePdu(encodePdu(pdu)), pdu);
  } catch (error) {
    if (!(error instanceof FrameError)) throw error;
  }
});
process.stdout.write(`seed ${seed}: ${count} mutated PDUs, ${read} of them read and written again\n`);
