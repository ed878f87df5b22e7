// Doubts about an entry that is no mistake: what its operator should know (carriers.md sections 4.1 and 4.11). Pure.
import { BlockList, isIP } from 'node:net';
import { addNetwork, isPrivateName, privateNetworks } from '../networks.ts';
import type { SmppConfig } from './config.ts';
import { addressOf } from './host-address.ts';

const nearby = new BlockList();
for (const network of privateNetworks) addNetwork(nearby, network);

/** The specification's length of a password (SMPP 3.4 section 5.2.2). */
const passwordOctets = 8;

/** Returns what is doubtful about an account, one sentence each; none where nothing is. */
export function accountWarnings({ hosts, tls, password }: SmppConfig): string[] {
  const open = tls === undefined ? hosts.filter((host) => !isNearby(host)) : [];
  const warnings = open.map(
    (host) => `the connection to ${host} is not encrypted: its password and all texts can be read on the way`,
  );
  if (password.length > passwordOctets)
    warnings.push(`its password has more than the ${passwordOctets} characters that SMPP allows`);
  return warnings;
}

/** Returns whether an address is of this machine or of a private network. */
function isNearby(address: string): boolean {
  const { host } = addressOf(address);
  const version = isIP(host);
  if (version === 0) return isPrivateName(host);
  return nearby.check(host, version === 6 ? 'ipv6' : 'ipv4');
}
