// States as the audit log stores them: without secrets, and never long.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxStateLength, writeState } from './write-state.ts';

const cases: [what: string, state: object, written: object][] = [
  [
    'tokens and secrets',
    { auth_token: 'a', new_auth_token: 'b', secret: 'c' },
    { auth_token: '[masked]', new_auth_token: '[masked]', secret: '[masked]' },
  ],
  [
    'secrets within',
    { config: { smpp: [{ system_id: 'me', password: 'p' }] } },
    { config: { smpp: [{ system_id: 'me', password: '[masked]' }] } },
  ],
  ['all of a secret that is an object', { secrets: { api: 'x' } }, { secrets: '[masked]' }],
  [
    'nothing where there is none',
    { password: '', auth_token: null, name: 'token' },
    { password: '', auth_token: null, name: 'token' },
  ],
  [
    'the user of a URL',
    { url: 'https://me:word@example.net/a@b' },
    { url: 'https://[masked]@example.net/a@b' },
  ],
  [
    'the user of a URL whose password has an @',
    { url: 'https://me:p@ss@example.net/' },
    { url: 'https://[masked]@example.net/' },
  ],
  [
    'keys in headers',
    { config: { headers: { 'X-Api-Key': 'k', 'X-Auth-Token': 't' }, auth: { bearer: 'b' } }, key_id: 'id' },
    {
      config: {
        headers: { 'X-Api-Key': '[masked]', 'X-Auth-Token': '[masked]' },
        auth: { bearer: '[masked]' },
      },
      key_id: 'id',
    },
  ],
  [
    "a carrier's URLs for its own calls",
    { report_url: 'https://example.net/carrier/a/secret/report', inbound_url: null },
    { report_url: '[masked]', inbound_url: null },
  ],
  [
    'keys in parameters of a URL',
    { url: 'https://example.net/?key=1&sig=2&a=3' },
    { url: 'https://example.net/?key=[masked]&sig=[masked]&a=3' },
  ],
  [
    'parameters of a URL',
    { url: 'https://example.net/?a=1&access_token=x#top' },
    { url: 'https://example.net/?a=1&access_token=[masked]#top' },
  ],
  [
    'parameters of a URL with a question mark in them',
    { url: 'https://example.net/?a?token=x&b=y?z' },
    { url: 'https://example.net/?a?token=[masked]&b=y?z' },
  ],
  [
    'nothing of a long URL without values',
    { url: `x://${'?key'.repeat(3000)}` },
    { url: `x://${'?key'.repeat(3000)}` },
  ],
  ['no text that is no URL', { text: 'a token=5' }, { text: 'a token=5' }],
];
for (const [what, state, written] of cases) {
  test(`a state is written with ${what} masked`, () =>
    assert.deepEqual(JSON.parse(writeState(state)), written));
}

test('a state that is too long is replaced by its length', () => {
  const text = 'x'.repeat(maxStateLength);
  assert.deepEqual(JSON.parse(writeState({ text })), { too_long: maxStateLength + 11 });
});
