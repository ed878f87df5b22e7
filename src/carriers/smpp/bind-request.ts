// The request by which an account is bound (SMPP 3.4 section 4.1). Pure.
import type { LinkRole } from '../carrier.ts';
import type { SmppConfig } from './config.ts';
import type { Request } from './session.ts';

const interfaceVersions = { '3.3': 0x33, '3.4': 0x34, '5.0': 0x50 } as const;

/** Returns the bind of an account as its entry says. */
export const bindRequest = (config: SmppConfig, role: LinkRole): Request => ({
  command: `bind_${role}`,
  systemId: config.system_id,
  password: config.password,
  systemType: config.system_type,
  interfaceVersion: interfaceVersions[config.interface_version],
  addressRange: { ton: 0, npi: 0, digits: config.address_range },
});
