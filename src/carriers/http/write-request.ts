// The request that asks a carrier to send a message, written from its template. Pure.
import { readUrl } from '../../base/read-url.ts';
import { fill, fillTyped, type Template, type Values } from './template.ts';

/** A request to a carrier as it goes over the wire. */
export interface CarrierRequest {
  readonly method: 'GET' | 'POST';
  /** Scheme, host and port. */
  readonly origin: string;
  /** Host without the brackets of IPv6. */
  readonly hostname: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** A named value of a form, a query or the headers. */
export interface FieldTemplate {
  readonly name: string;
  readonly value: Template;
  /** Whether it is left out when its value is empty: in the file its name ends in `?`. */
  readonly isOptional: boolean;
}

/** JSON whose texts are templates. */
export type JsonTemplate =
  | { readonly text: Template }
  | { readonly constant: number | boolean }
  | { readonly list: readonly JsonTemplate[] }
  | { readonly members: readonly JsonMember[] };

export interface JsonMember {
  readonly name: string;
  readonly value: JsonTemplate;
  readonly isOptional: boolean;
}

type BodyTemplate =
  | { readonly form: readonly FieldTemplate[] }
  | { readonly json: JsonTemplate }
  | { readonly xml: Template }
  | undefined;

export type AuthTemplate =
  | { readonly basic: readonly [name: Template, password: Template] }
  | { readonly bearer: Template }
  | undefined;

export interface RequestTemplate {
  readonly method: 'GET' | 'POST';
  readonly url: Template;
  readonly auth: AuthTemplate;
  readonly headers: readonly FieldTemplate[];
  readonly query: readonly FieldTemplate[];
  readonly body: BodyTemplate;
}

/**
 * Fills a request's template. In URLs and forms values are percent-encoded, in XML escaped.
 * @throws RangeError when a value would break a header, or the URL is none.
 */
export function writeRequest(template: RequestTemplate, values: Values): CarrierRequest {
  const url = urlOf(template, values);
  const body = template.body === undefined ? undefined : writeBody(template.body, values);
  return {
    method: template.method,
    origin: url.origin,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    path: `${url.pathname}${url.search}`,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': body.contentType }),
      ...authorizationOf(template.auth, values),
      ...headersOf(template.headers, values),
    },
    body: body?.text,
  };
}

function urlOf({ url: template, query }: RequestTemplate, values: Values): URL {
  const text = fill(template, values, encodeURIComponent);
  const url = readUrl(text);
  if (url === undefined) throw new RangeError('the URL of the request cannot be read');
  const more = writeFields(query, values);
  if (more !== '') url.search = url.search === '' ? more : `${url.search}&${more}`;
  return url;
}

/** Writes fields as a form; a list makes one field of the name for each of its entries. */
function writeFields(fields: readonly FieldTemplate[], values: Values): string {
  const form = new URLSearchParams();
  for (const { name, value, isOptional } of fields) {
    const filled = fillTyped(value, values);
    const texts = typeof filled === 'object' ? filled : [String(filled)];
    for (const text of texts) if (text !== '' || !isOptional) form.append(name, text);
  }
  return form.toString();
}

function writeBody(
  body: NonNullable<BodyTemplate>,
  values: Values,
): { readonly contentType: string; readonly text: string } {
  if ('form' in body) {
    return { contentType: 'application/x-www-form-urlencoded', text: writeFields(body.form, values) };
  }
  if ('json' in body) {
    return { contentType: 'application/json', text: JSON.stringify(jsonOf(body.json, values)) };
  }
  return { contentType: 'text/xml; charset=utf-8', text: fill(body.xml, values, escapeXml) };
}

function jsonOf(template: JsonTemplate, values: Values): unknown {
  if ('text' in template) return fillTyped(template.text, values);
  if ('constant' in template) return template.constant;
  if ('list' in template) return template.list.map((entry) => jsonOf(entry, values));
  const members = template.members
    .map(({ name, value, isOptional }) => ({ name, value: jsonOf(value, values), isOptional }))
    .filter(({ value, isOptional }) => !isOptional || !isEmpty(value));
  return Object.fromEntries(members.map(({ name, value }) => [name, value]));
}

const isEmpty = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.length === 0);

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');

/** Returns the header with a carrier's credentials, if there are any. */
export function authorizationOf(auth: AuthTemplate, values: Values): Record<string, string> {
  if (auth === undefined) return {};
  if ('bearer' in auth) return { Authorization: requireHeaderValue(`Bearer ${fill(auth.bearer, values)}`) };
  const credentials = auth.basic.map((part) => fill(part, values)).join(':');
  return { Authorization: `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}` };
}

function headersOf(headers: readonly FieldTemplate[], values: Values): Record<string, string> {
  const filled = headers
    .map(({ name, value, isOptional }) => ({ name, text: fill(value, values), isOptional }))
    .filter(({ text, isOptional }) => text !== '' || !isOptional);
  return Object.fromEntries(filled.map(({ name, text }) => [name, requireHeaderValue(text)]));
}

/** Signs that a header's value may have (RFC 9110 section 5.5): a line break would begin another header. */
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

function requireHeaderValue(text: string): string {
  if (!headerValue.test(text))
    throw new RangeError('a header of the request would hold signs that no header may have');
  return text;
}
