// Conversations by day.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysOf } from './conversation-days.ts';

// At noon, so that the day is the same in most time zones.
const at = (day: string, minute: string) => ({ message_time: `2026-03-${day} 12:${minute}:00.000000+00:00` });

test('the oldest day first, and in it the oldest message first', () => {
  const days = daysOf([at('15', '01'), at('15', '00'), at('14', '05')]);
  assert.deepEqual(
    days.map(({ name, messages }) => [name.replace(',', ''), messages]),
    [
      ['Saturday 14 March 2026', [at('14', '05')]],
      ['Sunday 15 March 2026', [at('15', '00'), at('15', '01')]],
    ],
  );
});

test('no message, no day', () => assert.deepEqual(daysOf([]), []));
