// Every spelling of a value that SDKs send, and the error for every wrong value.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Type } from 'typebox';
import { RepeatedField } from './body.ts';
import { parameterReader } from './parameters.ts';

const schema = Type.Object({
  flag: Type.Optional(Type.Boolean()),
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 5, trim: true })),
  unrent: Type.Optional(Type.Boolean({ wrappedIn: 'unrent' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
  kind: Type.Optional(Type.Enum(['tollfree', 'FIXED'], { spellings: { 'toll-free': 'tollfree' } })),
  starts_with: Type.Optional(Type.String({ aliases: ['pattern'] })),
  app_id: Type.Optional(Type.String({ nullMeans: 'null' })),
  urls: Type.Optional(Type.Array(Type.String({ trim: true }), { separator: ',' })),
  links: Type.Optional(Type.Array(Type.String(), { separator: ',', entryStart: '\\s*[a-z]+://' })),
  dst: Type.Optional(Type.String({ joins: '<', maxLength: 20, trim: true })),
  any: Type.Optional(Type.Union([Type.String(), Type.Array(Type.Unknown())], { joins: ',' })),
  list: Type.Optional(
    Type.Array(
      Type.Object({ at: Type.Enum(['US']), deep: Type.Object({ x: Type.Optional(Type.Boolean()) }) }),
      {
        maxItems: 2,
      },
    ),
  ),
});
const read = parameterReader(schema);

const taken: [given: object, meant: object][] = [
  ...[true, 'true', 'True', 'TRUE', 1, '1'].map((flag): [object, object] => [{ flag }, { flag: true }]),
  ...[false, 'false', 'False', 'FALSE', 0, '0'].map((flag): [object, object] => [{ flag }, { flag: false }]),
  [{ flag: null, name: '', list: [], limit: null, kind: '' }, {}],
  [{ unknown: 1, Id: {}, __proto__: { flag: true } }, {}],
  [{ unrent: { unrent: true } }, { unrent: true }],
  [{ unrent: { unrent: 'false' } }, { unrent: false }],
  [{ unrent: { unrent: null } }, {}],
  [{ name: '  ab ' }, { name: 'ab' }],
  [{ name: 12 }, { name: '12' }],
  [{ limit: '20' }, { limit: 20 }],
  [{ kind: 'Toll-Free' }, { kind: 'tollfree' }],
  [{ kind: 'fixed' }, { kind: 'FIXED' }],
  [{ pattern: '415' }, { starts_with: '415' }],
  [{ starts_with: '1', pattern: '2' }, { starts_with: '1' }],
  [{ starts_with: '', pattern: '2' }, { starts_with: '2' }],
  [{ app_id: null }, { app_id: 'null' }],
  [{ urls: 'a, b' }, { urls: ['a', 'b'] }],
  [{ urls: '["a,b"]' }, { urls: ['a,b'] }],
  [
    { urls: new RepeatedField(['a,b', 'c', '["d,e"]', '12345678901234567890']) },
    { urls: ['a', 'b', 'c', 'd,e', '12345678901234567890'] },
  ],
  [{ links: 'x://a,b,y://c,d' }, { links: ['x://a,b', 'y://c,d'] }],
  [{ links: new RepeatedField(['x://a,b', 'y://c']) }, { links: ['x://a,b', 'y://c'] }],
  [{ dst: ['1415', 1416] }, { dst: '1415<1416' }],
  [{ dst: [] }, {}],
  [{ dst: new RepeatedField(['1415<1416', '1417']) }, { dst: '1415<1416<1417' }],
  [{ any: new RepeatedField(['1,2', '3']) }, { any: '1,2,3' }],
  [{ any: [1, '2'] }, { any: [1, '2'] }],
  [
    { list: new RepeatedField(['{"at":"US","deep":{}}', '[{"at":"us","deep":{}}]']) },
    {
      list: [
        { at: 'US', deep: {} },
        { at: 'US', deep: {} },
      ],
    },
  ],
  [{ unknown: new RepeatedField(['1', '2']) }, {}],
  [{ list: '[{"at":"us","deep":{"x":"1"}}]' }, { list: [{ at: 'US', deep: { x: true } }] }],
  [
    { list: [{ at: 'US', deep: { x: null, Interface: null }, Id: null }] },
    { list: [{ at: 'US', deep: {} }] },
  ],
];

for (const [given, meant] of taken) {
  test(`${JSON.stringify(given)} is read as ${JSON.stringify(meant)}`, () => {
    assert.deepEqual(read(given as Record<string, unknown>), meant);
  });
}

const refused: [given: object, sentence: string][] = [
  [{ flag: 'yes' }, 'flag must be a boolean'],
  [{ flag: {} }, 'flag must be a boolean'],
  [{ flag: { flag: true } }, 'flag must be a boolean'],
  [{ unrent: { unrent: { unrent: true } } }, 'unrent must be a boolean'],
  [{ unrent: { other: true } }, 'unrent must be a boolean'],
  [{ flag: { toString: 1 } }, 'flag must be a boolean'],
  [{ flag: [['false']] }, 'flag must be a boolean'],
  [{ kind: { toString: 1 } }, 'kind must be one of tollfree, FIXED'],
  [{ name: 'abcdef' }, 'name must be a text of 1 to 5 characters'],
  [{ name: '   ' }, 'name must be a text of 1 to 5 characters'],
  [{ name: ['a'] }, 'name must be a text of 1 to 5 characters'],
  [{ name: 'a\0b' }, 'name must not contain a NUL character'],
  [{ name: '\ud800' }, 'name must be valid Unicode text'],
  [{ name: new RepeatedField(['a', 'a']) }, 'name must be given once'],
  [{ flag: new RepeatedField(['true', 'false']) }, 'flag must be given once'],
  [{ kind: new RepeatedField(['fixed', 'tollfree']) }, 'kind must be given once'],
  [{ limit: new RepeatedField(['1', '2']) }, 'limit must be given once'],
  [{ dst: ['1', {}] }, 'dst must be a text of 0 to 20 characters'],
  [{ dst: ['1'.repeat(11), '2'.repeat(9)] }, 'dst must be a text of 0 to 20 characters'],
  [{ urls: new RepeatedField(['a', '\0']) }, 'urls[1] must not contain a NUL character'],
  [{ limit: 0 }, 'limit must be a whole number from 1 to 20'],
  [{ limit: '1e1' }, 'limit must be a whole number from 1 to 20'],
  [{ limit: 1.5 }, 'limit must be a whole number from 1 to 20'],
  [{ limit: '99999999999999999999' }, 'limit must be a whole number from 1 to 20'],
  [{ kind: 'constructor' }, 'kind must be one of tollfree, FIXED'],
  [{ list: {} }, 'list must be a list of at most 2 entries'],
  [{ list: Array(3).fill({ at: 'US', deep: {} }) }, 'list must be a list of at most 2 entries'],
  [{ list: [{ at: 'DE', deep: {} }] }, 'list[0].at must be one of US'],
  [{ list: [{ at: 'US' }] }, 'list[0].deep is required'],
  [{ list: [{ at: 'US', deep: { x: 'no' } }] }, 'list[0].deep.x must be a boolean'],
];

for (const [given, sentence] of refused) {
  test(`${JSON.stringify(given)} is refused: ${sentence}`, () => {
    assert.throws(() => read(given as Record<string, unknown>), { kind: 'invalid', message: sentence });
  });
}

test('an unknown parameter is refused by name where the rules say so', () => {
  const strict = parameterReader(schema, { refusesUnknown: true });
  const names = Object.keys(schema.properties).join(', ');
  assert.throws(() => strict({ name: 'a', dst_: '' }), {
    kind: 'invalid',
    message: `dst_ is not a parameter of this call: there are ${names}`,
  });
  assert.throws(() => strict(JSON.parse('{"__proto__": 1}')), { message: /^__proto__ is not a parameter/ });
  assert.throws(() => strict({ ['x'.repeat(1000)]: 1 }), { message: /^x{40} is not a parameter/ });
  assert.deepEqual(strict({ pattern: '415', name: null }), { starts_with: '415' });
  const nothing = parameterReader(Type.Object({}), { refusesUnknown: true });
  assert.throws(() => nothing({ a: 1 }), {
    message: 'a is not a parameter of this call: there are none here',
  });
});

test('a required parameter is named when it is missing', () => {
  const strict = parameterReader(Type.Object({ name: Type.String() }));
  assert.throws(() => strict({ name: null }), { message: 'name is required' });
});

test('for any input, the result has the schema’s type or is an error', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...Object.keys(schema.properties), '__proto__'), fc.anything()),
      (given) => {
        try {
          const value = read(given);
          assert.equal(typeof (value.flag ?? true), 'boolean');
        } catch (error) {
          assert.equal((error as { kind?: string }).kind, 'invalid');
        }
      },
    ),
    { seed: 1, numRuns: 2000 },
  );
});
