// Makes samples for the description: requests and answers.
import { type JsonSchema, type Resolve, referredName } from './published-schema.ts';
import { sampleValues } from './sample-values.ts';

/** Returns a sample of a schema with all its properties: for answers. */
export function sampleAnswer(schema: JsonSchema, resolve: Resolve): unknown {
  return sample(schema, { resolve, owner: '', includesOptional: true });
}

/** Returns a sample of a schema with its required properties, unless a fuller one is listed: for requests. */
export function sampleRequest(schema: JsonSchema, resolve: Resolve): unknown {
  return sample(schema, { resolve, owner: '', includesOptional: false });
}

interface SampleContext {
  readonly resolve: Resolve;
  /** Name of the schema whose properties are being made. */
  readonly owner: string;
  /** Whether optional properties are made too. */
  readonly includesOptional: boolean;
}

/** Returns a listed value for a named schema, else its constant or default, else a value of its type. */
function sample(schema: JsonSchema, context: SampleContext): unknown {
  if (schema.$ref !== undefined) {
    const owner = referredName(schema.$ref);
    return sampleValues[owner] ?? sample(context.resolve(owner), { ...context, owner });
  }
  if (schema.allOf !== undefined)
    return Object.assign({}, ...schema.allOf.map((part) => sample(part, context)));
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return sampleObject(schema, context);
    case 'array':
      return describesValues(schema.items) ? [sample(schema.items, context)] : [];
    case 'string':
      return '';
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    default:
      return null;
  }
}

/** Returns whether a schema describes its values. */
function describesValues(schema: JsonSchema | undefined): schema is JsonSchema {
  return schema !== undefined && Object.keys(schema).length > 0;
}

function sampleObject({ properties = {}, required = [] }: JsonSchema, context: SampleContext): object {
  const wanted = Object.entries(properties).filter(
    ([name]) => context.includesOptional || required.includes(name),
  );
  return Object.fromEntries(
    wanted.map(([name, property]) => [name, sampleProperty(name, property, context)]),
  );
}

function sampleProperty(name: string, property: JsonSchema, context: SampleContext): unknown {
  for (const key of [`${context.owner}.${name}`, name]) {
    if (Object.hasOwn(sampleValues, key) && hasTypeOf(sampleValues[key], property)) return sampleValues[key];
  }
  return sample(property, context);
}

/**
 * Returns whether a sample value has the type of a schema: a name may mean other things elsewhere (`number` is a text here and
 * an object there).
 */
function hasTypeOf(value: unknown, { type, enum: values }: JsonSchema): boolean {
  if (values !== undefined) return values.includes(value);
  return type === undefined || [type].flat().includes(typeOf(value));
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' ? 'integer' : typeof value;
}
