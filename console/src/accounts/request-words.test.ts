// Requests in words, and as commands.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callerInWords, curlOf, errorOf, isIncomplete, messagesAt, toneOf } from './request-words.ts';

const start = 'curl -u "$PLIVO_AUTH_ID:$PLIVO_AUTH_TOKEN" -X';
const url = '"$RUCKSACK_URL/v1/Account/$PLIVO_AUTH_ID"';

const commands: [what: string, request: Parameters<typeof curlOf>[0], command: string][] = [
  [
    'a read with its query',
    { method: 'GET', path: 'Powerpack/', parameters: { limit: '5', name: 'a b' } },
    `${start} GET ${url}'/Powerpack/?limit=5&name=a+b'`,
  ],
  ['a read without one', { method: 'GET', path: '', parameters: null }, `${start} GET ${url}'/'`],
  [
    'a change with its body',
    { method: 'POST', path: 'Powerpack/', parameters: { name: "Bob's" } },
    `${start} POST ${url}'/Powerpack/' -H 'Content-Type: application/json' -d '{"name":"Bob'\\''s"}'`,
  ],
  [
    'a long one without its body',
    { method: 'POST', path: 'OptOut/', parameters: { too_long: 9000 } },
    `${start} POST ${url}'/OptOut/'`,
  ],
];
for (const [what, request, command] of commands) {
  test(`${what} is a command`, () => assert.equal(curlOf(request), command));
}

const parameters: [parameters: Record<string, unknown> | null, isIncomplete: boolean][] = [
  [null, false],
  [{ name: 'a' }, false],
  [{ text: '[6 characters]' }, true],
  [{ auth_token: '[masked]' }, true],
  [{ too_long: 9000 }, true],
];
for (const [given, expected] of parameters) {
  test(`${JSON.stringify(given)} is ${expected ? 'not ' : ''}all that was asked`, () =>
    assert.equal(isIncomplete({ parameters: given }), expected));
}

test('a caller is named, or why there is none', () => {
  const who = { id: 'MA', kind: 'api_key', name: 'shop' } as const;
  assert.equal(callerInWords({ who, subaccount: null, status: 200 }), 'API key shop');
  assert.equal(callerInWords({ who: null, subaccount: null, status: 401 }), 'Credentials refused');
  assert.equal(callerInWords({ who: null, subaccount: null, status: 404 }), 'Not looked at');
});

test('a status has a tone, and a refusal its sentence', () => {
  assert.deepEqual([202, 400, 503].map(toneOf), ['good', 'warn', 'bad']);
  assert.equal(errorOf({ answer: { error: 'no' } }), 'no');
  assert.equal(errorOf({ answer: { message: 'changed' } }), undefined);
  assert.equal(errorOf({ answer: null }), undefined);
});

test('the api_id of a message leads to the messages of its second', () => {
  const at = new Date('2026-03-14T09:26:53.589Z').getTime().toString(16).padStart(12, '0');
  const apiId = `${at.slice(0, 8)}-${at.slice(8)}-7abc-8def-0123456789ab`;
  const query = 'message_time__gte=2026-03-14+09%3A26%3A53&message_time__lt=2026-03-14+09%3A26%3A54';
  assert.equal(messagesAt(apiId), `/console/messages?${query}`);
  assert.equal(messagesAt('first'), undefined);
});
