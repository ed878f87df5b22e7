// Reads what an opt-out is to block from the names of the wire.
import { readNumber } from '../../numbers/rent-numbers.ts';
import { isShortCode } from '../../telecom/e164.ts';
import type { OptOutScope } from '../powerpack.ts';
import type { OptOutPlace } from './change-by-hand.ts';

/**
 * Returns a place, with its powerpack as PostgreSQL writes it. Without a scope it is that of what is named: a powerpack, a number, else the
 * account.
 */
export function placeFromWire(
  scope: OptOutScope | undefined,
  powerpackUuid: string | undefined,
  sender: string | undefined,
): OptOutPlace {
  const meant = powerpackUuid !== undefined ? 'powerpack' : sender !== undefined ? 'number' : 'account';
  return { scope: scope ?? meant, powerpackUuid: powerpackUuid?.toLowerCase(), sender };
}

/**
 * Returns the digits of a number or short code.
 * @throws ApiError invalid
 */
export const readSender = (text: string): string => (isShortCode(text) ? text : readNumber(text).number);
