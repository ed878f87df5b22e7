// Two ends of a connection without a network: what is written to one is read from the other, with the same backpressure.
import { Duplex } from 'node:stream';

/** Connections of a test, and whether anything moves on them. */
export class Wires {
  #moved = 0;

  /** Returns the two ends of a new connection. When one is destroyed, the other ends. */
  pair(): readonly [Duplex, Duplex] {
    const one = new End(() => this.#note());
    const other = new End(() => this.#note());
    one.peer = other;
    other.peer = one;
    return [one, other];
  }

  /** Waits until nothing has moved for a few turns of the event loop. */
  async idle(): Promise<void> {
    for (let quiet = 0; quiet < 8; quiet++) {
      const before = this.#moved;
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#moved !== before) quiet = 0;
    }
  }

  #note(): void {
    this.#moved += 1;
  }
}

class End extends Duplex {
  peer: End | undefined;
  readonly #note: () => void;
  #release: (() => void) | undefined;

  constructor(note: () => void) {
    super({ allowHalfOpen: false });
    this.#note = note;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#note();
    // Not at once: on a network nothing is answered before it was written.
    process.nextTick(() => {
      if (this.peer?.destroyed !== false || this.peer.push(chunk)) done();
      else this.peer.#release = done;
    });
  }

  override _read(): void {
    const release = this.#release;
    this.#release = undefined;
    release?.();
  }

  override _final(done: () => void): void {
    this.peer?.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#note();
    const { peer } = this;
    if (peer !== undefined && !peer.destroyed) setImmediate(() => peer.destroy());
    done(error);
  }
}
