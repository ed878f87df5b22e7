// Reads and writes the Authorization header of HTTP Basic authentication (RFC 7617).

export interface Credentials {
  readonly authId: string;
  readonly authToken: string;
}

const maxHeaderLength = 1024;

/** Returns the credentials in an `Authorization` header, or `undefined` when there are none that can be read. */
export function readBasicAuth(header: string | undefined): Credentials | undefined {
  if (header === undefined || header.length > maxHeaderLength || !/^basic /i.test(header)) return undefined;
  const decoded = Buffer.from(header.slice('basic '.length), 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon <= 0) return undefined;
  return { authId: decoded.slice(0, colon), authToken: decoded.slice(colon + 1) };
}

/** Returns the `Authorization` header with these credentials. */
export function writeBasicAuth({ authId, authToken }: Credentials): string {
  return `Basic ${Buffer.from(`${authId}:${authToken}`).toString('base64')}`;
}
