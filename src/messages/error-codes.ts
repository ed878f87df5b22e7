// The vendor's message error codes: one table. Pure.

interface ErrorCode {
  readonly code: number;
  /** The value of `error_message`. */
  readonly message: string;
}

/** Codes that the vendor is known to use (wire-data-plane section 8), and one of ours, `cancelled`: the vendor cancels nothing. */
export const errorCodes = {
  /** Confirmed delivery, which the wire shows as error 000. */
  delivered: { code: 0, message: '' },
  /** The carrier refused the content. */
  invalidMessage: { code: 10, message: 'Invalid message' },
  /** A temporary fault of the carrier; another attempt may work. */
  networkError: { code: 20, message: 'Network error' },
  /** The carrier's filter. */
  spam: { code: 30, message: 'Spam detected' },
  /** Malformed, without SMS, or not the account's own. */
  invalidSource: { code: 40, message: 'Invalid source number' },
  /** Malformed, a fixed line, or without SMS. */
  invalidDestination: { code: 50, message: 'Invalid destination number' },
  /** Machines that answer each other. */
  loop: { code: 60, message: 'Loop detected' },
  permanentlyUnavailable: { code: 70, message: 'Destination permanently unavailable' },
  /** The handset is off or out of coverage. */
  temporarilyUnavailable: { code: 80, message: 'Destination temporarily unavailable' },
  noRoute: { code: 90, message: 'No route available' },
  /** The network does not support it. */
  prohibited: { code: 100, message: 'Prohibited by carrier' },
  /** Over 1,600 septets or 737 UTF-16 units. */
  tooLong: { code: 110, message: 'Message too long' },
  /** The person sent STOP to this number. */
  blockedByStop: { code: 200, message: 'Source number blocked by STOP from destination number' },
  /** Historic. */
  tollFreeToCanada: { code: 201, message: 'US toll-free to Canada blocked' },
  /** It could not be submitted. */
  notDispatched: { code: 300, message: 'Failed to dispatch message' },
  /** It waited longer than its `message_expiry`. */
  expired: { code: 420, message: 'Message expired' },
  /** A request cancelled it before it was submitted. */
  cancelled: { code: 430, message: 'Message cancelled' },
  countryBarred: { code: 450, message: 'Destination country barred' },
  insufficientCredit: { code: 900, message: 'Insufficient credit' },
  accountDisabled: { code: 910, message: 'Account disabled' },
  unknown: { code: 1000, message: 'Unknown error' },
} as const satisfies Readonly<Record<string, ErrorCode>>;

const messages: ReadonlyMap<number, string> = new Map(
  Object.values(errorCodes).map(({ code, message }) => [code, message]),
);

/** Added to the HTTP status by which an application refused an inbound message (wire-data-plane section 8). */
const refusalBase = 2000;

/** Returns the code of an inbound message whose application answered with this HTTP status, which is not 2xx. */
export function refusalCode(status: number): number {
  return refusalBase + status;
}

/**
 * Returns the `error_message` of a code: empty without an error (`null` or delivered). A code that is not in the table is an
 * unknown error.
 */
export function errorMessage(code: number | null): string {
  if (code === null) return '';
  if (code >= refusalBase + 100 && code <= refusalBase + 999)
    return `Application answered ${code - refusalBase}`;
  return messages.get(code) ?? errorCodes.unknown.message;
}

/**
 * Returns the `error_code`: a string, because Go fails on a number. `null` while it is not known, "000" once delivered (section
 * 4.1).
 */
export function wireErrorCode(code: number | null): string | null {
  if (code === null) return null;
  return code === errorCodes.delivered.code ? '000' : String(code);
}
