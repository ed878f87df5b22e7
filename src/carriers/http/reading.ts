// Readings: where in an answer or a webhook a value stands, as a carrier's entry says it. Pure.
import { storableText } from '../../base/storable-text.ts';
import { parseJson } from './parse-json.ts';

/**
 * `/a/0/b` points into JSON (RFC 6901; `*` is every element of a list), `form:NAME`, `query:NAME` and `header:NAME` name a field
 * (`form:Media0..9` ten of them), `regex:…` is the group of a regular expression over the body.
 */
export type Reading =
  | { readonly pointer: readonly string[] }
  | { readonly form: readonly string[] }
  | { readonly query: readonly string[] }
  | { readonly header: string }
  | { readonly regex: RegExp };

const maxRegexLength = 200;
/** The most characters of a body that a regular expression sees. */
const maxSearched = 64 * 1024;
const maxRange = 20;

/**
 * Takes a reading apart.
 * @throws SyntaxError with what is wrong, as the end of the sentence "KEY …".
 */
export function parseReading(text: string): Reading {
  if (text === '' || text.startsWith('/')) return { pointer: parsePointer(text) };
  const [kind = ''] = text.split(':', 1);
  const rest = text.slice(kind.length + 1);
  if (rest === '') throw new SyntaxError(readingForms);
  if (kind === 'form') return { form: parseNames(rest) };
  if (kind === 'query') return { query: parseNames(rest) };
  if (kind === 'header') return { header: rest.toLowerCase() };
  if (kind === 'regex') return { regex: parseRegex(rest) };
  throw new SyntaxError(readingForms);
}

const readingForms =
  'must be a JSON pointer (/a/0/b), form:NAME, query:NAME, header:NAME or regex:EXPRESSION';

function parsePointer(text: string): readonly string[] {
  if (/~(?![01])/.test(text)) throw new SyntaxError('is no JSON pointer: ~ stands before 0 or 1 only');
  return text
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Returns the names of fields: of `Media0..9`, Media0 to Media9. */
function parseNames(text: string): readonly string[] {
  const [, name, first, last] = /^(.*?)(\d+)\.\.(\d+)$/.exec(text) ?? [];
  if (name === undefined) return [text];
  const count = Number(last) - Number(first) + 1;
  if (count < 1 || count > maxRange) throw new SyntaxError(`must name 1 to ${maxRange} fields`);
  return Array.from({ length: count }, (_, index) => `${name}${Number(first) + index}`);
}

/**
 * Makes a regular expression of an entry: short and without references back and looks around.
 * @throws SyntaxError when it is none, as `parseReading` does.
 */
export function parseRegex(source: string): RegExp {
  if (source.length > maxRegexLength) throw new SyntaxError(`must have at most ${maxRegexLength} characters`);
  if (/\\[1-9k]|\(\?<?[=!]/.test(source)) throw new SyntaxError('must not refer back or look around');
  try {
    return new RegExp(source);
  } catch {
    throw new SyntaxError('is no regular expression');
  }
}

/** The source of values: an answer or a webhook, or one event of a webhook that carries several. */
export interface Source {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly form: () => URLSearchParams;
  /** The JSON that pointers point into; `undefined` where the body is none. */
  readonly json: () => unknown;
}

/** Makes a source; its body is parsed once, and only where it is asked for. Names of headers are in small letters. */
export function makeSource(headers: Source['headers'], query: string, body: string): Source {
  let form: URLSearchParams | undefined;
  let json: { readonly value: unknown } | undefined;
  return {
    headers,
    query: new URLSearchParams(query),
    body,
    form() {
      form ??= new URLSearchParams(body);
      return form;
    },
    json() {
      json ??= { value: tryParse(body) };
      return json.value;
    },
  };
}

function tryParse(body: string): unknown {
  try {
    return parseJson(body);
  } catch {
    return undefined;
  }
}

/** Returns the source of each event that `each` points to; without `each` the whole is one. */
export function splitSource(source: Source, each: Reading | undefined): readonly Source[] {
  if (each === undefined) return [source];
  if (!('pointer' in each)) return [];
  return follow(source.json(), each.pointer).flatMap((element) =>
    element === undefined ? [] : [{ ...source, json: () => element }],
  );
}

/**
 * Returns all values of a reading as the database can store them, `undefined` where one is missing, so that places of two readings agree. NULs
 * are dropped.
 */
export function readAll(source: Source, reading: Reading): readonly (string | undefined)[] {
  return valuesOf(source, reading).map((value) => value && storableText(value, ''));
}

function valuesOf(source: Source, reading: Reading): readonly (string | undefined)[] {
  if ('pointer' in reading) return follow(source.json(), reading.pointer).map(textOf);
  if ('form' in reading) return reading.form.map((name) => source.form().get(name) ?? undefined);
  if ('query' in reading) return reading.query.map((name) => source.query.get(name) ?? undefined);
  if ('header' in reading) return [source.headers[reading.header]];
  const match = reading.regex.exec(source.body.slice(0, maxSearched));
  return [match?.[1] ?? match?.[0]];
}

/** Returns the first value of a reading that is there and not empty. */
export function readFirst(source: Source, reading: Reading | undefined): string | undefined {
  if (reading === undefined) return undefined;
  return readAll(source, reading).find((value) => value !== undefined && value !== '');
}

function follow(value: unknown, [token, ...rest]: readonly string[]): readonly unknown[] {
  if (token === undefined) return [value];
  if (token === '*') return Array.isArray(value) ? value.flatMap((element) => follow(element, rest)) : [];
  const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, token);
  if (!isThere || (Array.isArray(value) && !/^\d+$/.test(token))) return [undefined];
  return follow((value as Readonly<Record<string, unknown>>)[token], rest);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
