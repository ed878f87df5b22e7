// The names are what the parser of HTML makes of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DOMParser } from '@xmldom/xmldom';
import { htmlEntities } from './html-entities.ts';

test('each name is the character that an HTML parser reads', () => {
  const names = [...htmlEntities.keys()];
  const page = `<p>${names.map((name) => `<i>&${name};</i>`).join('')}</p>`;
  const parsed = new DOMParser().parseFromString(page, 'text/html').documentElement;
  const read = [...(parsed?.children ?? [])].map(({ textContent }) => textContent);
  assert.deepEqual(read, [...htmlEntities.values()]);
  assert.equal(names.length, 248);
});
