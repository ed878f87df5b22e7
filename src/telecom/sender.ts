// Senders as networks tell them apart: their kind and their country. Pure.
import { isShortCode, parseE164 } from './e164.ts';

/** Kinds of senders, by which carriers write their addresses (SMPP: TON and NPI) and routes are found. */
export const networkSenderKinds = ['longcode', 'tollfree', 'shortcode', 'alphanumeric'] as const;
export type NetworkSenderKind = (typeof networkSenderKinds)[number];

export interface NetworkSender {
  /** Digits of a number or short code, or a name of up to eleven letters and digits. */
  readonly sender: string;
  readonly senderKind: NetworkSenderKind;
  /** ISO 3166-1 code of two capitals; `undefined` for names. */
  readonly senderCountry: string | undefined;
}

/** Returns a sender with its kind and country. A short code belongs to the country of its destination: it works there only. */
export function senderOf(sender: string, destinationCountry?: string): NetworkSender {
  if (isShortCode(sender)) return { sender, senderKind: 'shortcode', senderCountry: destinationCountry };
  const number = parseE164(sender);
  return {
    sender,
    senderKind: number?.kind ?? 'alphanumeric',
    senderCountry: number?.countryIso2,
  };
}
