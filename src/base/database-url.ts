// The URL of a PostgreSQL database, perhaps with several hosts, of which one at a time takes writes. Pure.

/** The servers that a URL names. */
export interface DatabaseHosts {
  /** A URL for each host, in the order given. */
  readonly urls: readonly string[];
  /** Whether a server that takes no writes is passed over for the next one. */
  readonly mustWrite: boolean;
}

const parts = /^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)([^@/?#]*)(.*)$/;
const attribute = 'target_session_attrs';

/**
 * Returns the hosts of a URL as libpq reads it: hosts with commas between them, and `target_session_attrs` (PostgreSQL's manual, "Specifying
 * Multiple Hosts"). It may be `any`, `primary` or `read-write`, the last two with one meaning; `read-write` is the default of several hosts,
 * because every process writes. Returns undefined for a text that is no such URL.
 */
export function readDatabaseUrl(text: string): DatabaseHosts | undefined {
  const [, beginning = '', hosts = '', rest = ''] = parts.exec(text) ?? [];
  const given = hosts.split(',').map((host) => `${beginning}${host}${rest}`);
  if (beginning === '' || !given.every((url) => URL.canParse(url))) return undefined;
  const wanted = new URL(given[0] as string).searchParams.get(attribute);
  if (wanted !== null && !['any', 'primary', 'read-write'].includes(wanted)) return undefined;
  const urls = wanted === null ? given : given.map(withoutAttribute);
  return { urls, mustWrite: wanted === null ? urls.length > 1 : wanted !== 'any' };
}

/** Returns a URL without the attribute, which is no parameter of a session. */
function withoutAttribute(text: string): string {
  const url = new URL(text);
  url.searchParams.delete(attribute);
  return url.href;
}
