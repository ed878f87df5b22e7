// Validating schemas, and their published form.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TSchema, Type } from 'typebox';
import { type JsonSchema, publishSchema } from './published-schema.ts';

const Named = Type.Object({ inner: Type.Boolean() });

const cases: [what: string, validating: TSchema, published: JsonSchema][] = [
  ['plain JSON Schema stays', Type.String({ maxLength: 9 }), { type: 'string', maxLength: 9 }],
  [
    'our keywords become words behind the description',
    Type.String({
      description: 'A country.',
      expected: 'two letters',
      trim: true,
      aliases: ['a', 'b'],
      spellings: { c: 'd' },
    }),
    {
      type: 'string',
      description:
        'A country. Must be two letters. White space at both ends does not count. Also read as `a`, `b`. Also spelled `c`.',
    },
  ],
  ['an enumeration gets its type', Type.Enum(['x', 'y']), { type: 'string', enum: ['x', 'y'] }],
  [
    'null is allowed where it means something',
    Type.String({ nullMeans: 'null' }),
    { type: ['string', 'null'] },
  ],
  ['this or null', Type.Union([Type.String(), Type.Null()]), { type: ['string', 'null'] }],
  [
    'an enumeration or null',
    Type.Union([Type.Enum(['x']), Type.Null()]),
    { type: ['string', 'null'], enum: ['x', null] },
  ],
  [
    'other choices',
    Type.Union([Type.String(), Type.Integer()]),
    { anyOf: [{ type: 'string' }, { type: 'integer' }] },
  ],
  [
    'objects below are replaced by references',
    Type.Object({ one: Named, many: Type.Array(Named), trimmed: Type.Optional(Type.String({ trim: true })) }),
    {
      type: 'object',
      required: ['one', 'many'],
      properties: {
        one: { $ref: '#/Named' },
        many: { type: 'array', items: { $ref: '#/Named' } },
        trimmed: { type: 'string', description: 'White space at both ends does not count.' },
      },
    },
  ],
];

for (const [what, validating, published] of cases) {
  test(what, () => {
    const refer = (schema: object) => (schema === Named ? { $ref: '#/Named' } : undefined);
    assert.deepEqual(publishSchema(validating, refer), published);
  });
}
