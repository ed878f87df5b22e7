// Reads the address of a server that an option names.
import { InvalidArgumentError } from 'commander';
import { readUrl } from '../base/read-url.ts';

/** Returns an address without a path, for commander. */
export function readOrigin(text: string): URL {
  const url = readUrl(text);
  const isOrigin =
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    url.pathname === '/' &&
    url.search === '' &&
    url.username === '';
  if (!isOrigin) throw new InvalidArgumentError('must be http:// or https:// and a host, without a path');
  return url;
}
