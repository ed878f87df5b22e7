// The owner's end of the embedded database's thread: asks, and learns when the thread is no more.
import { Worker } from 'node:worker_threads';
import type { Answers, Bytes, EmbeddedSettings, Question, Reply } from './messages.ts';

interface Waiting {
  resolve: (answer: Answers[Question]) => void;
  reject: (error: Error) => void;
}

/**
 * A running thread. Answers come in the order of the requests. When the thread ends without having been asked to, every
 * waiting request fails, later ones fail at once, and `onFatal` is told.
 */
export class EmbeddedThread {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #onFatal: (error: Error) => void = () => undefined;
  #ended: Error | undefined;

  /** Starts the thread; resolves when its database is open, rejects with one sentence when it cannot be opened. */
  static async start(settings: EmbeddedSettings, onFatal: (error: Error) => void): Promise<EmbeddedThread> {
    const thread = new EmbeddedThread(settings);
    await thread.#nextAnswer();
    thread.#onFatal = onFatal;
    return thread;
  }

  private constructor(settings: EmbeddedSettings) {
    // The name after compiling: a worker is not an import, so the compiler does not see it.
    const file = new URL('./worker.js', import.meta.url);
    this.#worker = new Worker(file, { workerData: settings, name: 'embedded-database' });
    this.#worker.on('message', (reply: Reply) => {
      if ('failure' in reply) this.#end(new Error(reply.failure));
      else this.#waiting.shift()?.resolve(reply.answer);
    });
    this.#worker.on('error', (error: Error) => this.#end(error));
    this.#worker.on('exit', (code) =>
      this.#end(new Error(`The thread of the embedded database ended with ${code}.`)),
    );
  }

  /** Asks the thread. `bytes` are handed over: they must not be touched afterwards. */
  ask<Asked extends Question>(question: Asked, bytes: Bytes = new Uint8Array()): Promise<Answers[Asked]> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    this.#worker.postMessage({ question, bytes }, [bytes.buffer]);
    return this.#nextAnswer() as Promise<Answers[Asked]>;
  }

  /** Closes the database, then ends the thread. */
  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    await this.ask('close');
    this.#ended = new Error('The embedded database is closed.');
    await this.#worker.terminate();
  }

  #nextAnswer(): Promise<Answers[Question]> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #end(error: Error): void {
    if (this.#ended !== undefined) return;
    this.#ended = error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
    this.#onFatal(error);
  }
}
