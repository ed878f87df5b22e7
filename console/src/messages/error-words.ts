// The meaning of the error codes of messages, and what can be done about them. The vendor's own short words come with each message.

const words: Readonly<Record<string, string>> = {
  '000': 'The carrier has confirmed it.',
  '10': 'The carrier refused the content. Look for characters or links that it does not pass on.',
  '20': 'A fault of the carrier that passes. The same message may go through later.',
  '30': "The carrier's filter took it for spam. Change the wording, and send such texts from fewer numbers.",
  '40': 'The sending number is not one that the carrier accepts: malformed, without SMS, or not yours.',
  '50': 'The recipient cannot receive SMS: a landline, or a number that does not exist.',
  '60': 'Two machines were answering each other; the exchange was cut.',
  '70': 'The recipient cannot be reached and will not be: do not try this number again.',
  '80': 'The handset was off or out of coverage for too long. Try again later.',
  '90': 'No carrier leads to this recipient.',
  '100': "The recipient's network does not allow this kind of message.",
  '110': 'The text is longer than 1,600 characters of GSM-7, or 737 of UCS-2.',
  '200':
    'The recipient has sent STOP, which counts for this number, so nothing was sent. Only a START of theirs changes that.',
  '201': 'A US toll-free number does not reach Canada.',
  '300': 'It could not be handed to a carrier. The history says why.',
  '420':
    'It waited for its number longer than its expiry allows, so it was not sent. Add numbers to the pool, or let it wait longer.',
  '430': 'It was cancelled before it was submitted, so it was not sent.',
  '450': 'Messages to this country are barred.',
  '900': 'There is not enough credit.',
  '910': 'The account is disabled.',
  '1000': 'The carrier gave a reason that has no code here.',
};

/** The vendor's words for the codes, for choosing among them. */
const names: Readonly<Record<string, string>> = {
  '000': 'Delivered',
  '10': 'Invalid message',
  '20': 'Network error',
  '30': 'Spam detected',
  '40': 'Invalid source number',
  '50': 'Invalid destination number',
  '60': 'Loop detected',
  '70': 'Destination permanently unavailable',
  '80': 'Destination temporarily unavailable',
  '90': 'No route available',
  '100': 'Prohibited by carrier',
  '110': 'Message too long',
  '200': 'Blocked by STOP',
  '201': 'US toll-free to Canada blocked',
  '300': 'Failed to dispatch',
  '420': 'Message expired',
  '430': 'Message cancelled',
  '450': 'Destination country barred',
  '900': 'Insufficient credit',
  '910': 'Account disabled',
  '1000': 'Unknown error',
};

/** Returns a code with its short name: `30 Spam detected`. */
export const codeInWords = (code: string): string => `${code} ${names[code] ?? ''}`.trim();

/** Codes that a message may end with, in their order. */
export const errorCodes: readonly string[] = Object.keys(words).sort((a, b) => Number(a) - Number(b));

/** Codes of inbound messages that an application refused: 2000 plus the HTTP status. */
const refusal = /^2\d{3}$/;

/** Returns the meaning of a code for the sender; `undefined` without a code, and for unknown codes. */
export function errorInWords(code: string | null): string | undefined {
  if (code === null) return undefined;
  return refusal.test(code)
    ? 'Each callback to the application was refused. Replay it once the application responds with a 2xx.'
    : words[code];
}
