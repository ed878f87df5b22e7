// A message id contains the planned report: written, and read back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { makeMessageName, readMessageName } from './message-name.ts';

const reference = '019cebb2-7a55-7c3e-8d0b-5f6e7a8b9c0d';

const names: [report: Parameters<typeof makeMessageName>[1], name: string][] = [
  [{ outcome: 'delivered', errorCode: 1000, delayMs: 100, duplicates: 0 }, `${reference}-1-delivered-100x1`],
  [{ outcome: 'undelivered', errorCode: 50, delayMs: 0, duplicates: 2 }, `${reference}-1-undelivered50-0x3`],
  [undefined, `${reference}-1-lost-0x0`],
];

for (const [report, name] of names)
  test(name, () => assert.equal(makeMessageName({ reference, attempt: 1 }, report), name));

const anyPart = fc.option(fc.integer({ min: 1, max: 255 }), { nil: undefined });

const anyReport = fc.record({
  outcome: fc.constantFrom('delivered' as const, 'undelivered' as const),
  errorCode: fc.integer({ min: 1, max: 9999 }),
  delayMs: fc.integer({ min: 0, max: 30 * 24 * 3600 * 1000 }),
  duplicates: fc.integer({ min: 0, max: 10 }),
});

test('every planned report is read back', () => {
  fc.assert(
    fc.property(
      fc.uuid(),
      fc.integer({ min: 1, max: 99 }),
      anyPart,
      anyReport,
      (uuid, attempt, part, report) => {
        const planned = readMessageName(makeMessageName({ reference: uuid, attempt, part }, report));
        const errorCode = report.outcome === 'undelivered' ? report.errorCode : 0;
        assert.deepEqual(planned, { ...report, errorCode });
      },
    ),
    { seed: 20260811 },
  );
});

test('other ids contain no report', () => {
  for (const name of [
    '',
    'abc',
    `${reference}-1`,
    `${reference}-1-lost-0x0`,
    `${reference}-1-delivered-100`,
  ]) {
    assert.equal(readMessageName(name), undefined);
  }
});
