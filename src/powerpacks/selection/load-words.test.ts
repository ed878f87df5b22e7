import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyBusier, whyLeastBusy } from './load-words.ts';

const nowMs = 10_000;
const member = (freeAtMs: number, segmentsToday: number, numberOrder = 0) => ({
  freeAtMs,
  segmentsToday,
  numberOrder,
});

const cases: [why: string, chosen: number[], other: number[], against: string][] = [
  ['of equal members it is free first', [0, 9], [11_500, 1], 'the sender is free 1.5 s earlier'],
  [
    'of the equal members that are free now it has sent least today: 1 segment',
    [0, 1],
    [9000, 4],
    'the sender has sent less today: 1 segment, not 4',
  ],
  [
    'of the equal members that are free first it has sent least today: 2 segments',
    [12_000, 2],
    [12_000, 3],
    'the sender has sent less today: 2 segments, not 3',
  ],
  [
    'of the equal members that are free now and have sent 0 segments today it has the lowest number',
    [0, 0],
    [0, 0],
    'the sender has the lower number',
  ],
];

for (const [why, [freeAt = 0, sent = 0], [otherFreeAt = 0, otherSent = 0], against] of cases) {
  test(why, () => {
    const [chosen, other] = [member(freeAt, sent), member(otherFreeAt, otherSent, 1)];
    assert.equal(whyLeastBusy(chosen, [other], nowMs), why);
    assert.equal(whyBusier(other, chosen, nowMs), against);
  });
}
