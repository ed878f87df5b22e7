// The health of a number in words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { components } from '../../../client/src/schema.ts';
import { healthWords } from './health-words.ts';

type Health = components['schemas']['Queue']['health'];

const cases: [health: Health, word: string, detail: string][] = [
  [{ finished: 0, delivered: 0, judged: false, healthy: true }, 'Idle', 'no messages in 24 h'],
  [
    { finished: 3, delivered: 1, judged: false, healthy: true },
    'Too few messages',
    '33.3% of 3 delivered in 24 h',
  ],
  [
    { finished: 1200, delivered: 1100, judged: true, healthy: true },
    'Healthy',
    '91.7% of 1,200 delivered in 24 h',
  ],
  [{ finished: 60, delivered: 6, judged: true, healthy: false }, 'Unhealthy', '10% of 60 delivered in 24 h'],
];
for (const [health, word, detail] of cases) {
  test(`${word}: ${detail}`, () => {
    const words = healthWords(health);
    assert.deepEqual([words.word, words.detail], [word, detail]);
  });
}
