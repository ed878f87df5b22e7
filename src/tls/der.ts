// Writes ASN.1 values in DER (ITU-T X.690): the handful of types that a certificate is made of.

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

const contextClass = 0x80;
const constructedBit = 0x20;

export const sequence = (...parts: readonly Buffer[]): Buffer => tagged(tags.sequence, Buffer.concat(parts));

/** A SET of one member, so that no order has to be kept. */
export const setOf = (member: Buffer): Buffer => tagged(tags.set, member);

/** `[number]` around whole values. */
export const explicit = (number: number, ...parts: readonly Buffer[]): Buffer =>
  tagged(contextClass | constructedBit | number, Buffer.concat(parts));

/** `[number]` in place of the tag of a plain value. */
export const implicit = (number: number, content: Uint8Array): Buffer =>
  tagged(contextClass | number, content);

export const yes = (): Buffer => tagged(tags.boolean, Buffer.of(0xff));

/** An integer that is not negative, most significant byte first. */
export function integer(bytes: Uint8Array): Buffer {
  const looksNegative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return tagged(tags.integer, looksNegative ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
}

/** A string of bits; the last `unusedBits` (0 to 7) of the last byte do not count. */
export const bitString = (bytes: Uint8Array, unusedBits = 0): Buffer =>
  tagged(tags.bitString, Buffer.concat([Buffer.of(unusedBits), bytes]));

export const octetString = (bytes: Uint8Array): Buffer => tagged(tags.octetString, bytes);

export const utf8String = (text: string): Buffer => tagged(tags.utf8String, Buffer.from(text, 'utf8'));

/** An object identifier in dotted form, such as `2.5.29.17`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => base128(arc));
  return tagged(tags.objectIdentifier, Buffer.from(bytes));
}

/** A moment to the second: UTCTime up to 2049, GeneralizedTime from 2050 (RFC 5280 section 4.1.2.5). */
export function time(moment: Date): Buffer {
  const digits = moment.toISOString().replace(/[-:T]|\.\d+/g, '');
  if (moment.getUTCFullYear() >= 2050) return tagged(tags.generalizedTime, Buffer.from(digits, 'ascii'));
  return tagged(tags.utcTime, Buffer.from(digits.slice(2), 'ascii'));
}

function tagged(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
}

/** The length of a content: one byte below 128, otherwise the number of bytes that it takes and then those. */
function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.of(0x80 | bytes.length, ...bytes);
}

/** Seven bits a byte; all but the last carry the high bit. */
function base128(arc: number): number[] {
  const bytes = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift(0x80 | (rest % 128));
  }
  return bytes;
}
