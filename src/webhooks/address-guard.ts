// Which addresses customers' URLs may lead to: the public ones, and those that the operator allows. Pure.
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Says why an IP address may not be called, as the end of the sentence "address X is …"; `undefined` if it may. */
export type AddressGuard = (address: string) => string | undefined;

type Network = readonly [network: string, prefixBits: number];
type RefusedNetwork = readonly [network: string, prefixBits: number, reason: string];

/** The special-purpose registry of IPv4 (RFC 6890 and its successors), and what clouds keep in public space. */
const refusedIpv4: readonly RefusedNetwork[] = [
  ['0.0.0.0', 8, 'an unspecified address'],
  ['10.0.0.0', 8, 'in a private network'],
  ['100.64.0.0', 10, 'in a network shared behind a carrier'],
  ['127.0.0.0', 8, 'a loopback address'],
  ['168.63.129.16', 32, 'a metadata service'],
  ['169.254.169.254', 32, 'a metadata service'],
  ['169.254.0.0', 16, 'a link-local address'],
  ['172.16.0.0', 12, 'in a private network'],
  ['192.0.0.0', 24, 'in a reserved network'],
  ['192.0.2.0', 24, 'in a network for documentation'],
  ['192.88.99.0', 24, 'in a network for tunnels'],
  ['192.168.0.0', 16, 'in a private network'],
  ['198.18.0.0', 15, 'in a network for measurements'],
  ['198.51.100.0', 24, 'in a network for documentation'],
  ['203.0.113.0', 24, 'in a network for documentation'],
  ['224.0.0.0', 4, 'a multicast address'],
  ['240.0.0.0', 4, 'in a reserved network'],
];

/** The same for IPv6. What is not here and not in `publicIpv6` is refused too. */
const refusedIpv6: readonly RefusedNetwork[] = [
  ['::', 128, 'an unspecified address'],
  ['::1', 128, 'a loopback address'],
  ['fc00::', 7, 'in a private network'],
  ['fe80::', 10, 'a link-local address'],
  ['fec0::', 10, 'in a private network'],
  ['ff00::', 8, 'a multicast address'],
  ['2001:db8::', 32, 'in a network for documentation'],
  ['3fff::', 20, 'in a network for documentation'],
  ['2001::', 32, 'in a network for tunnels'],
  ['2002::', 16, 'in a network for tunnels'],
  ['2001::', 23, 'in a reserved network'],
];

/** Global unicast: all that has been given out to the public (RFC 4291 section 2.4). */
const publicIpv6: Network = ['2000::', 3];

/** Addresses of IPv6 that have one of IPv4 in their last 32 bits and lead to it: mapped ones and NAT64 (RFC 6052). */
const embeddings: readonly Network[] = [
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
];

/** Makes the guard. `allowed` are addresses and networks (`10.0.0.1`, `10.0.0.0/8`) that may be called all the same. */
export function makeAddressGuard(allowed: readonly string[]): AddressGuard {
  const isAllowed = matcher(allowed.map(readNetwork));
  return (given) => {
    const address = withoutZone(given);
    const embedded = embeddedIpv4(address);
    if (isAllowed(address) || (embedded !== undefined && isAllowed(embedded))) return undefined;
    const plain = embedded ?? address;
    const refused = isIPv6(plain) ? ipv6Reasons : ipv4Reasons;
    const reason = refused.find(({ matches }) => matches(plain))?.reason;
    if (reason !== undefined) return reason;
    return isIPv6(plain) && !isPublicIpv6(plain) ? 'in a reserved network' : undefined;
  };
}

type Matches = (address: string) => boolean;

const toMatchers = (networks: readonly RefusedNetwork[]) =>
  networks.map(([network, prefixBits, reason]) => ({ matches: matcher([[network, prefixBits]]), reason }));
const ipv4Reasons = toMatchers(refusedIpv4);
const ipv6Reasons = toMatchers(refusedIpv6);
const isPublicIpv6 = matcher([publicIpv6]);
const embedsIpv4 = matcher(embeddings);

function matcher(networks: readonly Network[]): Matches {
  const list = new BlockList();
  for (const [network, prefixBits] of networks) list.addSubnet(network, prefixBits, familyOf(network));
  return (address) => list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

function readNetwork(text: string): Network {
  const [network = '', prefixBits] = text.split('/');
  return [network, prefixBits === undefined ? (isIPv6(network) ? 128 : 32) : Number(prefixBits)];
}

/** A link-local address may name its interface (`fe80::1%eth0`), which the lists do not understand. */
function withoutZone(address: string): string {
  return address.split('%', 1)[0] ?? address;
}

/** The address of IPv4 that one of IPv6 leads to. */
function embeddedIpv4(address: string): string | undefined {
  if (isIP(address) !== 6 || !embedsIpv4(address)) return undefined;
  // The URL parser writes every spelling in one way, with `::` for the zeros that both kinds have in their middle.
  const [, end = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = ['0', '0', ...end.split(':').filter((group) => group !== '')].slice(-2);
  return groups
    .map((group) => Number.parseInt(group, 16))
    .flatMap((value) => [value >> 8, value & 0xff])
    .join('.');
}
