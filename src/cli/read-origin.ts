// Reads the address of a server that an option names.
import { InvalidArgumentError } from 'commander';

/** Returns an address without a path, for commander. */
export function readOrigin(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin =
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    url.pathname === '/' &&
    url.search === '' &&
    url.username === '';
  if (!isOrigin) throw new InvalidArgumentError('must be http:// or https:// and a host, without a path');
  return url;
}
