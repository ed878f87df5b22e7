// How an entry says what a carrier is asked: a request, and what changes in it for UCS-2 and for MMS. Pure.
import { z } from 'zod';
import { issueInWords } from '../complaint.ts';
import { forwardIssues } from './forward-issues.ts';
import { isObject, mergePatch } from './merge-patch.ts';
import { parsed } from './parsed.ts';
import { findUnknown, namesIn, parseTemplate, type Template } from './template.ts';
import type { FieldTemplate, JsonMember, JsonTemplate, RequestTemplate } from './write-request.ts';

/** The request of each kind of message. */
export interface SendTemplates {
  readonly gsm7: RequestTemplate;
  readonly ucs2: RequestTemplate;
  /** `undefined` where the entry does not say how an MMS is sent. */
  readonly mms: RequestTemplate | undefined;
}

const maxLength = 2000;
const maxDepth = 10;

/** Takes a text apart whose placeholders must be known; those of secrets are checked with the whole entry. */
function templateOf(text: string): Template {
  const parsed = parseTemplate(text);
  const unknown = findUnknown(parsed);
  if (unknown !== undefined) throw new SyntaxError(`has {${unknown}}, which is no placeholder`);
  return parsed;
}

const template = parsed(z.string().max(maxLength), templateOf);

/** A number, a word of JSON or a text: all of them are texts in a form. */
const scalar = parsed(z.unknown(), (given): Template => {
  if (typeof given === 'number' || typeof given === 'boolean') return [String(given)];
  if (typeof given === 'string' && given.length <= maxLength) return templateOf(given);
  throw new SyntaxError('must be a text or a number');
});

const isOptionalName = (name: string): boolean => name.endsWith('?');
const plainName = (name: string): string => name.replace(/\?$/, '');

/** Named values; a name that ends in `?` is left out when its value is empty. */
const fields = z.record(z.string().min(1).max(100), scalar).transform((given): readonly FieldTemplate[] =>
  Object.entries(given).map(([name, value]) => ({
    name: plainName(name),
    value,
    isOptional: isOptionalName(name),
  })),
);

const json = parsed(z.unknown(), (given) => jsonTemplateOf(given, 0));

/** @throws SyntaxError for a placeholder that there is not, for `null`, and for what lies too deep. */
function jsonTemplateOf(given: unknown, depth: number): JsonTemplate {
  if (depth > maxDepth) throw new SyntaxError(`is deeper than ${maxDepth} levels`);
  if (typeof given === 'string') return { text: templateOf(given) };
  if (typeof given === 'number' || typeof given === 'boolean') return { constant: given };
  if (Array.isArray(given)) return { list: given.map((entry) => jsonTemplateOf(entry, depth + 1)) };
  if (!isObject(given)) throw new SyntaxError('must hold texts, numbers, true, false, lists and objects');
  const members = Object.entries(given).map(
    ([name, value]): JsonMember => ({
      name: plainName(name),
      value: jsonTemplateOf(value, depth + 1),
      isOptional: isOptionalName(name),
    }),
  );
  return { members };
}

/** An entry is shown by the API, and its secrets are not: they stand in `secrets`. */
const secretTemplate = template.refine(
  (given) => namesIn(given).some((name) => name.startsWith('secret.')),
  'must have a {secret.NAME}, whose value stands in secrets',
);

/** `basic` or `bearer` of an entry. */
export const authSchema = z
  .strictObject({ basic: z.tuple([template, secretTemplate]), bearer: secretTemplate })
  .partial()
  .refine((given) => Object.keys(given).length === 1, 'must be basic or bearer')
  .transform(({ basic, bearer }) => (basic !== undefined ? { basic } : { bearer: bearer ?? [] }));

const request = z
  .strictObject({
    method: z.enum(['GET', 'POST']).default('POST'),
    url: template.refine(
      ([first]) => typeof first === 'string' && /^https?:\/\/./.test(first),
      'must begin with http:// or https://',
    ),
    auth: authSchema.optional(),
    headers: fields.default([]),
    query: fields.default([]),
    form: fields.optional(),
    json: json.optional(),
    xml: template.optional(),
  })
  .refine(({ method, form, json: document, xml }) => {
    const bodies = [form, document, xml].filter((body) => body !== undefined).length;
    return bodies === 0 || (bodies === 1 && method === 'POST');
  }, 'must have one of form, json and xml at most, and none where the method is GET')
  .transform(({ method, url, auth: proof, headers, query, form, json: document, xml }): RequestTemplate => {
    const body =
      form !== undefined
        ? { form }
        : document !== undefined
          ? { json: document }
          : xml !== undefined
            ? { xml }
            : undefined;
    return { method, url, auth: proof, headers, query, body };
  });

/** `send` of an entry: `ucs2` and `mms` are merged over the request (RFC 7396). */
export const sendSchema = z
  .looseObject({
    ucs2: z.record(z.string(), z.unknown()).optional(),
    mms: z.record(z.string(), z.unknown()).optional(),
  })
  .transform(({ ucs2, mms, ...base }, context): SendTemplates => {
    const read = (patch: object | undefined, path: string[]): RequestTemplate => {
      const { success, data, error } = request.safeParse(mergePatch(base, patch ?? {}), {
        error: issueInWords,
      });
      if (success) return data;
      forwardIssues(error.issues, context, path);
      return z.NEVER;
    };
    return {
      gsm7: read(undefined, []),
      ucs2: read(ucs2, ['ucs2']),
      mms: mms === undefined ? undefined : read(mms, ['mms']),
    };
  });
