// The owner's end of the embedded database's thread: asks, and learns when the thread is no more.
import { Worker } from 'node:worker_threads';
import type { Answer, EmbeddedSettings, Request } from './embedded-messages.ts';

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/**
 * A running thread. Answers come in the order of the requests. When the thread ends without having been asked to, every
 * waiting request fails, later ones fail at once, and `onFatal` is told.
 */
export class EmbeddedThread {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  readonly #onFatal: (error: Error) => void;
  #ended: Error | undefined;

  /** Starts the thread; resolves when its database is open, rejects with one sentence when it cannot be. */
  static async start(settings: EmbeddedSettings, onFatal: (error: Error) => void): Promise<EmbeddedThread> {
    let fatal: (error: Error) => void = () => undefined;
    const thread = new EmbeddedThread(settings, (error) => fatal(error));
    await thread.#nextAnswer();
    fatal = onFatal;
    return thread;
  }

  private constructor(settings: EmbeddedSettings, onFatal: (error: Error) => void) {
    this.#onFatal = onFatal;
    this.#worker = new Worker(new URL('./embedded-worker.js', import.meta.url), {
      workerData: settings,
      name: 'embedded-database',
    });
    this.#worker.on('message', (answer: Answer) => {
      if (answer.kind === 'failed') this.#end(new Error(answer.sentence));
      else this.#waiting.shift()?.resolve(answer);
    });
    this.#worker.on('error', (error: Error) => this.#end(error));
    this.#worker.on('exit', (code) =>
      this.#end(new Error(`The thread of the embedded database ended with ${code}.`)),
    );
  }

  /** Asks the thread; `bytes` of a query are handed over and must not be touched afterwards. */
  ask(request: Request): Promise<Answer> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    this.#worker.postMessage(request, request.kind === 'query' ? [request.bytes.buffer] : []);
    return this.#nextAnswer();
  }

  /** Closes the database, then ends the thread. */
  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    await this.ask({ kind: 'close' });
    this.#ended = new Error('The embedded database is closed.');
    await this.#worker.terminate();
  }

  #nextAnswer(): Promise<Answer> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #end(error: Error): void {
    if (this.#ended !== undefined) return;
    this.#ended = error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
    this.#onFatal(error);
  }
}
