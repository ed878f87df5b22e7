// Reads a request body, in any of its forms, into one plain object of parameters, and files where the endpoint takes them.
import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { ApiError } from '../base/errors.ts';
import { type FileField, type ReceivedFile, readMultipart } from './multipart.ts';

/** Size limit of a body in bytes, without files. */
export const bodyLimitBytes = 1024 * 1024;

/** The headers that describe a body. */
interface BodyHeaders {
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
}

export type Parameters = Record<string, unknown>;

/** The values of a repeated field of a query or form, in order. */
export class RepeatedField {
  readonly values: readonly string[];

  constructor(values: readonly string[]) {
    this.values = values;
  }
}

/** Returns the parameters of named values; a repeated name is a `RepeatedField`. */
function gatherFields(fields: Iterable<readonly [name: string, value: string]>): Parameters {
  const values = new Map<string, string[]>();
  for (const [name, value] of fields) {
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  return Object.fromEntries(
    [...values].map(([name, given]) => [name, given.length === 1 ? given[0] : new RepeatedField(given)]),
  );
}

export interface BodyContent {
  readonly parameters: Parameters;
  readonly files: readonly ReceivedFile[];
}

/** Returns the size limit of a body with such files, in bytes: the files, and an ordinary body for the rest. */
export function fileBodyLimitBytes({ maxFiles, maxBytes }: FileField): number {
  return maxFiles * maxBytes + bodyLimitBytes;
}

/**
 * Returns the parameters in a body: JSON, `application/x-www-form-urlencoded` or `multipart/form-data`. Nothing, white space,
 * `""`, `null` and `{}` all mean "no parameters", whatever the content type is (wire-control-plane 1.2). A body without a
 * content type, or a form that begins with `{`, is read as JSON, as curl without `-H` sends it.
 * @param wanted the files that the endpoint takes, at least one of which is required; others are ignored.
 * @throws ApiError invalid when the body is compressed, is not of its content type, or has no file or too many of them.
 */
export async function readBody(
  { contentType, contentEncoding = 'identity' }: BodyHeaders,
  body: Buffer,
  wanted?: FileField,
): Promise<BodyContent> {
  if (body.length > 0 && contentEncoding.toLowerCase() !== 'identity') {
    throw new ApiError('invalid', 'Content-Encoding is not supported: send the request body as it is');
  }
  const content = await readContent(contentType, body, wanted);
  if (wanted !== undefined && content.files.length === 0) {
    throw new ApiError(
      'invalid',
      `${wanted.field} is required: send 1 to ${wanted.maxFiles} files of that name as multipart/form-data`,
    );
  }
  return content;
}

async function readContent(
  contentType: string | undefined,
  body: Buffer,
  wanted: FileField | undefined,
): Promise<BodyContent> {
  if (body.length === 0) return { parameters: {}, files: [] };
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'multipart/form-data') {
    const { fields, files } = await readMultipart(contentType as string, body, bodyLimitBytes, wanted);
    return { parameters: gatherFields(fields), files };
  }
  // Not parsed, however long it is: the required files are missing.
  if (wanted !== undefined) return { parameters: {}, files: [] };

  const text = decodeUtf8(body).trim();
  if (text === '') return { parameters: {}, files: [] };
  const isForm = type === 'application/x-www-form-urlencoded' && !text.startsWith('{');
  return { parameters: isForm ? readQuery(text) : readJson(text), files: [] };
}

/** Returns the parameters of a query string or an urlencoded form. */
export function readQuery(query: string): Parameters {
  if (query === '') return {};
  return gatherFields(new URLSearchParams(query));
}

function decodeUtf8(body: Buffer): string {
  if (!isUtf8(body)) throw new ApiError('invalid', 'request body is not valid UTF-8');
  return body.toString('utf8');
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

/**
 * Reads the body of a stream.
 * @throws ApiError tooLarge when it is longer than `limitBytes`; the rest stays unread, and the connection is closed.
 * @throws ApiError invalid when it ends early.
 */
export function collectBody(stream: Readable, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const collect = (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= limitBytes) return;
      stream.off('data', collect).pause();
      reject(bodyTooLarge(limitBytes));
    };
    const breakOff = () => reject(new ApiError('invalid', 'the request body ended early'));
    stream.on('data', collect);
    stream.once('end', () => {
      stream.off('close', breakOff);
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size));
    });
    stream.once('error', breakOff);
    stream.once('close', breakOff);
  });
}

/** Returns the error for a body that is larger than it may be. The rest of it is not read, so the connection is closed. */
export function bodyTooLarge(limitBytes: number): ApiError {
  const limit =
    limitBytes < bodyLimitBytes ? `${limitBytes / 1024} KiB` : `${limitBytes / bodyLimitBytes} MiB`;
  return new ApiError('tooLarge', `the request body is larger than ${limit}`, { connection: 'close' });
}
