// Makes parameters out of the schemas that validate them: fitting ones, and ones that are wrong in one or two places.
import fc from 'fast-check';
import { anyJson, strangeNames } from './hostile-values.ts';

/** As much of a schema as there is to read: JSON Schema's keywords and those of `src/http/parameters.ts`. */
export interface ReadableSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: ReadableSchema;
  readonly properties?: Readonly<Record<string, ReadableSchema>>;
  readonly required?: readonly string[];
  readonly aliases?: readonly string[];
  readonly spellings?: Readonly<Record<string, string>>;
}

/** A parameter: its name and its value as JSON text. */
export type Parameter = readonly [name: string, json: string];

/** Texts that mean something in the world under test: ids, numbers, names that are taken. */
export type Words = readonly string[];

/** Name of a parameter → texts that it mostly has, because requests without them come to nothing. */
export type UsualTexts = Readonly<Record<string, readonly string[]>>;

/**
 * Returns parameters for an object schema. Most fit; up to two are replaced by any value, and sometimes an unknown one is
 * added.
 */
export function parametersOf(
  schema: ReadableSchema,
  words: Words,
  usual: UsualTexts = {},
): fc.Arbitrary<Parameter[]> {
  const properties = Object.entries(schema.properties ?? {});
  const fitting = properties.map(([name, property]) => {
    const texts = (Object.hasOwn(usual, name) ? usual[name] : undefined)?.map((text) =>
      usualJson(property, text),
    );
    const isExpected = texts !== undefined || schema.required?.includes(name) === true;
    const fittingOnes = fittingJson(property, words);
    return fc.tuple(
      fc.constantFrom(name, name, name, ...(property.aliases ?? [])),
      texts === undefined
        ? fittingOnes
        : fc.oneof(
            { arbitrary: fc.constantFrom(...texts), weight: 9 },
            { arbitrary: fittingOnes, weight: 1 },
          ),
      oneIn(isExpected ? 20 : 2),
    );
  });
  const wrong = fc.array(
    fc.tuple(fc.constantFrom(...properties.map(([name]) => name), ...strangeNames), anyJson),
    { maxLength: 2 },
  );
  return fc
    .tuple(fc.tuple(...fitting), fc.oneof(fc.constant([]), wrong))
    .map(([given, replaced]) => [
      ...given.flatMap(([name, json, left]): Parameter[] => (left ? [] : [[name, json]])),
      ...replaced,
    ]);
}

const usualJson = ({ type }: ReadableSchema, text: string) => toJson(type === 'array' ? [text] : text);

const oneIn = (count: number) => fc.nat(count - 1).map((drawn) => drawn === 0);

/** Returns a value that fits a schema, in one of its spellings. */
function fittingJson(schema: ReadableSchema, words: Words): fc.Arbitrary<string> {
  if (schema.enum !== undefined) {
    const values = [...schema.enum.map(String), ...Object.keys(schema.spellings ?? {})];
    return fc.constantFrom(...values, ...values.map((value) => value.toLowerCase())).map(toJson);
  }
  switch (schema.type) {
    case 'boolean':
      return fc.constantFrom('true', 'false', '"true"', '"False"', '1', '"0"');
    case 'integer':
      return integerJson(schema);
    case 'string':
      return fittingText(schema, words).map(toJson);
    case 'array':
      return fc
        .array(fittingJson(schema.items ?? {}, words), { maxLength: 4 })
        .map((items) => `[${items.join()}]`);
    case 'object':
      return parametersOf(schema, words).map(objectJson);
    default:
      return fc.oneof(fc.constantFrom(...words).map(toJson), anyJson);
  }
}

const toJson = (value: unknown): string => JSON.stringify(value);

/** Returns a JSON object with exactly these members, in this order; a name may occur twice. */
export function objectJson(parameters: readonly Parameter[]): string {
  return `{${parameters.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join()}}`;
}

function integerJson({ minimum = -1000, maximum = 1000 }: ReadableSchema): fc.Arbitrary<string> {
  const edges = [minimum - 1, minimum, minimum + 1, maximum - 1, maximum, maximum + 1];
  return fc
    .tuple(fc.oneof(fc.constantFrom(...edges), fc.integer({ min: minimum, max: maximum })), fc.boolean())
    .map(([number, quoted]) => (quoted ? `"${number}"` : `${number}`));
}

/** Returns a text that fits a string schema, or almost: lengths up to one beyond the limits. */
export function fittingText(schema: ReadableSchema, words: Words): fc.Arbitrary<string> {
  const { pattern, minLength = 0, maxLength = 1000 } = schema;
  const free = fc.oneof(
    { arbitrary: fc.constantFrom(...words), weight: 3 },
    { arbitrary: fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) }), weight: 3 },
    { arbitrary: fc.constantFrom('x'.repeat(maxLength), '☃'.repeat(maxLength + 1)), weight: 1 },
  );
  if (pattern === undefined) return free;
  // fast-check makes no texts for lookaheads; without them some do not fit, as others here.
  const plain = new RegExp(pattern.replace(/\(\?=[^)]*\)/g, ''));
  return fc.oneof(fc.stringMatching(plain), free);
}
