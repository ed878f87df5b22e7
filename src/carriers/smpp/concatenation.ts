// The headers that join the parts of a message: user data headers (3GPP TS 23.040 section 9.2.3.24) and sar parameters (SMPP 3.4 section 5.3.2.22). Pure.
import { partOfMany } from '../inbound-part.ts';
import type { Tlvs } from './pdu.ts';
import { octet, readInteger, tags, twoOctets } from './tlvs.ts';

/** Which part of which message. */
export interface PartNumber {
  readonly reference: number;
  /** From 1. */
  readonly part: number;
  readonly total: number;
  /** Bits of the reference. */
  readonly width: 8 | 16;
}

/** Information elements: concatenated short messages, with references of 8 and of 16 bits. */
const concatenated8 = 0x00;
const concatenated16 = 0x08;

/** Returns the user data header of a part. The reference is taken modulo its width. */
export function partHeader({ reference, part, total, width }: PartNumber): Uint8Array {
  return width === 8
    ? Uint8Array.of(5, concatenated8, 3, reference & 0xff, total, part)
    : Uint8Array.of(6, concatenated16, 4, ...twoOctets(reference), total, part);
}

/** Returns the parameters of a part for an SMSC that makes the header itself. */
export function partParameters({ reference, part, total }: PartNumber): Tlvs {
  return new Map([
    [tags.sarReference, twoOctets(reference)],
    [tags.sarTotal, octet(total)],
    [tags.sarPart, octet(part)],
  ]);
}

/** Content with a user data header in front, taken apart. */
interface HeadedContent {
  /** Octets of the header with its length. */
  readonly headerOctets: number;
  /** `undefined` where no element says that this is a part, or it says something impossible. */
  readonly part: PartNumber | undefined;
}

/**
 * Reads a user data header: its elements in any order, those that are not of concatenation skipped. A header that is longer than the
 * content is no header: the content is then all text.
 */
export function readPartHeader(content: Uint8Array): HeadedContent {
  const [length = 0] = content;
  if (length + 1 > content.length) return { headerOctets: 0, part: undefined };
  let part: PartNumber | undefined;
  for (let at = 1; at + 1 <= length; at += 2 + (content[at + 1] ?? 0)) {
    const element = content[at];
    const size = content[at + 1] ?? 0;
    if (at + 1 + size > length) break;
    const [first = 0, second = 0, third = 0, fourth = 0] = content.subarray(at + 2, at + 2 + size);
    if (element === concatenated8 && size === 3)
      part = partOfMany({ reference: first, part: third, total: second, width: 8 });
    if (element === concatenated16 && size === 4) {
      part = partOfMany({ reference: first * 256 + second, part: fourth, total: third, width: 16 });
    }
  }
  return { headerOctets: length + 1, part };
}

/** Returns the part that the sar parameters name; `undefined` where one of them is missing. */
export function readPartParameters(tlvs: Tlvs): PartNumber | undefined {
  const reference = readInteger(tlvs, tags.sarReference);
  const total = readInteger(tlvs, tags.sarTotal);
  const part = readInteger(tlvs, tags.sarPart);
  if (reference === undefined || total === undefined || part === undefined) return undefined;
  return partOfMany({ reference: reference & 0xffff, part, total, width: 16 });
}
