// A host that a certificate may name: a DNS name or an IP address, and its form in a certificate.
import { isIP } from 'node:net';
import { CertificateError } from './certificate-error.ts';

export type Host =
  | { readonly kind: 'name'; readonly bytes: Buffer }
  | { readonly kind: 'address'; readonly bytes: Buffer };

const dnsName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/**
 * Reads `api.plivo.com`, `127.0.0.1` or `::1`. Wildcards and ports are refused.
 * @throws CertificateError when the text is neither a name nor an address.
 */
export function readHost(text: string): Host {
  const version = isIP(text);
  if (version === 4) return { kind: 'address', bytes: Buffer.from(text.split('.').map(Number)) };
  if (version === 6 && !text.includes('%')) return { kind: 'address', bytes: ipv6Bytes(text) };
  const name = text.toLowerCase();
  if (version === 0 && dnsName.test(name)) return { kind: 'name', bytes: Buffer.from(name, 'ascii') };
  throw new CertificateError(`"${text}" is not a host name or an IP address that a certificate can be for`);
}

/** The 16 bytes of an IPv6 address. The URL parser brings every way of writing one to hexadecimal groups. */
function ipv6Bytes(address: string): Buffer {
  const [head = '', tail = ''] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const before = groupBytes(head);
  const after = groupBytes(tail);
  return Buffer.from([...before, ...Array(16 - before.length - after.length).fill(0), ...after]);
}

function groupBytes(groups: string): number[] {
  if (groups === '') return [];
  return groups.split(':').flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
