// PDUs are read and written as the specification says, and nothing that comes over a wire does harm.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { mutate } from '../../../test/support/mutated-octets.ts';
import { anyPdu } from '../../../test/support/pdus.ts';
import { Framer } from './framer.ts';
import { FrameError, maxPduOctets } from './octets.ts';
import { decodePdu, encodePdu, noTlvs, type Pdu, readHeader } from './pdu.ts';

/** The same cases on every run. */
const runs = { seed: 20261129, numRuns: 500 };

/** The example of the specification, section 3.2.3. */
const example = Buffer.from(
  '0000002f000000020000000000000001534d50503354455354007365637265743038005355424d495431000001' + '0100',
  'hex',
);

test('the bind of the specification is read, and written with the same octets', () => {
  const bind: Pdu = {
    command: 'bind_transmitter',
    status: 0,
    sequence: 1,
    systemId: 'SMPP3TEST',
    password: 'secret08',
    systemType: 'SUBMIT1',
    interfaceVersion: 0,
    addressRange: { ton: 1, npi: 1, digits: '' },
  };
  assert.deepEqual(decodePdu(example), bind);
  assert.deepEqual(encodePdu(bind), example);
});

test('every PDU is read as it was written', () => {
  fc.assert(
    fc.property(anyPdu, (pdu) => assert.deepEqual(decodePdu(encodePdu(pdu)), pdu)),
    runs,
  );
});

describe('an answer', () => {
  const header = (status: number) => Buffer.from(`00000010800000040000000${status}00000007`, 'hex');
  const none = { messageId: '', tlvs: noTlvs };

  test('with a status may have no fields', () => {
    const answer = { command: 'submit_sm_resp', status: 8, sequence: 7, ...none };
    assert.deepEqual(decodePdu(header(8)), answer);
  });

  test('with a status may have the fields', () => {
    const octets = Buffer.concat([header(8), Buffer.of(0)]);
    octets.writeUInt32BE(octets.length, 0);
    assert.deepEqual(decodePdu(octets), { command: 'submit_sm_resp', status: 8, sequence: 7, ...none });
  });
});

const broken: [what: string, hex: string][] = [
  ['an unknown command', '00000010000000990000000000000001'],
  ['a text without an end', '00000013800000040000000000000001616263'],
  ['a parameter beyond the end', '0000001680000004000000000000000100001e0005ff'],
  ['half a parameter', '0000001280000004000000000000000100' + '1e'],
  [
    'a message that claims more than is there',
    '0000002100000005000000000000000100000000000000000000000000000009ff',
  ],
];

describe('refused by the reader', () => {
  for (const [what, hex] of broken) {
    test(what, () => assert.throws(() => decodePdu(Buffer.from(hex, 'hex')), FrameError));
  }
});

describe('octets are cut into PDUs', () => {
  const pdus = fc.array(anyPdu, { minLength: 1, maxLength: 5 });

  test('wherever the chunks were cut', () => {
    const cuts = fc.array(fc.nat(200), { maxLength: 20 });
    fc.assert(
      fc.property(pdus, cuts, (list, sizes) => {
        const framer = new Framer();
        const found: Pdu[] = [];
        for (const chunk of chunksOf(Buffer.concat(list.map(encodePdu)), sizes)) {
          for (const octets of framer.push(chunk)) found.push(decodePdu(octets));
        }
        assert.deepEqual(found, list);
      }),
      runs,
    );
  });

  for (const length of [0, 15, maxPduOctets + 1, 0xffff_ffff]) {
    test(`until one claims ${length} octets, but those before it are there`, () => {
      const claim = Buffer.alloc(16);
      claim.writeUInt32BE(length, 0);
      const found: Buffer[] = [];
      assert.throws(() => {
        for (const octets of new Framer().push(Buffer.concat([example, claim]))) found.push(octets);
      }, FrameError);
      assert.deepEqual(found, [example]);
    });
  }
});

test('20,000 mutated PDUs give PDUs or FrameErrors, and each that is read can be written', () => {
  mutate(20_000, 1, (octets) => {
    assert.equal(readHeader(octets).sequence, octets.readUInt32BE(12));
    let pdu: Pdu;
    try {
      pdu = decodePdu(octets);
    } catch (error) {
      assert.ok(error instanceof FrameError, String(error));
      return;
    }
    assert.deepEqual(decodePdu(encodePdu(pdu)), pdu);
  });
});

test('a PDU that is longer than any may be cannot be written', () => {
  const tlvs = new Map([1, 2].map((tag) => [tag, new Uint8Array(65_535)]));
  const pdu: Pdu = { command: 'submit_sm_resp', status: 0, sequence: 1, messageId: '', tlvs };
  assert.throws(() => encodePdu(pdu), RangeError);
});

function* chunksOf(octets: Buffer, sizes: readonly number[]): Generator<Buffer> {
  let at = 0;
  for (const size of sizes) {
    yield octets.subarray(at, at + size);
    at += size;
  }
  yield octets.subarray(Math.min(at, octets.length));
}
