// Responses that are streams: written piece by piece, closed when the client does not read, ended when the server stops.
import type http from 'node:http';
import type { EventStream } from '../http/event-stream.ts';

/** The bytes that may wait for a slow client, beside the buffers of the system. */
const maxBacklogBytes = 64 * 1024;
/** After so long a silence the system checks whether the other side is still there (TCP keep-alive). */
const keepAliveMs = 30_000;

/** Headers for proxies: they must not store the stream, and nginx must not buffer it. */
const proxyHeaders = { 'cache-control': 'no-store', 'x-accel-buffering': 'no' };

interface StreamedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly stream: EventStream;
}

/** The open streams, so that all of them can be ended. */
export class OpenStreams {
  readonly #open = new Set<http.ServerResponse>();
  #isStopping = false;

  /**
   * Writes a response that is a stream. Its connection is closed afterwards: the stream has no end that both sides could agree
   * on.
   */
  write(response: http.ServerResponse, { status, headers, stream }: StreamedReply): void {
    const { socket } = response;
    const idleMs = socket?.timeout ?? 0;
    response.writeHead(status, { ...headers, ...proxyHeaders, connection: 'close' });
    response.flushHeaders();
    // Streams are silent for long; TCP keep-alive notices when the client is gone.
    socket?.setTimeout(0);
    socket?.setKeepAlive(true, keepAliveMs);
    const close = stream({
      write(text) {
        if (response.writableEnded || response.destroyed) return;
        response.write(text);
        if (response.writableLength > maxBacklogBytes) response.destroy();
      },
      end() {
        response.end();
        // From here on silence is not allowed: a client that does not read the end is disconnected.
        socket?.setTimeout(idleMs);
      },
    });
    if (response.destroyed || socket?.destroyed === true) {
      close();
      return;
    }
    this.#open.add(response);
    response.once('close', () => {
      this.#open.delete(response);
      close();
    });
    // A HEAD request has its answer by now.
    if (this.#isStopping || response.req.method === 'HEAD') response.end();
  }

  /** Ends all streams, and each that begins from now on. */
  endAll(): void {
    this.#isStopping = true;
    for (const response of this.#open) response.end();
  }
}
