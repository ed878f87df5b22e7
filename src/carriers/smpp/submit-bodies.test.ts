// A message becomes the fields of its parts (carriers.md sections 4.3 and 4.4).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { sampleSmppConfig } from '../../../test/support/smpp-samples.ts';
import { sampleSubmission } from '../../../test/support/submissions.ts';
import { basicCharacters, extensionCharacters } from '../../telecom/encoding.ts';
import { resolveEscapes } from '../../telecom/gsm-escapes.ts';
import type { Submission } from '../carrier.ts';
import { SubmitError } from '../submit-error.ts';
import { digitsOf } from './addresses.ts';
import { readPartHeader, readPartParameters } from './concatenation.ts';
import { decodeText, type InboundAlphabet, inboundAlphabetOf } from './data-coding.ts';
import { absoluteValidity, relativeValidity } from './smpp-time.ts';
import { submitBodies } from './submit-bodies.ts';
import { tags } from './tlvs.ts';

const now = new Date('2026-11-29T10:00:00Z');
const nothingLeftOut = { validity: false, tlvs: false };

const bodiesOf = (submission: Partial<Submission>, config: Readonly<Record<string, unknown>> = {}) =>
  submitBodies(sampleSubmission(submission), sampleSmppConfig(config), now, nothingLeftOut);

const hex = (octets: Uint8Array | undefined) => Buffer.from(octets ?? []).toString('hex');

const senders: [
  what: string,
  submission: Partial<Submission>,
  config: object,
  ton: number,
  npi: number,
  digits: string,
][] = [
  ['a long code', { sender: '14155550100' }, {}, 1, 1, '14155550100'],
  ['a toll-free number', { sender: '18005550100', senderKind: 'tollfree' }, {}, 1, 1, '18005550100'],
  ['a short code', { sender: '12345', senderKind: 'shortcode' }, {}, 3, 0, '12345'],
  ['a name', { sender: 'Rucksack', senderKind: 'alphanumeric' }, {}, 5, 0, 'Rucksack'],
  ['a long code with a plus', {}, { source: { prefix: 'plus' } }, 1, 1, '+14155550100'],
  ['a long code with zeros', {}, { source: { prefix: '00' } }, 1, 1, '0014155550100'],
  [
    'a short code without a plus, with other numbers',
    { sender: '12345', senderKind: 'shortcode' },
    { source: { prefix: 'plus', shortcode: { ton: 6, npi: 1 } } },
    6,
    1,
    '12345',
  ],
];

describe('the source is', () => {
  for (const [what, submission, config, ton, npi, digits] of senders) {
    test(what, () => {
      const [body] = bodiesOf(submission, { ...config });
      assert.deepEqual(body?.source, { ton, npi, digits });
    });
  }
});

test('the other fields are those that every SMSC takes', () => {
  const expiresAt = new Date(now.getTime() + 90_000);
  const [body, ...more] = bodiesOf({ text: 'Hello €', ordinal: 258, expiresAt });
  assert.equal(more.length, 0);
  assert.deepEqual(body, {
    serviceType: '',
    source: { ton: 1, npi: 1, digits: '14155550100' },
    destination: { ton: 1, npi: 1, digits: '12125550199' },
    esmClass: 0,
    protocolId: 0,
    priority: 0,
    scheduleDeliveryTime: '',
    validityPeriod: '000000000200000R',
    registeredDelivery: 1,
    replaceIfPresent: 0,
    dataCoding: 0,
    defaultMessageId: 0,
    shortMessage: new Uint8Array(Buffer.from('Hello \u001be', 'latin1')),
    tlvs: new Map([[tags.userMessageReference, Uint8Array.of(1, 2)]]),
  });
});

const validities: [what: string, ms: number, relative: string, absolute: string][] = [
  ['a second is a minute', 1000, '000000000100000R', '261129100100000+'],
  ['the past is a minute', -5000, '000000000100000R', '261129100100000+'],
  ['ninety seconds are two minutes', 90_000, '000000000200000R', '261129100130000+'],
  ['an hour', 3_600_000, '000000010000000R', '261129110000000+'],
  ['a day and a minute', 86_460_000, '000001000100000R', '261130100100000+'],
  ['a week is two days', 604_800_000, '000002000000000R', '261201100000000+'],
];

describe('valid:', () => {
  for (const [what, ms, relative, absolute] of validities) {
    test(what, () => {
      const end = new Date(now.getTime() + ms);
      assert.deepEqual([relativeValidity(end, now), absoluteValidity(end, now)], [relative, absolute]);
    });
  }
});

