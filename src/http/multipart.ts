// Reads forms of type `multipart/form-data` (RFC 7578): their fields and, where the endpoint takes them, their files.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import { ApiError } from '../base/errors.ts';

/** The files of a body: parts of a `multipart/form-data` body, all with the same name. */
export interface FileField {
  readonly field: string;
  readonly maxFiles: number;
  /** Size limit of each file. */
  readonly maxBytes: number;
}

/** A received file. */
export interface ReceivedFile {
  /** Without directories; empty when the part has no file name. */
  readonly name: string;
  /** Without parameters; `text/plain` when the part has none (RFC 7578 section 4.4). */
  readonly contentType: string;
  /** Empty when the file is too large. */
  readonly content: Buffer;
  /** Larger than the field allows. */
  readonly isTooLarge: boolean;
}

const maxFormFields = 1000;
/** The parser hangs in a part that it skips when more than 16 KiB of it arrive together with its end. */
const pieceBytes = 8 * 1024;

/**
 * Reads the fields and the wanted files of a multipart form, each in order.
 * @param maxFieldBytes size limit of each field.
 * @param wanted the files to read; others are skipped.
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
      // A part with the field's name is a file, even without a file name.
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
    // For a part without a file name the parser passes undefined, whatever its types say.
    parser.on('file', (field, stream, name: string | undefined, _encoding, type) => {
      const file = readFile(stream, name ?? '', type);
      if (field === wanted?.field) files.push(file);
    });
    parser.on('filesLimit', () => {
      hasTooMany = wanted !== undefined;
    });
    // A form without any part (Node SDK up to 4.13) has no closing boundary, which the parser takes for a broken one. It stops
    // at the first closing boundary: Go's SDK writes one after every file (wire-data-plane 6.2).
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

/** Reads one file to its end, or skips it when it is too large. Never fails: the parser reports a broken form. */
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
