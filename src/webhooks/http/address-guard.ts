// Which addresses customers' URLs may lead to: the public ones, and those that the operator allows. Pure.
import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import { remembering } from '../remembering.ts';

/** Says why an IP address may not be called, as the end of the sentence "address X is …"; `undefined` if it may. */
export type AddressGuard = (address: string) => string | undefined;

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [network: Address, prefixBits: number];

const reservedNetwork = 'in a reserved network';

/**
 * Reasons by the library's names of special ranges (RFC 6890 and its successors). A range that is not here is refused too, as a reserved
 * one: what the library learns in a later release is refused without a word from us.
 */
const reasonsByRange: Readonly<Record<string, string>> = {
  unspecified: 'an unspecified address',
  loopback: 'a loopback address',
  linkLocal: 'a link-local address',
  multicast: 'a multicast address',
  private: 'in a private network',
  uniqueLocal: 'in a private network',
  deprecatedSiteLocal: 'in a private network',
  carrierGradeNat: 'in a network shared behind a carrier',
  teredo: 'in a network for tunnels',
  '6to4': 'in a network for tunnels',
};

/** Metadata services that clouds keep in public space or in a range with another name, and networks whose use is said more exactly. */
const networksByReason = readNetworks({
  'a metadata service': ['168.63.129.16/32', '169.254.169.254/32'],
  'in a network for documentation': [
    '192.0.2.0/24',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '2001:db8::/32',
    '3fff::/20',
  ],
  'in a network for measurements': ['198.18.0.0/15'],
  'in a network for tunnels': ['192.88.99.0/24'],
});

/** Global unicast: all of IPv6 that has been given out to the public (RFC 4291 section 2.4). */
const publicIpv6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Addresses of IPv6 that have one of IPv4 in their last 32 bits and lead to it: mapped ones and NAT64 (RFC 6052). */
const embeddings = ['::ffff:0:0/96', '64:ff9b::/96'].map((network) => ipaddr.IPv6.parseCIDR(network));

/**
 * Makes the guard. `allowed` are addresses and networks (`10.0.0.1`, `10.0.0.0/8`) that may be called all the same. The guard throws an
 * `Error` for a text that is no IP address.
 */
export function makeAddressGuard(allowed: readonly string[]): AddressGuard {
  const allowedNetworks = { allowed: allowed.map(readNetwork) };
  const isAllowed = (address: Address) => ipaddr.subnetMatch(address, allowedNetworks, '') !== '';
  const judge = remembering((text) => {
    const address = parse(text);
    const embedded = embeddedIpv4(address);
    if (isAllowed(address) || (embedded !== undefined && isAllowed(embedded))) return { reason: undefined };
    return { reason: reasonAgainst(embedded ?? address) };
  });
  return (text) => judge(text).reason;
}

function reasonAgainst(address: Address): string | undefined {
  const named = ipaddr.subnetMatch(address, networksByReason, '');
  if (named !== '') return named;
  const range = address.range();
  if (range !== 'unicast') return reasonsByRange[range] ?? reservedNetwork;
  return address.kind() === 'ipv4' || address.match(publicIpv6) ? undefined : reservedNetwork;
}

/**
 * Reads an address as an operating system does. The library alone takes `::10.0.0.1`, a kind that is out of use (RFC 4291 section
 * 2.5.5.1), for `::ffff:10.0.0.1`; the URL parser writes it in hexadecimal, but does not know zones (`fe80::1%eth0`).
 */
function parse(text: string): Address {
  const [address = ''] = text.split('%', 1);
  return ipaddr.parse(isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address);
}

/** Returns the address of IPv4 that one of IPv6 leads to, if it is such a one. */
function embeddedIpv4(address: Address): ipaddr.IPv4 | undefined {
  if (address.kind() === 'ipv4' || !embeddings.some((network) => address.match(network))) return undefined;
  return new ipaddr.IPv4(address.toByteArray().slice(-4));
}

function readNetwork(text: string): Network {
  const address = text.includes('/') ? undefined : parse(text);
  return address === undefined ? ipaddr.parseCIDR(text) : [address, address.kind() === 'ipv4' ? 32 : 128];
}

function readNetworks(texts: Readonly<Record<string, readonly string[]>>): Record<string, Network[]> {
  return Object.fromEntries(
    Object.entries(texts).map(([reason, networks]) => [reason, networks.map(readNetwork)]),
  );
}
