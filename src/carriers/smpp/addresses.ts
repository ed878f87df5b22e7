// Addresses of submit_sm with their types of number and numbering plans (SMPP 3.4 sections 5.2.5, 5.2.6; carriers.md section 4.3). Pure.
import type { NetworkSenderKind } from '../../telecom/sender.ts';
import type { SmppConfig } from './config.ts';
import type { Address } from './pdu.ts';

const prefixes = { none: '', plus: '+', '00': '00' } as const;

/** Returns the key under `source` of the configuration for a kind of sender. */
export const sourceKeyOf = (kind: NetworkSenderKind): 'long' | 'shortcode' | 'alphanumeric' =>
  kind === 'shortcode' || kind === 'alphanumeric' ? kind : 'long';

/** Returns the source address of a sender. Short codes and names never have a prefix. */
export function sourceOf(sender: string, kind: NetworkSenderKind, { source }: SmppConfig): Address {
  const key = sourceKeyOf(kind);
  const prefix = key === 'long' ? prefixes[source.prefix] : '';
  return { ...source[key], digits: `${prefix}${sender}` };
}

/** Returns the destination address of an E.164 number. */
export function destinationOf(digits: string, { destination }: SmppConfig): Address {
  const { ton, npi, prefix } = destination;
  return { ton, npi, digits: `${prefixes[prefix]}${digits}` };
}

/** Returns the digits of an international number as SMSCs write it, with a plus or zeros in front; names stay as they are. */
export function digitsOf({ digits }: Address): string {
  return /^(\+|00)\d/.test(digits) ? digits.replace(/^(\+|00)/, '') : digits;
}

const nationalTon = 2;

/** Returns whether an address is a number without its country code. One with a plus or zeros in front is international, whatever it says. */
export const isNational = ({ ton, digits }: Address): boolean =>
  ton === nationalTon && /^(?!00)\d+$/.test(digits);