const long = 'a'.repeat(200);
const cases: [
  what: string,
  text: string,
  config: object,
  parts: [esmClass: number, coding: number, content: string][],
][] = [
  ['UCS-2', 'я', {}, [[0, 8, '044f']]],
  ['a surrogate pair', '👋', {}, [[0, 8, 'd83ddc4b']]],
  ['Latin-1', 'hä', { alphabet: 'latin1' }, [[0, 3, '68e4']]],
  ['ASCII', 'h', { alphabet: 'ascii' }, [[0, 1, '68']]],
  ['packed septets', 'hellohello', { alphabet: 'gsm-packed' }, [[0, 0, 'e8329bfd4697d9ec37']]],
  ['other data codings', 'я', { ucs2_coding: 24 }, [[0, 24, '044f']]],
  [
    'two parts with a header of 8 bits',
    long,
    {},
    [
      [0x40, 0, `050003030201${'61'.repeat(153)}`],
      [0x40, 0, `050003030202${'61'.repeat(47)}`],
    ],
  ],
  [
    'two parts with a header of 16 bits',
    long,
    { long: 'udh16' },
    [
      [0x40, 0, `06080401030201${'61'.repeat(152)}`],
      [0x40, 0, `06080401030202${'61'.repeat(48)}`],
    ],
  ],
  [
    'two parts with parameters',
    long,
    { long: 'sar' },
    [
      [0, 0, '61'.repeat(153)],
      [0, 0, '61'.repeat(47)],
    ],
  ],
  ['one parameter', long, { long: 'payload' }, [[0, 0, '']]],
];

describe('a text goes out as', () => {
  for (const [what, text, config, parts] of cases) {
    test(what, () => {
      const bodies = bodiesOf({ text, ordinal: 259 }, { ...config });
      assert.deepEqual(
        bodies.map(({ esmClass, dataCoding, shortMessage }) => [esmClass, dataCoding, hex(shortMessage)]),
        parts,
      );
    });
  }

  test('parts that say which they are', () => {
    const bodies = bodiesOf({ text: long, ordinal: 259 }, { long: 'sar' });
    assert.deepEqual(
      bodies.map(({ tlvs }) => readPartParameters(tlvs)),
      [1, 2].map((part) => ({ reference: 259, part, total: 2, width: 16 })),
    );
  });

  test('a payload that has all of it', () => {
    const [body] = bodiesOf({ text: long }, { long: 'payload' });
    assert.equal(hex(body?.tlvs.get(tags.messagePayload)), '61'.repeat(200));
  });

  test('nothing where the carrier takes no parts', () => {
    assert.throws(
      () => bodiesOf({ text: long }, { long: 'refuse' }),
      (error) => error instanceof SubmitError && error.failure === 'tooLong',
    );
  });
});

test('parameters that an SMSC refused are omitted, and version 3.3 has none', () => {
  const config = sampleSmppConfig();
  const leftOut = { validity: true, tlvs: true };
  const [body] = submitBodies(sampleSubmission(), config, now, leftOut);
  assert.deepEqual([body?.validityPeriod, body?.tlvs.size], ['', 0]);
  const [old] = bodiesOf({}, { interface_version: '3.3' });
  assert.equal(old?.tlvs.size, 0);
});

test('parameters of the configuration are fixed or come from the message', () => {
  const tlvs = [
    { tag: '0x1400', from: 'dlt_entity_id' },
    { tag: '0x1401', from: 'dlt_template_id' },
    { tag: '0x1402', value: 'x' },
  ];
  const [body] = bodiesOf({ dlt: { entityId: '1234' } }, { tlvs });
  assert.deepEqual(
    [...(body?.tlvs ?? [])].slice(1).map(([tag, value]) => [tag, hex(value)]),
    [
      [0x1400, '31323334'],
      [0x1402, '78'],
    ],
  );
});

test('the same submission gives the same octets at each attempt', () => {
  assert.deepEqual(bodiesOf({ text: long, ordinal: 7 }), bodiesOf({ text: long, ordinal: 7, attempt: 2 }));
});

describe('in any alphabet, the joined parts of a text are the text, for', () => {
  const unit = fc.constantFrom(...basicCharacters.replace('\r', ''), ...extensionCharacters, 'я', '👋');
  const anyText = fc.oneof(
    fc.string({ unit, maxLength: 400 }),
    fc.string({ unit: fc.constantFrom('a', '€', 'ä'), maxLength: 700 }),
  );
  for (const alphabet of ['gsm', 'gsm-packed', 'latin1', 'ascii', 'ucs2-only'] as const) {
    for (const kind of ['udh8', 'udh16', 'sar', 'payload']) {
      test(`${alphabet}, ${kind}`, () => {
        fc.assert(
          fc.property(anyText, (text) => {
            const texts = bodiesOf({ text }, { alphabet, long: kind }).map((body) => {
              const content =
                body.shortMessage.length > 0 ? body.shortMessage : body.tlvs.get(tags.messagePayload);
              const octets = content ?? new Uint8Array();
              const { headerOctets } = body.esmClass === 0 ? { headerOctets: 0 } : readPartHeader(octets);
              const coding: InboundAlphabet = inboundAlphabetOf(body.dataCoding, alphabet, {});
              return decodeText(octets.subarray(headerOctets), coding, headerOctets);
            });
            assert.equal(resolveEscapes(texts.join('')), text);
          }),
          { seed: 20261202, numRuns: 100 },
        );
      });
    }
  }
});

test('digits are read with a plus, with zeros, and names as they are', () => {
  const read = ['+14155550100', '0014155550100', '14155550100', 'Rucksack'].map((digits) =>
    digitsOf({ ton: 1, npi: 1, digits }),
  );
  assert.deepEqual(read, ['14155550100', '14155550100', '14155550100', 'Rucksack']);
});
