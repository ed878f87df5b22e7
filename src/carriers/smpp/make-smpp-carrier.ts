// Makes SMPP carriers on the network.
import type { SmppConfig } from './config.ts';
import { makeConnect } from './connect.ts';
import { SmppCarrier, type SmppParts } from './smpp-carrier.ts';

/** Returns the carrier of an entry, not started. Its timers are the machine's own: an SMSC's time cannot be turned. */
export function makeSmppCarrier(config: SmppConfig, parts: Omit<SmppParts, 'connect'>): SmppCarrier {
  return new SmppCarrier(config, { ...parts, connect: makeConnect(config, parts.timers) });
}
