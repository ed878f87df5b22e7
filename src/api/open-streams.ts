// Answers that go on: written as they come, cut off when nobody reads them, ended when the server stops.
import type http from 'node:http';
import type { EventStream } from '../http/event-stream.ts';

/** What may wait for a client that reads too slowly, in bytes, beside what the machine itself buffers. */
const maxBacklogBytes = 64 * 1024;
/** After so long a silence the machine asks whether the other side is still there. */
const keepAliveMs = 30_000;

/** For whoever stands between: it is to be kept nowhere, and nginx is not to collect it first. */
const passOn = { 'cache-control': 'no-store', 'x-accel-buffering': 'no' };

export interface StreamedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly stream: EventStream;
}

/** The streams that are open, so that all of them can be ended. */
export class OpenStreams {
  readonly #open = new Set<http.ServerResponse>();
  #isStopping = false;

  /** Answers with a stream. Its connection is of no further use: it has no end that both sides could agree on. */
  write(response: http.ServerResponse, { status, headers, stream }: StreamedReply): void {
    const { socket } = response;
    const idleMs = socket?.timeout ?? 0;
    response.writeHead(status, { ...headers, ...passOn, connection: 'close' });
    response.flushHeaders();
    // It is meant to be silent for long; that the client is gone is for the machine to find out.
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
        // Silence is meant no longer: who does not read the end is cut off.
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
    // Whoever asks for the head alone has it by now.
    if (this.#isStopping || response.req.method === 'HEAD') response.end();
  }

  /** Ends all streams, and from now on each that begins. */
  endAll(): void {
    this.#isStopping = true;
    for (const response of this.#open) response.end();
  }
}
