// Keys of attempts to send.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOutcomeUnknown, SendAttempts } from './send-attempt.ts';

function attempts(): SendAttempts {
  let last = 0;
  return new SendAttempts(() => {
    last += 1;
    return `key ${last}`;
  });
}

test('the same content goes out again under the same key until there is an answer', () => {
  const sending = attempts();
  assert.equal(sending.keyFor('hello'), 'key 1');
  assert.equal(sending.keyFor('hello'), 'key 1');
  sending.finish();
  assert.equal(sending.keyFor('hello'), 'key 2');
});

test('another content is another message', () => {
  const sending = attempts();
  assert.equal(sending.keyFor('hello'), 'key 1');
  assert.equal(sending.keyFor('hello!'), 'key 2');
});

test('a lost answer, a failing server and a request under way leave it open', () => {
  for (const status of [undefined, 409, 429, 500, 503]) assert.ok(isOutcomeUnknown(status), String(status));
  for (const status of [400, 401, 404]) assert.ok(!isOutcomeUnknown(status), String(status));
});
