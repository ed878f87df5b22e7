// Cuts the octets of a connection into PDUs (SMPP 3.4 section 3.2). Pure.
import { FrameError, maxPduOctets } from './octets.ts';

/** Octets of command_length, command_id, command_status and sequence_number. */
export const headerOctets = 16;

/** Keeps what has come of a PDU until the rest is there: at most one PDU and one chunk. */
export class Framer {
  #chunks: Buffer[] = [];
  #size = 0;

  /**
   * Yields the PDUs that a chunk completes, however the chunks were cut.
   * Throws FrameError behind them when the next length is none: the stream is lost then, for nothing says where a PDU begins (section 4.3).
   */
  *push(chunk: Buffer): Generator<Buffer> {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    for (;;) {
      const length = this.#nextLength();
      if (length === undefined || this.#size < length) return;
      const octets = this.#joined();
      this.#chunks = [octets.subarray(length)];
      this.#size -= length;
      yield octets.subarray(0, length);
    }
  }

  #nextLength(): number | undefined {
    if (this.#size < 4) return undefined;
    if ((this.#chunks[0]?.length ?? 0) < 4) this.#chunks = [this.#joined()];
    const length = this.#chunks[0]?.readUInt32BE(0) ?? 0;
    if (length >= headerOctets && length <= maxPduOctets) return length;
    throw new FrameError(`a PDU of ${length} octets`);
  }

  #joined(): Buffer {
    const [only = Buffer.alloc(0), ...more] = this.#chunks;
    return more.length === 0 ? only : Buffer.concat(this.#chunks, this.#size);
  }
}
