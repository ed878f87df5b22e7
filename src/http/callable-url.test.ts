// Which URLs webhooks can be sent to, as a table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCallableUrl, maxUrlLength } from './callable-url.ts';

const base = 'https://example.com/';

const cases: readonly [url: string, is: boolean, what: string][] = [
  ['http://example.com', true, 'http'],
  ['HTTPS://EXAMPLE.COM/', true, 'https in capitals'],
  [`${base}${'x'.repeat(maxUrlLength - base.length)}`, true, 'the longest one'],
  [`${base}${'x'.repeat(maxUrlLength - base.length + 1)}`, false, 'one that is longer'],
  ['ftp://example.com', false, 'another scheme'],
  ['example.com', false, 'no scheme'],
  ['http://', false, 'no host'],
  ['http://exa mple.com', false, 'a blank in the host'],
  ['', false, 'nothing'],
];

for (const [url, is, what] of cases) {
  test(`${what} ${is ? 'can' : 'cannot'} be called`, () => assert.equal(isCallableUrl(url), is));
}
