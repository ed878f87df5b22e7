// Makes samples for the description: requests and answers.
import { type JsonSchema, type Resolve, referredName } from './published-schema.ts';
import { sampleValues } from './sample-values.ts';

/** Returns a sample of a schema with all its properties: for answers. */
export function sampleAnswer(schema: JsonSchema, resolve: Resolve): unknown {
  return sample(schema, { resolve, owner: '', isWhole: true });
}

/** Returns a sample of a schema with its required properties, unless a fuller one is listed: for requests. */
export function sampleRequest(schema: JsonSchema, resolve: Resolve): unknown {
  return sample(schema, { resolve, owner: '', isWhole: false });
}

interface Making {
  readonly resolve: Resolve;
  /** Name of the schema whose properties are being made. */
  readonly owner: string;
  /** Whether optional properties are made too. */
  readonly isWhole: boolean;
}

function sample(schema: JsonSchema, making: Making): unknown {
  if (schema.$ref !== undefined) {
    const owner = referredName(schema.$ref);
    return sampleValues[owner] ?? sample(making.resolve(owner), { ...making, owner });
  }
  if (schema.allOf !== undefined)
    return Object.assign({}, ...schema.allOf.map((part) => sample(part, making)));
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return sampleObject(schema, making);
    case 'array':
      return describesValues(schema.items) ? [sample(schema.items, making)] : [];
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

function sampleObject({ properties = {}, required = [] }: JsonSchema, making: Making): object {
  const wanted = Object.entries(properties).filter(([name]) => making.isWhole || required.includes(name));
  return Object.fromEntries(wanted.map(([name, property]) => [name, sampleProperty(name, property, making)]));
}

function sampleProperty(name: string, property: JsonSchema, making: Making): unknown {
  for (const key of [`${making.owner}.${name}`, name]) {
    if (Object.hasOwn(sampleValues, key) && mayStandFor(sampleValues[key], property))
      return sampleValues[key];
  }
  return sample(property, making);
}

/**
 * Returns whether a sample value has the type of a schema: a name may mean other things elsewhere (`number` is a text here and
 * an object there).
 */
function mayStandFor(value: unknown, { type, enum: values }: JsonSchema): boolean {
  if (values !== undefined) return values.includes(value);
  return type === undefined || [type].flat().includes(typeOf(value));
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' ? 'integer' : typeof value;
}
