// Templates: texts with `{placeholders}` that stand for facts of a message or for secrets. Pure.

/** The value of a placeholder. */
type Value = string | number | boolean | readonly string[];

/** Facts by placeholder. One that is not here is empty. */
export type Values = Readonly<Record<string, Value | undefined>>;

/** A text taken apart: what stands as it is, and names of placeholders. */
export type Template = readonly (string | { readonly placeholder: string })[];

/** Names of a message's placeholders (docs/carriers/http.md). Those of secrets begin with `secret.`. */
export const placeholders = [
  'reference',
  'attempt',
  'sender',
  '+sender',
  'destination',
  '+destination',
  'country',
  'text',
  'text_utf16_hex',
  'media_urls',
  'segments',
  'encoding',
  'unicode',
  'expires_seconds',
  'expires_minutes',
  'expires_at',
  'report_url',
  'inbound_url',
  'dlt_entity_id',
  'dlt_template_id',
  'dlt_template_category',
] as const;

/** Those whose value differs from one attempt to the next. */
export const changingPlaceholders: readonly string[] = ['attempt', 'expires_seconds', 'expires_minutes'];

const secretPrefix = 'secret.';
const pattern = /\{([+\w.]+)\}/;

/** Takes a text apart. Braces that hold no placeholder stand as they are. */
export function parseTemplate(text: string): Template {
  return text
    .split(pattern)
    .map((piece, index) => (index % 2 === 0 ? piece : { placeholder: piece }))
    .filter((piece) => piece !== '');
}

/** Returns the first placeholder of a template that stands for nothing, where there is one. Secrets are not looked at. */
export function findUnknown(template: Template): string | undefined {
  return namesIn(template).find(
    (name) => !name.startsWith(secretPrefix) && !placeholders.some((known) => known === name),
  );
}

/** Returns the placeholders of a template. */
export function namesIn(template: Template): readonly string[] {
  return template.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.placeholder]));
}

/** Returns the placeholders that stand for these secrets. */
export function secretValues(secrets: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(Object.entries(secrets).map(([name, value]) => [secretPrefix + name, value]));
}

/** Fills a template; each value passes through `encode` first. The entries of a list are separated by commas. */
export function fill(
  template: Template,
  values: Values,
  encode: (text: string) => string = (text) => text,
): string {
  return template
    .map((piece) => (typeof piece === 'string' ? piece : encode(textOf(values[piece.placeholder]))))
    .join('');
}

/** Fills a template; one that is a single placeholder keeps the type of its value. */
export function fillTyped(template: Template, values: Values): Value {
  const [first, ...rest] = template;
  if (first === undefined || typeof first === 'string' || rest.length > 0) return fill(template, values);
  return values[first.placeholder] ?? '';
}

function textOf(value: Value | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? value.join(',') : String(value);
}
