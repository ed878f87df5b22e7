// Authorization headers that can be read, and that cannot.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBasicAuth } from './basic-auth.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

const cases: [header: string | undefined, credentials: object | undefined][] = [
  [`Basic ${base64('id:token')}`, { authId: 'id', authToken: 'token' }],
  [`basic ${base64('id:with:colons')}`, { authId: 'id', authToken: 'with:colons' }],
  [`Basic ${base64('id:')}`, { authId: 'id', authToken: '' }],
  [undefined, undefined],
  ['', undefined],
  ['Bearer abc', undefined],
  ['Basic', undefined],
  ['Basic !!!', undefined],
  [`Basic ${base64('no colon')}`, undefined],
  [`Basic ${base64(':token')}`, undefined],
  [`Basic ${base64(`id:${'x'.repeat(5000)}`)}`, undefined],
];

for (const [header, credentials] of cases) {
  test(`${header?.slice(0, 40)}`, () => assert.deepEqual(readBasicAuth(header), credentials));
}
