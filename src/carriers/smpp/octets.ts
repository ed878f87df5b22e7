// Reads and writes the field types of SMPP 3.4 (section 3.1): integers, C-octet strings, octet strings. Never beyond the end. Pure.

/** Thrown for octets that are not what the specification says. */
export class FrameError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'FrameError';
  }
}

/** Reads fields one behind the other. */
export class OctetReader {
  readonly #octets: Buffer;
  #at: number;

  constructor(octets: Buffer, from: number) {
    this.#octets = octets;
    this.#at = from;
  }

  /** How many octets are left. */
  get left(): number {
    return this.#octets.length - this.#at;
  }

  /** Reads an integer of one octet. */
  uint8(): number {
    const at = this.#advance(1);
    return this.#octets[at] ?? 0;
  }

  /** Reads an integer of two octets. */
  uint16(): number {
    return this.#octets.readUInt16BE(this.#advance(2));
  }

  /** Reads an octet string of a given length, as a copy that does not keep what it was read from. */
  octets(length: number): Uint8Array {
    const at = this.#advance(length);
    return new Uint8Array(this.#octets.subarray(at, at + length));
  }

  /** Reads up to the next NUL, which is taken too. Characters are octets: peers write Latin-1 into names now and then. */
  cString(): string {
    const end = this.#octets.indexOf(0, this.#at);
    if (end === -1) throw new FrameError('a C-octet string has no end');
    const text = this.#octets.toString('latin1', this.#at, end);
    this.#at = end + 1;
    return text;
  }

  #advance(length: number): number {
    if (length > this.left) throw new FrameError(`a field of ${length} octets reaches beyond the PDU`);
    const at = this.#at;
    this.#at += length;
    return at;
  }
}

/** No PDU is longer: message_payload has at most 65,535 octets (section 5.3.2.32), the rest of a PDU takes less than 4,000. */
export const maxPduOctets = 70_000;

/** One PDU is written at a time, so all are written into the same octets and copied out. */
const page = Buffer.allocUnsafe(maxPduOctets);

/** Writes fields one behind the other. Throws RangeError beyond the length of the longest PDU. */
export class OctetWriter {
  #at: number;

  constructor(from: number) {
    this.#at = from;
  }

  /** Writes an integer of one octet. */
  uint8(value: number): void {
    this.#at = page.writeUInt8(value, this.#at);
  }

  /** Writes an integer of two octets. */
  uint16(value: number): void {
    this.#at = page.writeUInt16BE(value, this.#at);
  }

  /** Writes an octet string, without its length. */
  octets(octets: Uint8Array): void {
    if (this.#at + octets.length > maxPduOctets) throw new RangeError('the PDU is too long');
    page.set(octets, this.#at);
    this.#at += octets.length;
  }

  /** Writes characters up to U+00FF and a NUL. */
  cString(text: string): void {
    if (this.#at + text.length + 1 > maxPduOctets) throw new RangeError('the PDU is too long');
    this.#at += page.write(text, this.#at, 'latin1');
    page[this.#at++] = 0;
  }

  /** Writes the header of four integers before the fields, and returns a copy of the whole. */
  finish(command: number, status: number, sequence: number): Buffer {
    page.writeUInt32BE(this.#at, 0);
    page.writeUInt32BE(command, 4);
    page.writeUInt32BE(status, 8);
    page.writeUInt32BE(sequence, 12);
    return Buffer.from(page.subarray(0, this.#at));
  }
}
