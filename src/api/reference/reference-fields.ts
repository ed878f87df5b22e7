// Lists of fields for the reference: names, types and descriptions.
import { type Html, html, inlineCode } from './html.ts';
import { type JsonSchema, referredName } from './published-schema.ts';

type Field = readonly [name: string, schema: JsonSchema];

/** Returns a list of fields. Fields of a nested object follow it, with their whole path as name. */
export function fieldList(fields: readonly Field[], required: readonly string[]): Html {
  return html`<dl>${fields.flatMap(([name, schema]) => rows(name, schema, required.includes(name)))}</dl>`;
}

function rows(name: string, schema: JsonSchema, isRequired: boolean): Html[] {
  const row = html`<div><dt><code>${name}</code> <span class="type">${typeText(schema)}</span>${isRequired ? html` <b>required</b>` : undefined}</dt>${
    schema.description === undefined ? undefined : html`<dd>${inlineCode(schema.description)}</dd>`
  }</div>\n`;
  const [path, inner] = schema.items === undefined ? [name, schema] : [`${name}[]`, schema.items];
  const below = Object.entries(inner.properties ?? {});
  return [
    row,
    ...below.flatMap(([below, schema]) =>
      rows(`${path}.${below}`, schema, inner.required?.includes(below) === true),
    ),
  ];
}

/** Returns a link to a schema, with its name as text. */
export function schemaLink(reference: string): Html {
  const name = referredName(reference);
  return html`<a href="#schema-${name}">${name}</a>`;
}

function typeText(schema: JsonSchema): Html | string {
  if (schema.$ref !== undefined) return schemaLink(schema.$ref);
  if (schema.const !== undefined) return html`always <code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum !== undefined) return html`${schema.enum.map(choice)}`;
  const types = [schema.type ?? 'any'].flat();
  const [type] = types;
  if (type === 'array' && schema.items !== undefined) return html`list of ${pluralText(schema.items)}`;
  return `${types.join(' or ')}${rangeText(schema)}`;
}

function pluralText(items: JsonSchema): Html | string {
  return typeof items.type === 'string' && items.enum === undefined ? `${items.type}s` : typeText(items);
}

function choice(value: unknown, index: number): Html {
  return html`${index === 0 ? '' : ' or '}<code>${JSON.stringify(value)}</code>`;
}

/** Returns limits in words. The largest whole number of the database is not shown as a limit. */
function rangeText({ minLength, maxLength, minimum, maximum, default: standard }: JsonSchema): string {
  const parts: string[] = [];
  if (maxLength !== undefined) {
    parts.push(`${minLength === undefined ? 'at most' : `${minLength} to`} ${maxLength} characters`);
  }
  if (minimum !== undefined && maximum === largestInteger) parts.push(`${minimum} or more`);
  else if (minimum !== undefined && maximum !== undefined) parts.push(`${minimum} to ${maximum}`);
  if (standard !== undefined) parts.push(`default ${standard}`);
  return parts.map((part) => `, ${part}`).join('');
}

const largestInteger = 2 ** 31 - 1;
