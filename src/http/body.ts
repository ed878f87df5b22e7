// Reads a request body, in whichever of its forms it came, into one plain object of parameters.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { ApiError } from '../base/errors.ts';

/** Largest body that is read, in bytes. */
export const bodyLimitBytes = 1024 * 1024;

export type Parameters = Record<string, unknown>;

const maxFormFields = 1000;

/**
 * The parameters in a body: JSON, `application/x-www-form-urlencoded` or `multipart/form-data`. Nothing, white space,
 * `""`, `null` and `{}` all mean "no parameters", whatever the content type says (wire-control-plane 1.2).
 * A body without a content type, or a form that begins with `{`, is read as JSON: that is curl without `-H`.
 * @throws ApiError invalid when the body is not what it claims to be.
 */
export async function readParameters(contentType: string | undefined, body: Buffer): Promise<Parameters> {
  if (body.length === 0) return {};
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'multipart/form-data') return readMultipart(contentType as string, body);

  const text = decodeUtf8(body).trim();
  if (text === '') return {};
  const isForm = type === 'application/x-www-form-urlencoded' && !text.startsWith('{');
  return isForm ? readQuery(text) : readJson(text);
}

/** The parameters of a query string or an urlencoded form. Of a name given twice the last value counts. */
export function readQuery(query: string): Parameters {
  if (query === '') return {};
  return Object.fromEntries(new URLSearchParams(query));
}

function decodeUtf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new ApiError('invalid', 'request body is not valid UTF-8');
  }
}

function readJson(text: string): Parameters {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ApiError('invalid', 'request body is not valid JSON');
  }
  if (value === null || value === '') return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new ApiError('invalid', 'request body must be a JSON object');
  }
  return value as Parameters;
}

async function readMultipart(contentType: string, body: Buffer): Promise<Parameters> {
  const fields = new Map<string, string>();
  try {
    const parser = new Busboy({
      headers: { 'content-type': contentType },
      limits: { fields: maxFormFields, fieldSize: bodyLimitBytes, files: 0 },
    });
    parser.on('field', (name, value) => fields.set(name, value));
    // A form without any part (Node SDK up to 4.13) has no closing boundary, which the parser takes for a broken one.
    if (body.includes('name=')) await pipeline(Readable.from([body]), parser);
  } catch {
    throw new ApiError('invalid', 'request body is not a valid multipart form');
  }
  return Object.fromEntries(fields);
}
