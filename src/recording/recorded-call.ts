// A recording: a file with one recorded call a line, each a request and its response, masked.
import { createReadStream } from 'node:fs';
import { OperatorError } from '../base/errors.ts';
import { linesOf } from '../base/lines.ts';
import type { RecordedBody } from './recorded-body.ts';

export interface RecordedCall {
  /** When the request came, ISO 8601. */
  readonly at: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly request: RecordedBody;
  readonly status: number;
  readonly response: RecordedBody;
  /** How long the response took, in milliseconds. */
  readonly ms: number;
}

/**
 * Reads the calls of a recording, in their order.
 * @throws OperatorError when the file cannot be read, or names the first line that is no recorded call.
 */
export async function* readRecording(path: string): AsyncGenerator<RecordedCall> {
  const lines = linesOf(createReadStream(path, 'utf8') as AsyncIterable<string>);
  let count = 0;
  try {
    for await (const line of lines) {
      count += 1;
      if (line.trim() !== '') yield parseCall(line, `${path}, line ${count}`);
    }
  } catch (error) {
    if (error instanceof OperatorError || !(error instanceof Error && 'code' in error)) throw error;
    throw new OperatorError(`${path} cannot be read (${String(error.code)})`);
  }
}

function parseCall(line: string, where: string): RecordedCall {
  const call = parse(line);
  const isCall =
    call !== undefined &&
    typeof call.method === 'string' &&
    typeof call.target === 'string' &&
    call.target.startsWith('/') &&
    typeof call.status === 'number' &&
    isBody(call.request) &&
    isBody(call.response);
  if (!isCall) throw new OperatorError(`${where}: this is no recorded call`);
  return call as RecordedCall;
}

function parse(line: string): Partial<RecordedCall> | undefined {
  try {
    const call: unknown = JSON.parse(line);
    return typeof call === 'object' && call !== null ? call : undefined;
  } catch {
    return undefined;
  }
}

const isBody = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  ['none', 'json', 'form', 'text', 'omitted'].some((kind) => kind in body);
