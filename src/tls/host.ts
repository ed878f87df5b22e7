// A host that a certificate may name: a DNS name or an IP address.
import { isIP } from 'node:net';
import { OperatorError } from '../base/errors.ts';

interface Host {
  readonly type: 'dns' | 'ip';
  /** A name in lower case; an IPv6 address in hexadecimal groups. */
  readonly value: string;
}

const dnsName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/**
 * Parses `api.plivo.com`, `127.0.0.1` or `::1`. Wildcards and ports are refused.
 * @throws OperatorError when the text is neither a name nor an address.
 */
export function readHost(text: string): Host {
  const version = isIP(text);
  if (version === 4) return { type: 'ip', value: text };
  if (version === 6 && !text.includes('%')) return { type: 'ip', value: hexadecimalGroups(text) };
  const name = text.toLowerCase();
  if (version === 0 && dnsName.test(name)) return { type: 'dns', value: name };
  throw new OperatorError(`"${text}" is not a host name or an IP address that a certificate can be for`);
}

/** Returns an IPv6 address in one form, by the URL parser; `@peculiar/x509` misreads `::ffff:192.0.2.1`. */
const hexadecimalGroups = (address: string): string => new URL(`http://[${address}]/`).hostname.slice(1, -1);
