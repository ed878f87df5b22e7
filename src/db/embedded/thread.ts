// The owner's side of the embedded database's thread: sends requests, and notices the end of the thread.
import { Worker } from 'node:worker_threads';
import type { Answers, Bytes, EmbeddedSettings, Question, Reply } from './messages.ts';

interface Waiting {
  resolve: (answer: Answers[Question]) => void;
  reject: (error: Error) => void;
}

/**
 * A running thread. Answers come in the order of the requests. When the thread ends unexpectedly, all waiting and later
 * requests fail, and `onFatal` is called.
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
    // The name after compilation: the compiler does not see a worker's file as an import.
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

  /** Sends a request to the thread. `bytes` are transferred: they must not be used afterwards. */
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
