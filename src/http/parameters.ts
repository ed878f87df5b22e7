// Checks parameters against a schema, after reading the many spellings in which SDKs write the same value.
import type { Static, TObject, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { ApiError } from '../base/errors.ts';
import { checkStorable } from '../base/storable-text.ts';
import { type Parameters, RepeatedField } from './body.ts';

/** Our own keywords in a parameter's schema, beside those of JSON Schema. */
export interface OwnKeywords {
  /** Other names under which SDKs send the parameter. */
  readonly aliases?: readonly string[];
  /** Other values (lower case), and the enumeration's value for each. */
  readonly spellings?: Readonly<Record<string, string>>;
  /** The name in an object that contains the value where an SDK sends one: Ruby's documented `remove_number(n, unrent: true)`. */
  readonly wrappedIn?: string;
  /** The text that a JSON `null` means, where `null` is not "not given". */
  readonly nullMeans?: string;
  /** White space at both ends is ignored. */
  readonly trim?: boolean;
  /** The separator of a list that is given as a text and is not JSON. */
  readonly separator?: string;
  /** Pattern of the beginning of an entry: a separator before anything else is a part of the entry. */
  readonly entryStart?: string;
  /** Of a text that is written as a list: the separator. A list of texts is accepted as well. */
  readonly joins?: string;
  /** The allowed values in words, where the other keywords do not describe them well. */
  readonly expected?: string;
  /** The published schema of list entries that other code checks. */
  readonly publishedItems?: object;
}

interface ParameterSchema extends OwnKeywords {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: ParameterSchema;
  readonly properties?: Readonly<Record<string, ParameterSchema>>;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

interface ReadingRules {
  /** Whether a parameter that the schema does not have is refused instead of ignored. */
  readonly refusesUnknown: boolean;
}

/** Reads parameters into the schema's type, or throws an `ApiError` that names the parameter. */
type ParameterReader<Schema extends TObject> = (given: Parameters) => Static<Schema>;

/**
 * Returns the reader for a schema. `null`, `""` and `[]` count as not given; unknown parameters are ignored unless the rules
 * refuse them; booleans, numbers and enumerations are accepted in every spelling of wire-control-plane section 3. A repeated
 * field counts as a list where the schema has one, and is refused elsewhere.
 */
export function parameterReader<Schema extends TObject>(
  schema: Schema,
  { refusesUnknown }: ReadingRules = { refusesUnknown: false },
): ParameterReader<Schema> {
  const validatorOf = compiledOnce(schema);
  return (given) => {
    if (refusesUnknown) requireKnown(schema as ParameterSchema, given, '');
    const value = readObject(schema as ParameterSchema, given, '');
    const validator = validatorOf();
    if (!validator.Check(value)) throw new ApiError('invalid', complaint(schema, validator.Errors(value)));
    return value as Static<Schema>;
  };
}

/** Returns a check that a value fits a schema exactly, in no other spelling: for path segments. */
export function schemaCheck<Schema extends TSchema>(
  schema: Schema,
): (value: unknown) => value is Static<Schema> {
  const validatorOf = compiledOnce(schema);
  return (value): value is Static<Schema> => validatorOf().Check(value);
}

/** Returns a function that compiles a schema at its first call: a start would spend a tenth of its time on schemas that nobody asks for yet. */
function compiledOnce(schema: TSchema): () => Validator {
  let validator: Validator | undefined;
  return () => {
    validator ??= Compile(schema);
    return validator;
  };
}

/** A property of an object's schema, with all its names, its own first. */
interface Property {
  readonly name: string;
  readonly spellings: readonly string[];
  readonly property: ParameterSchema;
}

/** Of every schema that was read: schemas are constants of the program, and each is analysed once. */
const knownProperties = new WeakMap<ParameterSchema, readonly Property[]>();

function propertiesOf(schema: ParameterSchema): readonly Property[] {
  const known = knownProperties.get(schema);
  if (known !== undefined) return known;
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    spellings: [name, ...(property.aliases ?? [])],
    property,
  }));
  knownProperties.set(schema, properties);
  return properties;
}

/** The most characters of an unknown name in an error. */
const maxQuotedName = 40;

/** Checks the names of parameters, and those of the objects in them. */
function requireKnown(schema: ParameterSchema, given: Parameters, path: string): void {
  const properties = propertiesOf(schema);
  const known = new Set(properties.flatMap(({ spellings }) => spellings));
  const unknown = Object.keys(given).find((name) => !known.has(name));
  if (unknown === undefined) {
    for (const { name, property } of properties) requireKnownIn(property, given[name], `${path}${name}`);
    return;
  }
  const names = properties.map(({ name }) => name);
  const taken = names.length === 0 ? 'there are none here' : `there are ${names.join(', ')}`;
  const quoted = unknown.slice(0, maxQuotedName).toWellFormed();
  throw new ApiError('invalid', `${path}${quoted} is not a parameter of this call: ${taken}`);
}

/** Checks the names in an object, or in the objects of a list, where the schema lists them. */
function requireKnownIn(schema: ParameterSchema, given: unknown, path: string): void {
  if (schema.properties !== undefined && isPlainObject(given)) requireKnown(schema, given, `${path}.`);
  if (schema.items === undefined || !Array.isArray(given)) return;
  for (const [index, item] of given.entries()) requireKnownIn(schema.items, item, `${path}[${index}]`);
}

