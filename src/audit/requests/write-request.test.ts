// Parameters and answers in the log of requests.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RepeatedField } from '../../http/body.ts';
import { maxLoggedLength, writeAnswer, writeParameters } from './write-request.ts';

const cases: [what: string, parameters: Record<string, unknown>, written: object | undefined][] = [
  ['none as nothing', {}, undefined],
  ['a text by its length', { dst: '1', text: 'a code' }, { dst: '1', text: '[6 characters]' }],
  ['texts within by theirs', { a: [{ text: 'abc' }] }, { a: [{ text: '[3 characters]' }] }],
  [
    'a repeated text by its lengths',
    { text: new RepeatedField(['a', 'bc']) },
    { text: ['[1 characters]', '[2 characters]'] },
  ],
  ['a recipient that may be kept', { dst: '1', log: 'number_only' }, { dst: '1', log: 'number_only' }],
  ['no recipient where `log` is false', { dst: '1', log: false }, { dst: '[masked]', log: false }],
  [
    'no recipient where `log` keeps the text alone',
    { dst: '1', log: 'content_only' },
    { dst: '[masked]', log: 'content_only' },
  ],
  [
    'no secret',
    { auth_token: 'x', url: 'https://me:word@example.net/' },
    { auth_token: '[masked]', url: 'https://[masked]@example.net/' },
  ],
  [
    'no secret in JSON within a form',
    { config: '{"type":"smpp","password":"p"}', subaccounts: '[{"auth_token":"t","text":"abc"}]' },
    {
      config: { type: 'smpp', password: '[masked]' },
      subaccounts: [{ auth_token: '[masked]', text: '[3 characters]' }],
    },
  ],
  ['what only looks like JSON by its length', { name: '{"password":"p"' }, { name: '[15 characters]' }],
  ['a long text by its length', { name: 'x'.repeat(60_000) }, { name: '[60000 characters]' }],
  ['long ones by their length', { name: 'x'.repeat(maxLoggedLength) }, { too_long: maxLoggedLength + 11 }],
];
for (const [what, parameters, written] of cases) {
  test(`parameters are written: ${what}`, () => {
    const text = writeParameters(parameters);
    assert.deepEqual(text === undefined ? undefined : JSON.parse(text), written);
  });
}

test('an answer is written without secrets, and a long one by its length', () => {
  assert.equal(writeAnswer(''), undefined);
  assert.equal(writeAnswer('{"auth_token":"x","name":"y"}'), '{"auth_token":"[masked]","name":"y"}');
  const long = JSON.stringify({ objects: 'x'.repeat(maxLoggedLength) });
  assert.equal(writeAnswer(long), `{"too_long":${long.length}}`);
});
