// Multipart bodies for tests, part by part.

export const boundary = 'xyz';

export const multipartType = `multipart/form-data; boundary=${boundary}`;

export interface Part {
  /** The lines of its head, without the line ends. */
  readonly head: readonly string[];
  readonly content: string | Uint8Array;
}

/** Returns a part of a form with a file, as most clients write it. */
export function filePart(name: string, contentType: string, content: string | Uint8Array): Part {
  const disposition = `Content-Disposition: form-data; name="file"; filename="${name}"`;
  return { head: [disposition, `Content-Type: ${contentType}`], content };
}

/** Returns the body with these parts. Texts are written as latin1, so that tests can compare every byte. */
export function multipartBody(parts: readonly Part[]): Buffer {
  return Buffer.concat([...parts.map(partBytes), latin1(`--${boundary}--\r\n`)]);
}

/** Returns a part with the boundary before it and the line end after it. */
export function partBytes({ head, content }: Part): Buffer {
  const bytes = typeof content === 'string' ? latin1(content) : content;
  return Buffer.concat([latin1(`--${boundary}\r\n${head.join('\r\n')}\r\n\r\n`), bytes, latin1('\r\n')]);
}

const latin1 = (text: string) => Buffer.from(text, 'latin1');
