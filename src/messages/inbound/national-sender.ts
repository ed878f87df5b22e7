// Senders that carriers give as national numbers: read with the country of the number that they wrote to (carriers.md section 4.8).
import type { InboundMessage } from '../../carriers/carrier.ts';
import type { Transaction } from '../../db/db.ts';
import { isShortCode, parseE164 } from '../../telecom/e164.ts';
import { parseNational } from '../../telecom/written-number.ts';
import { countryOfShortCode } from './inbound-store.ts';

/** Returns a message with its sender in E.164 digits, where that is a national number that can be read; any other as it is. */
export async function withCountryOfReceiver<Inbound extends InboundMessage>(
  tx: Transaction,
  inbound: Inbound,
): Promise<Inbound> {
  if (inbound.senderIsNational !== true) return inbound;
  const receiver = inbound.destination.replace('+', '');
  const country = isShortCode(receiver)
    ? await countryOfShortCode(tx, receiver)
    : parseE164(receiver)?.countryIso2;
  const sender = country === undefined ? undefined : parseNational(inbound.sender, country);
  return sender === undefined ? inbound : { ...inbound, sender: sender.number };
}
