// The body of a request or a response as a recording keeps it. Pure.

/** JSON and form fields are kept as values, so that they can be masked and compared; other bodies as text, or not at all. */
export type RecordedBody =
  | { readonly none: true }
  | { readonly json: unknown }
  | { readonly form: Readonly<Record<string, string | readonly string[]>> }
  | { readonly text: string }
  | { readonly omitted: string };

/** The most of a body that a recording keeps as plain text, in characters. */
const maxText = 100_000;

/** Reads a body. One that cannot be kept is omitted with the reason: files, compressed bodies, long texts that are neither JSON nor a form. */
export function readRecordedBody(
  bytes: Uint8Array,
  contentType: string | undefined,
  contentEncoding: string | undefined,
): RecordedBody {
  if (bytes.length === 0) return { none: true };
  if (contentEncoding !== undefined && contentEncoding !== 'identity') {
    return { omitted: `encoded as ${contentEncoding}` };
  }
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const text = decode(bytes);
  if (text === undefined || type.startsWith('multipart/')) return { omitted: type || 'not text' };
  if (type === 'application/x-www-form-urlencoded') return { form: readForm(text) };
  const json = parseJson(text);
  if (json !== undefined) return { json: json.value };
  return text.length > maxText ? { omitted: `a text of ${text.length} characters` } : { text };
}

/** Returns what is sent again for a recorded body: its type and text; `undefined` for none, and for one that was omitted. */
export function writeBody(body: RecordedBody): { readonly type: string; readonly text: string } | undefined {
  if ('json' in body) return { type: 'application/json', text: JSON.stringify(body.json) };
  if ('form' in body) return { type: 'application/x-www-form-urlencoded', text: writeForm(body.form) };
  if ('text' in body) return { type: 'text/plain', text: body.text };
  return undefined;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function readForm(text: string): Record<string, string | string[]> {
  const fields = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(fields.keys())].map((name) => {
      const values = fields.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

function writeForm(form: Readonly<Record<string, string | readonly string[]>>): string {
  const fields = Object.entries(form).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  return new URLSearchParams(fields).toString();
}
