// The "socket" through which the `pg` driver talks to the embedded database.
import { Duplex } from 'node:stream';
import { joinBytes } from './messages.ts';
import type { EmbeddedThread } from './thread.ts';

/** PostgreSQL's message "Terminate", which the driver sends at the end. */
const terminate = 'X'.charCodeAt(0);

/**
 * One connection to the embedded database, with the few methods of a network socket that `pg` calls. Writes that the driver
 * corks together reach the thread as one request.
 */
export class EmbeddedStream extends Duplex {
  readonly #thread: EmbeddedThread;

  constructor(thread: EmbeddedThread) {
    super();
    this.#thread = thread;
  }

  connect(): this {
    this.#thread.ask('connect').then(
      () => this.emit('connect'),
      (error: Error) => this.destroy(error),
    );
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    this.#exchange([chunk], done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error) => void): void {
    this.#exchange(
      chunks.map(({ chunk }) => chunk),
      done,
    );
  }

  override _read(): void {
    // Answers are pushed as they arrive; the driver reads all of them.
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  #exchange(chunks: Buffer[], done: (error?: Error) => void): void {
    if (chunks[0]?.[0] === terminate) {
      done();
      return;
    }
    // Copied: the driver's buffers are parts of larger ones, and only whole ones can be transferred to the thread.
    this.#thread.ask('query', joinBytes(chunks)).then((answer) => {
      this.push(answer);
      done();
    }, done);
  }
}
