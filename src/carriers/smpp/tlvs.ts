// Optional parameters that are used here, by name (SMPP 3.4 section 5.3.2). Pure.
import type { Tlvs } from './pdu.ts';

export const tags = {
  receiptedMessageId: 0x001e,
  userMessageReference: 0x0204,
  sarReference: 0x020c,
  sarTotal: 0x020e,
  sarPart: 0x020f,
  networkErrorCode: 0x0423,
  messagePayload: 0x0424,
  messageState: 0x0427,
} as const;

/** Returns a parameter that is an integer of one to four octets, or `undefined` where it is missing or longer. */
export function readInteger(tlvs: Tlvs, tag: number): number | undefined {
  const value = tlvs.get(tag);
  if (value === undefined || value.length === 0 || value.length > 4) return undefined;
  return value.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** Returns a parameter that is a text, without the NULs and blanks around it; `undefined` where nothing is left. */
export function readText(tlvs: Tlvs, tag: number): string | undefined {
  const value = tlvs.get(tag);
  if (value === undefined) return undefined;
  const text = Buffer.from(value).toString('latin1').split('\0', 1)[0]?.trim();
  return text === '' ? undefined : text;
}

/** Returns the octets of an integer parameter of one octet. */
export function octet(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff);
}

/** Returns the octets of an integer parameter of two octets. */
export function twoOctets(value: number): Uint8Array {
  return Uint8Array.of((value >> 8) & 0xff, value & 0xff);
}
