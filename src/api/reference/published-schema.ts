// Turns validating schemas into published ones: plain JSON Schema, our own keywords put into words.
import type { OwnKeywords } from '../../http/parameters.ts';

/** JSON Schema (2020-12), as far as the description uses it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

/** A schema of a parameter or of an answer. Its members may have our keywords too. */
type ValidatingSchema = JsonSchema & OwnKeywords;

/** Returns a replacement of an object schema: a reference to its one description. */
export type Reference = (schema: object) => JsonSchema | undefined;

const referencePrefix = '#/components/schemas/';

/** Returns a reference to a schema: `{ $ref: '#/components/schemas/Powerpack' }` for `Powerpack`. */
export const referTo = (name: string): JsonSchema => ({ $ref: `${referencePrefix}${name}` });

/** Returns the name in a reference: `Powerpack` for `#/components/schemas/Powerpack`. */
export const referredName = (reference: string): string => reference.slice(referencePrefix.length);

/** Returns the schema of a name. */
export type Resolve = (name: string) => JsonSchema;

/** Returns a schema for publication. Objects in it are replaced by their reference, if `refer` returns one. */
export function publishSchema(schema: object, refer: Reference): JsonSchema {
  const {
    aliases,
    spellings,
    nullMeans,
    separator,
    entryStart: _start,
    wrappedIn: _wrapping,
    joins,
    trim,
    expected,
    publishedItems,
    description,
    ...rest
  }: ValidatingSchema = schema;
  const plain = publishedItems === undefined ? rest : { ...rest, items: publishedItems };
  const words = [
    ...(description === undefined ? [] : [description]),
    ...(expected === undefined ? [] : [`Must be ${expected}.`]),
    ...(trim === true ? ['White space at both ends does not count.'] : []),
    ...(aliases === undefined ? [] : [`Also read as ${listCode(aliases)}.`]),
    ...(separator === undefined ? [] : [`Also read from a text with \`${separator}\` between the entries.`]),
    ...(joins === undefined ? [] : ['Also read from a list.']),
    ...(spellings === undefined ? [] : [`Also spelled ${listCode(Object.keys(spellings))}.`]),
  ];
  return {
    ...(nullMeans === undefined ? typeOf(plain) : { type: ['string', 'null'] }),
    ...publishParts(plain, refer),
    ...(words.length === 0 ? {} : { description: words.join(' ') }),
  };
}

const publishInner = (schema: object, refer: Reference): JsonSchema =>
  refer(schema) ?? publishSchema(schema, refer);

function publishParts(schema: JsonSchema, refer: Reference): JsonSchema {
  const { type: _, items, properties, anyOf, ...rest } = schema;
  return {
    ...rest,
    ...(items === undefined ? {} : { items: publishInner(items, refer) }),
    ...(properties === undefined
      ? {}
      : { properties: mapValues(properties, (property) => publishInner(property, refer)) }),
    ...(anyOf === undefined ? {} : publishChoice(anyOf, refer)),
  };
}

/** Returns an enumeration with the type that all its values have: not every reader works it out. */
function typeOf({ type, enum: values }: JsonSchema): JsonSchema {
  if (type !== undefined) return { type };
  return values?.every((value) => typeof value === 'string') === true ? { type: 'string' } : {};
}

/** Returns "this or null" as one schema with two types. */
function publishChoice(choices: readonly JsonSchema[], refer: Reference): JsonSchema {
  const [first, second, ...others] = choices.map((choice) => publishInner(choice, refer));
  const isNullable = second?.type === 'null' && others.length === 0 && typeof first?.type === 'string';
  if (!isNullable) return { anyOf: choices.map((choice) => publishInner(choice, refer)) };
  return {
    ...first,
    type: [first.type as string, 'null'],
    ...(first.enum === undefined ? {} : { enum: [...first.enum, null] }),
  };
}

const listCode = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