function readObject(schema: ParameterSchema, given: Parameters, path: string): Parameters {
  const value: Parameters = {};
  for (const { name, spellings, property } of propertiesOf(schema)) {
    for (const spelling of spellings) {
      if (!Object.hasOwn(given, spelling)) continue;
      const read = readValue(property, given[spelling], `${path}${name}`);
      if (read === undefined) continue;
      value[name] = read;
      break;
    }
  }
  return value;
}

function readValue(schema: ParameterSchema, given: unknown, path: string): unknown {
  if (given === null) return schema.nullMeans;
  if (given === undefined || given === '') return undefined;
  if (given instanceof RepeatedField) return readRepeated(schema, given, path);
  if (schema.wrappedIn !== undefined && isPlainObject(given) && Object.hasOwn(given, schema.wrappedIn)) {
    const { wrappedIn, ...plain } = schema;
    return readValue(plain, given[wrappedIn], path);
  }
  if (schema.enum !== undefined) return readEnumeration(schema, given);
  switch (schema.type) {
    case 'boolean':
      return readBoolean(given);
    case 'integer':
      return typeof given === 'string' && /^[+-]?\d{1,15}$/.test(given.trim()) ? Number(given) : given;
    case 'string':
      return readString(schema, given, path);
    case 'array':
      return readArray(schema, given, path);
    case 'object':
      return isPlainObject(given) ? readObject(schema, given, `${path}.`) : given;
    default:
      return given;
  }
}

function readRepeated(schema: ParameterSchema, { values }: RepeatedField, path: string): unknown {
  if (schema.type === 'array')
    return readArray(
      schema,
      values.flatMap((value) => parseList(value, schema)),
      path,
    );
  if (schema.joins !== undefined) return readValue(schema, values.join(schema.joins), path);
  throw new ApiError('invalid', `${path} must be given once`);
}

function readBoolean(given: unknown): unknown {
  if (typeof given === 'object') return given;
  const text = String(given).toLowerCase();
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  return given;
}

function readString(schema: ParameterSchema, given: unknown, path: string): unknown {
  if (schema.joins !== undefined && Array.isArray(given)) return readJoined(schema, given, path);
  if (typeof given === 'object') return given;
  const text = schema.trim ? String(given).trim() : String(given);
  checkStorable(text, path);
  return text;
}

/** Joins a list of texts and numbers; any other element is left to the check. */
function readJoined(schema: ParameterSchema, given: readonly unknown[], path: string): unknown {
  if (given.length === 0) return undefined;
  if (!given.every((entry) => typeof entry === 'string' || typeof entry === 'number')) return given;
  return readString(schema, given.join(schema.joins), path);
}

function readEnumeration(schema: ParameterSchema, given: unknown): unknown {
  if (typeof given === 'object') return given;
  const text = String(given).trim().toLowerCase();
  const known = schema.enum?.find((value) => String(value).toLowerCase() === text);
  const spellings = schema.spellings ?? {};
  return known ?? (Object.hasOwn(spellings, text) ? spellings[text] : given);
}

function readArray(schema: ParameterSchema, given: unknown, path: string): unknown {
  const items = typeof given === 'string' ? parseList(given, schema) : given;
  if (!Array.isArray(items)) return given;
  if (items.length === 0) return undefined;
  const limited = items.slice(0, (schema.maxItems ?? items.length) + 1);
  return limited.map((item, index) => readValue(schema.items ?? {}, item, `${path}[${index}]`));
}

/** Reads a list from one field of a form, as JSON text or with separators. */
function parseList(text: string, { separator, entryStart = '' }: ParameterSchema): unknown {
  const structure = parseStructure(text);
  if (structure !== undefined) return structure;
  return separator === undefined ? text : text.split(new RegExp(`${separator}(?=${entryStart})`));
}

/** Returns the list or object in a JSON text, if it is one: a text that only looks like a number stays a text. */
function parseStructure(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPlainObject(value: unknown): value is Parameters {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface ValidationError {
  keyword: string;
  instancePath: string;
  params: object;
}

/** Returns one sentence about the first error, in the names of the wire: the parameter, then its allowed values. */
function complaint(schema: TObject, errors: readonly ValidationError[]): string {
  const first = errors[0];
  if (first === undefined) return 'invalid request';
  const steps = first.instancePath.split('/').slice(1);
  if (first.keyword === 'required') {
    const missing = (first.params as { requiredProperties: readonly string[] }).requiredProperties[0] ?? '';
    return `${parameterName([...steps, missing])} is required`;
  }
  return `${parameterName(steps)} must be ${expectation(schemaAt(schema as ParameterSchema, steps))}`;
}

function parameterName(steps: readonly string[]): string {
  return steps
    .map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}

function schemaAt(schema: ParameterSchema, steps: readonly string[]): ParameterSchema {
  return steps.reduce<ParameterSchema>((at, step) => at.items ?? at.properties?.[step] ?? {}, schema);
}

function expectation(schema: ParameterSchema): string {
  if (schema.expected !== undefined) return schema.expected;
  if (schema.enum !== undefined) return `one of ${schema.enum.join(', ')}`;
  switch (schema.type) {
    case 'boolean':
      return 'a boolean';
    case 'integer':
      return `a whole number${rangeText(schema.minimum, schema.maximum)}`;
    case 'array':
      return schema.maxItems === undefined ? 'a list' : `a list of at most ${schema.maxItems} entries`;
    case 'object':
      return 'an object';
    default:
      return `a text${schema.maxLength === undefined ? '' : ` of ${schema.minLength ?? 0} to ${schema.maxLength} characters`}`;
  }
}

function rangeText(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of ${minimum} or more`;
  return maximum === undefined ? '' : ` of ${maximum} or less`;
}
