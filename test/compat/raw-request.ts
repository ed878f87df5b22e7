// Sends HTTP requests exactly as they are given: no client in between that would tidy up a path or a header.
import http, { type IncomingHttpHeaders } from 'node:http';

export interface RawRequest {
  readonly method: string;
  /** Path and query, byte for byte. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty sends no body. */
  readonly body?: string | Uint8Array;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body as it came; empty when there was none. */
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape of an answer is what tests are about
  readonly body: any;
}

/** Sends one request. A body gets a `content-length`, as does an empty POST, unless it is to be sent in chunks. */
export function sendRaw(origin: string, request: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  const body = Buffer.from(request.body ?? '');
  const headers: Record<string, string> = { ...request.headers };
  const hasLength = body.length > 0 || request.method === 'POST';
  if (hasLength && headers['transfer-encoding'] === undefined)
    headers['content-length'] = String(body.length);

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
