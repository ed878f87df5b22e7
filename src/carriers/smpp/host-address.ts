// `host:port` as an entry of the carriers' file writes it. Pure.

/** Returns host and port of `host:port`; an IPv6 address stands in brackets. */
export function addressOf(address: string): { readonly host: string; readonly port: number } {
  const at = address.lastIndexOf(':');
  return { host: address.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(address.slice(at + 1)) };
}
