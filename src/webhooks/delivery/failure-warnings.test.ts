import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Logger } from '../../base/logger.ts';
import type { Attempt } from '../attempt.ts';
import { FailureWarnings } from './failure-warnings.ts';

const second = 1000;

function attemptAt(atMs: number, host: string, outcome: Attempt['outcome'] = 'pending'): Attempt {
  const record = { status: 500, error: 'the answer is not 2xx' };
  return { call: { id: 'w', host }, outcome, nextAt: null, endedAt: new Date(atMs), record } as Attempt;
}

test('a host is warned of at its first failure, and then every ten seconds with the number of others', () => {
  const lines: string[] = [];
  const warn = (fields: object, sentence: string) => void lines.push(`${sentence} ${JSON.stringify(fields)}`);
  const warnings = new FailureWarnings({ warn } as Partial<Logger> as Logger);
  const [one, other] = ['a.example.net', 'b.example.net:8443'];

  warnings.add(attemptAt(0, one, 'delivered'));
  for (const at of [0, 1, 2, 9]) warnings.add(attemptAt(at * second, one));
  warnings.add(attemptAt(3 * second, other, 'failed'));
  warnings.add(attemptAt(10 * second, one));
  warnings.add(attemptAt(20 * second, one));

  const start = 'a callback failed: the answer is not 2xx';
  assert.deepEqual(lines, [
    `${start} {"host":"a.example.net","webhook":"w","status":500}`,
    `${start} {"host":"b.example.net:8443","webhook":"w","status":500}`,
    `${start} {"host":"a.example.net","webhook":"w","status":500,"others":3}`,
    `${start} {"host":"a.example.net","webhook":"w","status":500}`,
  ]);
});
