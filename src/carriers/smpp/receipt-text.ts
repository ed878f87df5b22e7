// Reads the text of a delivery receipt (SMPP 3.4 appendix B, and the forms that SMSCs make of it). Pure.
import { storableText } from '../../base/storable-text.ts';
import { decodeUcs2 } from './alphabets.ts';

/** Fields of a receipt as they are written, without blanks around them. */
interface ReceiptText {
  readonly id: string | undefined;
  readonly stat: string | undefined;
  readonly err: string | undefined;
  readonly doneDate: string | undefined;
}

const fieldNames = /\b(id|sub|dlvrd|submit date|done date|stat|err|text)\s*:/gi;

/**
 * Reads a receipt by its fields' names: in any order and case, each value up to the next name, all of them missing at will. The first
 * of a name counts: the text that a receipt repeats at its end may hold anything.
 */
export function readReceiptText(text: string): ReceiptText {
  const found = [...text.matchAll(fieldNames)];
  const values = new Map<string, string>();
  for (const [index, match] of found.entries()) {
    const name = match[1]?.toLowerCase() ?? '';
    const value = text.slice(match.index + match[0].length, found[index + 1]?.index).trim();
    if (!values.has(name) && value !== '') values.set(name, value);
  }
  return {
    id: values.get('id'),
    stat: values.get('stat'),
    err: values.get('err'),
    doneDate: values.get('done date'),
  };
}

/**
 * Returns the characters of a receipt whatever its data_coding says: SMSCs mark ASCII as UCS-2. Half of the octets of real UCS-2 are
 * zero. A NUL, with which some end a text, is a blank.
 */
export function receiptCharacters(octets: Uint8Array): string {
  const zeros = octets.reduce(
    (count, octet, index) => (octet === 0 && index % 2 === 0 ? count + 1 : count),
    0,
  );
  const isUcs2 = octets.length > 1 && zeros * 4 > octets.length;
  const text = isUcs2 ? decodeUcs2(octets) : Buffer.from(octets).toString('latin1');
  return storableText(text, ' ');
}

/** A report's moment may lie so far behind the present: messages are valid for two days, and reports are late. */
const pastMs = 7 * 24 * 3_600_000;
/** And so far ahead of it: clocks and time zones differ. */
const aheadMs = 24 * 3_600_000;

/**
 * Returns the moment that a `done date` means: `YYMMDDhhmm` with or without seconds, with a year of four digits, in SMPP's form with an
 * offset, or in seconds since 1970. Forms that look alike are told apart by the present: a moment that is not near it is not meant.
 * Returns the present for what is none of them.
 * @param offsetMinutes of the carrier's clock, east of UTC
 */
export function readDoneDate(written: string | undefined, offsetMinutes: number, now: Date): Date {
  const isNear = (ms: number) => ms >= now.getTime() - pastMs && ms <= now.getTime() + aheadMs;
  const near = candidatesOf(written ?? '', offsetMinutes).find(isNear);
  return near === undefined ? now : new Date(near);
}

function candidatesOf(written: string, offsetMinutes: number): number[] {
  const smpp = /^(\d{12})\d(\d\d)([+-])$/.exec(written);
  if (smpp !== null) {
    const [, local = '', quarters, sign] = smpp;
    return [readLocal(`20${local}`, Number(`${sign}${quarters}`) * 15)];
  }
  if (!/^\d{10,14}$/.test(written)) return [];
  const short = `20${written.padEnd(12, '0')}`;
  const long = written.padEnd(14, '0');
  const candidates = written.length <= 12 ? [readLocal(short, offsetMinutes)] : [];
  if (written.length >= 12) candidates.push(readLocal(long, offsetMinutes));
  if (written.length === 10) candidates.push(Number(written) * 1000);
  return candidates;
}

/** Reads `YYYYMMDDhhmmss`. */
function readLocal(digits: string, offsetMinutes: number): number {
  const iso = digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z');
  return Date.parse(iso) - offsetMinutes * 60_000;
}
