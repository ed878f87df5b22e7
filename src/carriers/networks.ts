// Networks of IP addresses, as carriers' entries write them, and names within private networks. Pure.
import { type BlockList, isIP } from 'node:net';

/** This machine and private networks (RFC 1918, RFC 4193). */
export const privateNetworks: readonly string[] = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1',
  'fc00::/7',
];

/**
 * Ends of names that the public DNS does not have: multicast DNS and clusters (`local`, RFC 6762), homes (`home.arpa`, RFC 8375; `lan`, by the habit
 * of routers), tests and this machine (RFC 6761), private use (`internal`, SAC113, reserved by ICANN in 2024), and Kubernetes' short form (`svc`).
 */
const privateName = /(^|\.)(local|home\.arpa|lan|test|localhost|internal|svc)$/i;

/** Returns whether a host name is of a private network: one without a dot, as of a container, or with an end that the public DNS does not have. */
export function isPrivateName(name: string): boolean {
  const written = name.replace(/\.$/, '');
  return !written.includes('.') || privateName.test(written);
}

/** Adds an address or network to a list; returns `false` where it is neither. */
export function addNetwork(list: BlockList, text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  const bits = prefix ?? (family === 4 ? '32' : '128');
  if (family === 0 || rest.length > 0 || !/^\d{1,3}$/.test(bits)) return false;
  if (Number(bits) > (family === 4 ? 32 : 128)) return false;
  list.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return true;
}
