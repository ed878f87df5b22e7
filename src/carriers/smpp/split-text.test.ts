// Texts are cut into the parts that the customer was told, and headers join them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { basicCharacters, encodingOf, extensionCharacters } from '../../telecom/encoding.ts';
import { measureText } from '../../telecom/segments.ts';
import {
  type PartNumber,
  partHeader,
  partParameters,
  readPartHeader,
  readPartParameters,
} from './concatenation.ts';
import { splitText } from './split-text.ts';

/** The same cases on every run. */
const runs = { seed: 20261201, numRuns: 1000 };
const septets = { alone: 160, joined: 153 };
const units = { alone: 70, joined: 67 };

test('the parts of any text are as many as were counted, and together the text', () => {
  const gsm = fc.string({
    unit: fc.constantFrom(...basicCharacters, ...extensionCharacters),
    maxLength: 800,
  });
  const other = fc.string({ unit: fc.constantFrom('я', 'a', '👋', '\ud83d'), maxLength: 400 });
  fc.assert(
    fc.property(fc.oneof(gsm, other), (text) => {
      const isUcs2 = encodingOf(text) === 'ucs2';
      const parts = splitText(text, isUcs2, isUcs2 ? units : septets);
      assert.equal(parts.join(''), text);
      assert.equal(parts.length, measureText(text).segments);
    }),
    runs,
  );
});

const headers: [what: string, hex: string, headerOctets: number, part: PartNumber | undefined][] = [
  ['of 8 bits', '0500032a0302', 6, { reference: 42, part: 2, total: 3, width: 8 }],
  ['of 16 bits', '06080401000302', 7, { reference: 256, part: 2, total: 3, width: 16 }],
  ['with reference 0', '050003000201', 6, { reference: 0, part: 1, total: 2, width: 8 }],
  ['behind ports', '0b05040b8423f00003070201', 12, { reference: 7, part: 1, total: 2, width: 8 }],
  ['of ports only', '0605040b8423f0', 7, undefined],
  ['of one part', '0500032a0101', 6, undefined],
  ['of a part beyond the last', '0500032a0203', 6, undefined],
  ['of part 0', '0500032a0200', 6, undefined],
  ['whose element is cut off', '0500092a0202', 6, undefined],
  ['that is longer than the content', '4000032a0202', 0, undefined],
  ['that is empty', '00', 1, undefined],
];

describe('a header is read', () => {
  for (const [what, hex, headerOctets, part] of headers) {
    test(what, () => assert.deepEqual(readPartHeader(Buffer.from(hex, 'hex')), { headerOctets, part }));
  }

  test('from nothing as nothing', () => {
    assert.deepEqual(readPartHeader(new Uint8Array()), { headerOctets: 0, part: undefined });
  });

  test('as it was written, header and parameters', () => {
    const numbers = fc
      .record({ reference: fc.nat(0xffff), total: fc.integer({ min: 2, max: 255 }), seed: fc.nat() })
      .map(({ reference, total, seed }) => ({ reference, total, part: (seed % total) + 1 }));
    fc.assert(
      fc.property(numbers, (number) => {
        const short = { ...number, reference: number.reference & 0xff, width: 8 } as const;
        const wide = { ...number, width: 16 } as const;
        assert.deepEqual(readPartHeader(partHeader({ ...number, width: 8 })).part, short);
        assert.deepEqual(readPartHeader(partHeader(wide)).part, wide);
        assert.deepEqual(readPartParameters(partParameters(wide)), wide);
      }),
      runs,
    );
  });
});
