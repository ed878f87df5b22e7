// Reads forms of type `multipart/form-data` (RFC 7578): their fields and, where they are wanted, their files.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import { ApiError } from '../base/errors.ts';

/** The files that a body may carry: parts of a `multipart/form-data` body, all with the same name. */
export interface FileField {
  readonly field: string;
  readonly maxFiles: number;
  /** Of each file. */
  readonly maxBytes: number;
}

/** A file as it was sent. */
export interface ReceivedFile {
  /** Without directories; empty when the part names no file. */
  readonly name: string;
  /** Without parameters; `text/plain` when the part names none (RFC 7578 section 4.4). */
  readonly contentType: string;
  /** Empty when the file is too large. */
  readonly content: Buffer;
  /** Larger than the field allows. */
  readonly isTooLarge: boolean;
}

const maxFormFields = 1000;
/** The parser never comes back from a part that it skips when more than 16 KiB of it arrive together with its end. */
const pieceBytes = 8 * 1024;

/**
 * The fields and the wanted files of a multipart form, each in the order in which they came.
 * @param maxFieldBytes of each field.
 * @param wanted the files to read; others are let pass.
 * @throws ApiError invalid when it is no such form, or has too many files.
 */
export async function readMultipart(
  contentType: string,
  body: Buffer,
  maxFieldBytes: number,
  wanted: FileField | undefined,
): Promise<{ fields: [name: string, value: string][]; files: ReceivedFile[] }> {
  const fields: [name: string, value: string][] = [];
  const files: Promise<ReceivedFile>[] = [];
  let hasTooMany = false;
  try {
    const parser = new Busboy({
      headers: { 'content-type': contentType },
      // What is sent under the field's name is a file, even if it has no name of its own.
      isPartAFile: (field, _type, name) =>
        name !== undefined || (wanted !== undefined && field === wanted.field),
      limits: {
        fields: maxFormFields,
        fieldSize: maxFieldBytes,
        files: wanted?.maxFiles ?? 0,
        fileSize: wanted?.maxBytes ?? 0,
      },
    });
    parser.on('field', (name, value) => fields.push([name, value]));
    // Of a part without a file name the parser tells none, whatever its types say.
    parser.on('file', (field, stream, name: string | undefined, _encoding, type) => {
      const file = readFile(stream, name ?? '', type);
      if (field === wanted?.field) files.push(file);
    });
    parser.on('filesLimit', () => {
      hasTooMany = wanted !== undefined;
    });
    // A form without any part (Node SDK up to 4.13) has no closing boundary, which the parser takes for a broken one. It stops
    // at the first closing boundary: Go's SDK writes one behind every file (wire-data-plane 6.2).
    if (body.includes('name=')) await pipeline(Readable.from(piecesOf(body)), parser);
  } catch {
    throw new ApiError('invalid', 'request body is not a valid multipart form');
  }
  if (hasTooMany) throw new ApiError('invalid', `at most ${wanted?.maxFiles} files may be sent at once`);
  return { fields, files: await Promise.all(files) };
}

function* piecesOf(body: Buffer): Iterable<Buffer> {
  for (let start = 0; start < body.length; start += pieceBytes)
    yield body.subarray(start, start + pieceBytes);
}

/** Reads one file to its end, or lets it pass when it is too large. It does not fail: a broken form is the parser's to tell. */
function readFile(stream: BusboyFileStream, name: string, contentType: string): Promise<ReceivedFile> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    // Without a listener an unfinished part would end the process.
    stream.on('error', () => undefined);
    stream.on('end', () => {
      const isTooLarge = stream.truncated;
      const content = isTooLarge ? Buffer.alloc(0) : Buffer.concat(chunks);
      resolve({ name, contentType, content, isTooLarge });
    });
  });
}
