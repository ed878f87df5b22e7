// The `Idempotency-Key` header: reading it, when two requests are the same, and which answers are stored. Pure.
import { createHash } from 'node:crypto';
import { daysBefore } from '../base/days.ts';
import { ApiError } from '../base/errors.ts';

const daysKept = 1;

/** Returns the time at or before which a key's first use has expired: keys are valid for 24 hours (semantics section 9). */
export function idempotencyStart(now: Date): Date {
  return daysBefore(now, daysKept);
}

/** How long a request waits for the end of the first one with its key, in milliseconds. */
export const firstRequestWaitMs = 10_000;

const printable = /^[\x20-\x7e]{1,255}$/;

/**
 * Returns the key of a request, unchanged.
 * @throws ApiError invalid unless it is 1 to 255 printable ASCII characters.
 */
export function readIdempotencyKey(header: string): string {
  if (printable.test(header)) return header;
  throw new ApiError('invalid', 'the header Idempotency-Key must be 1 to 255 printable ASCII characters');
}

export interface RequestContent {
  readonly method: string;
  /** The route, and the values of its segments. */
  readonly route: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: string;
  readonly contentType: string | undefined;
  readonly body: Buffer | undefined;
}

/**
 * Returns the SHA-256 of everything that a request asks for: equal for requests that are equal byte by byte, except for the
 * boundary of a multipart body, which clients choose anew each time.
 */
export function fingerprintOf(request: RequestContent): Uint8Array {
  const { method, route, pathParameters, query, contentType, body } = request;
  const parts = splitAt(body ?? Buffer.alloc(0), boundaryOf(contentType));
  // With the lengths of all parts, so that two different requests never give the same text.
  const head = JSON.stringify([method, route, pathParameters, query, parts.map(({ length }) => length)]);
  const hash = createHash('sha256').update(`${head}\n`);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Returns the boundary in a content type (RFC 2046 section 5.1.1). */
function boundaryOf(contentType: string | undefined): string | undefined {
  const named = /^multipart\/.*;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType ?? '');
  return named?.[1] ?? named?.[2];
}

/** More than a form may have fields. Everything after them is one part: otherwise a hostile body could have a million. */
const maxParts = 2000;

function splitAt(body: Buffer, boundary: string | undefined): Buffer[] {
  if (boundary === undefined) return [body];
  const parts: Buffer[] = [];
  let start = 0;
  for (let end = body.indexOf(boundary); end !== -1 && parts.length < maxParts; ) {
    parts.push(body.subarray(start, end));
    start = end + boundary.length;
    end = body.indexOf(boundary, start);
  }
  return [...parts, body.subarray(start)];
}

const settledRefusals: ReadonlySet<number> = new Set([400, 403, 404, 409]);

/** Returns whether an error with this status is about the request itself, and so is stored as the answer to its key. */
export function isFinalError(status: number): boolean {
  return settledRefusals.has(status);
}
