// Readings of answers and webhooks.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseJson } from './parse-json.ts';
import { makeSource, parseReading, readAll, readFirst, splitSource } from './reading.ts';

const body = JSON.stringify({
  id: 7,
  list: [{ name: 'a', ok: true }, { name: 'b' }, { ok: false }],
  'a/b': { '~': 'odd' },
  empty: '',
  none: null,
  deep: { object: {} },
});
const source = makeSource({ 'x-id': 'head' }, 'q=1&q=2&e=', body);
const form = makeSource({}, '', 'Media0=a&Media2=c&Text=x+y%26');

const readings: [reading: string, values: (string | undefined)[]][] = [
  ['/id', ['7']],
  ['/list/*/name', ['a', 'b', undefined]],
  ['/list/*/ok', ['true', undefined, 'false']],
  ['/list/1/name', ['b']],
  ['/list/9/name', [undefined]],
  ['/a~1b/~0', ['odd']],
  ['/none', [undefined]],
  ['/deep/object', [undefined]],
  ['/id/*', []],
  ['/__proto__', [undefined]],
  ['/list/length', [undefined]],
  ['query:q', ['1']],
  ['query:z', [undefined]],
  ['header:X-Id', ['head']],
  ['regex:"name":"(\\w)"', ['a']],
  ['regex:nothing', [undefined]],
];

describe('a reading of JSON', () => {
  for (const [reading, values] of readings) {
    test(reading, () => assert.deepEqual(readAll(source, parseReading(reading)), values));
  }
});

test('a range names several fields of a form', () => {
  assert.deepEqual(readAll(form, parseReading('form:Media0..3')), ['a', undefined, 'c', undefined]);
  assert.equal(readFirst(form, parseReading('form:Text')), 'x y&');
  assert.equal(readFirst(makeSource({}, '', 'a=&b=1'), parseReading('form:a')), undefined);
});

test('NULs are dropped, and halves of surrogate pairs replaced, which no database holds', () => {
  const escaped = makeSource({}, 'q=%00', '{"name":"a\\u0000b","none":"\\u0000","half":"a\\ud800"}');
  assert.equal(readFirst(escaped, parseReading('/name')), 'ab');
  assert.equal(readFirst(escaped, parseReading('/none')), undefined);
  assert.equal(readFirst(escaped, parseReading('query:q')), undefined);
  assert.equal(readFirst(escaped, parseReading('/half')), 'a\ufffd');
});

test('events of a list are read one by one, the whole where there is no list', () => {
  const events = splitSource(source, parseReading('/list/*'));
  assert.deepEqual(
    events.map((event) => readFirst(event, parseReading('/name'))),
    ['a', 'b', undefined],
  );
  assert.equal(splitSource(source, undefined).length, 1);
  assert.deepEqual(splitSource(makeSource({}, '', 'no JSON'), parseReading('/*')), []);
});

for (const wrong of [
  'id',
  'form:',
  'json:a',
  '/a~2',
  'regex:(',
  'regex:(a)\\1',
  'regex:(?<=a)b',
  'form:a0..99',
  'form:a3..1',
]) {
  test(`${wrong} is no reading`, () => assert.throws(() => parseReading(wrong), SyntaxError));
}

test('a long integer stays as it is written, everything else is what JSON says', () => {
  assert.deepEqual(parseJson('{"id":12345678901234567890,"s":"1234567890123456789","n":-9007199254740993}'), {
    id: '12345678901234567890',
    s: '1234567890123456789',
    n: '-9007199254740993',
  });
  assert.deepEqual(parseJson('[1.12345678901234567890, 123456789012345, 1e20, "a\\"12345678901234567890"]'), [
    1.1234567890123457,
    123456789012345,
    1e20,
    'a"12345678901234567890',
  ]);
  // The longest integers are texts here.
  const revive = (_key: string, value: unknown) =>
    typeof value === 'number' && /^-?\d{16,}$/.test(String(value)) ? String(value) : value;
  fc.assert(
    fc.property(fc.json(), (text) => assert.deepEqual(parseJson(text), JSON.parse(text, revive))),
    { seed: 20261129, numRuns: 300 },
  );
});

test('a text that is no JSON is refused in a time that grows with its length alone', () => {
  for (const text of ['', '{', '"\\"'.repeat(50_000), '"'.repeat(50_001), '1'.repeat(100_000)]) {
    if (/^1+$/.test(text)) assert.equal(parseJson(text), text);
    else assert.throws(() => parseJson(text), SyntaxError);
  }
});
