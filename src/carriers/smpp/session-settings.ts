// The settings of a session with an SMSC, from the entry of its carrier. Pure.
import type { SmppConfig } from './config.ts';
import type { SessionSettings } from './session.ts';

/** Returns the settings of an account's sessions. */
export const sessionSettings = (config: SmppConfig): SessionSettings => ({
  enquireLinkMs: config.enquire_link_seconds * 1000,
  responseMs: config.response_seconds * 1000,
  inboundWindow: config.inbound_window,
  nackStatus: config.nack_status,
});
