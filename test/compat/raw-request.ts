// Sends HTTP requests exactly as they are given: no client in between that would tidy up a path or a header.
import http, { type IncomingHttpHeaders } from 'node:http';

export interface RawRequest {
  readonly method: string;
  /** Path and query, byte for byte. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty sends no body. */
  readonly body?: string | Uint8Array | undefined;
  /**
   * How the end of the body is told: by its length, by chunks, or not at all, which is only good for no body. Without
   * it a body has a length, as has an empty POST.
   */
  readonly framing?: 'length' | 'chunks' | 'none' | undefined;
}

/** A value from the wire, whose shape the tests check. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Loose = any;

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body as it came; empty when there was none. */
  readonly text: string;
  readonly body: Loose;
}

/** Sends one request. */
export function sendRaw(origin: string, request: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  const body = Buffer.from(request.body ?? '');
  const headers: Record<string, string> = { ...request.headers };
  const framing = request.framing ?? (body.length > 0 || request.method === 'POST' ? 'length' : 'none');
  if (framing === 'length') headers['content-length'] = String(body.length);
  if (framing === 'chunks') headers['transfer-encoding'] = 'chunked';

  return new Promise((resolve, reject) => {
    const { method, target: path } = request;
    const sent = http.request({ hostname, port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const body = text === '' ? undefined : parseJson(text);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body });
      });
    });
    // Else an empty POST would be given a length.
    if (framing === 'none') sent.useChunkedEncodingByDefault = false;
    sent.on('error', reject);
    sent.end(body.length > 0 ? body : undefined);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
