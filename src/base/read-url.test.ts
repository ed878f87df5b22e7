// Texts as URLs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readUrl } from './read-url.ts';

const texts: [text: string, href: string | undefined][] = [
  ['https://example.com', 'https://example.com/'],
  ['https://bücher.example:8443/é', 'https://xn--bcher-kva.example:8443/%C3%A9'],
  ['http://[/', undefined],
  ['/cb', undefined],
  ['', undefined],
];

for (const [text, href] of texts) {
  test(`${JSON.stringify(text)} is ${href === undefined ? 'no URL' : href}`, () =>
    assert.equal(readUrl(text)?.href, href));
}

test('a URL with an umlaut is still one after twenty thousand, when the call has been optimised', () => {
  const read = new Set(Array.from({ length: 20_000 }, () => readUrl('https://bücher.example/')?.host));
  assert.deepEqual([...read], ['xn--bcher-kva.example']);
});
