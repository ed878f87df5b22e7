// Host and port as written in a URL. Pure.
import { type AddressInfo, isIPv6 } from 'node:net';

/** Returns host and port as written in a URL: an IPv6 address in brackets. */
export function hostText({ address, port }: Pick<AddressInfo, 'address' | 'port'>): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}
