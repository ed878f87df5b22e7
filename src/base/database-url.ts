// The URL of a PostgreSQL database, perhaps with several hosts, of which one at a time takes writes. Pure.
import { readUrl } from './read-url.ts';

/** The server that connections may lead to: any, the one that takes writes, or one that follows it. */
export type Wanted = 'any' | 'writable' | 'standby';

/** The servers that a URL names. */
export interface DatabaseHosts {
  /** A URL for each host, in the order given. */
  readonly urls: readonly string[];
  /** Another server is passed over for the next one. */
  readonly wanted: Wanted;
}

const parts = /^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)([^@/?#]*)(.*)$/;
const attribute = 'target_session_attrs';
const wantedBy: Readonly<Record<string, Wanted>> = {
  any: 'any',
  primary: 'writable',
  'read-write': 'writable',
  standby: 'standby',
};

/**
 * Returns the hosts of a URL as libpq reads it: hosts with commas between them, and `target_session_attrs` (PostgreSQL's manual, "Specifying
 * Multiple Hosts"), of which `primary` and `read-write` have one meaning. Returns undefined for a text that is no such URL.
 * @param standard what is wanted where the URL does not say
 */
function readHosts(text: string, standard: (hosts: number) => Wanted): DatabaseHosts | undefined {
  const [, beginning = '', hosts = '', rest = ''] = parts.exec(text) ?? [];
  const given = hosts.split(',').map((host) => `${beginning}${host}${rest}`);
  if (beginning === '' || given.some((url) => readUrl(url) === undefined)) return undefined;
  const said = new URL(given[0] as string).searchParams.get(attribute);
  const wanted = said === null ? standard(given.length) : wantedBy[said];
  return wanted && { urls: said === null ? given : given.map(withoutAttribute), wanted };
}

/** Returns the hosts of the database that every process writes to: of several hosts the one that takes writes. */
export function readDatabaseUrl(text: string): DatabaseHosts | undefined {
  const hosts = readHosts(text, (count) => (count > 1 ? 'writable' : 'any'));
  return hosts?.wanted === 'standby' ? undefined : hosts;
}

/** Returns the hosts of the database that is only read from: one that follows the other. */
export function readReplicaUrl(text: string): DatabaseHosts | undefined {
  const hosts = readHosts(text, () => 'standby');
  return hosts?.wanted === 'standby' ? hosts : undefined;
}

/** Returns a URL without the attribute, which is no parameter of a session. */
function withoutAttribute(text: string): string {
  const url = new URL(text);
  url.searchParams.delete(attribute);
  return url.href;
}
