// Makes HTTP carriers on the network.
import type { HttpConfig } from './config.ts';
import { type CarrierHttpClient, HttpCarrier, type HttpCarrierParts } from './http-carrier.ts';

/** Makes a carrier's HTTP client. It is that of `src/webhooks/`, a higher layer, which hands it down. */
export type MakeHttpClient = (options: {
  readonly timeoutMs: number;
  readonly callsPerHost: number;
  /** Networks that may be called although they are not public. */
  readonly allowedNetworks: readonly string[];
}) => CarrierHttpClient;

export interface MakeHttpCarrierParts extends Omit<HttpCarrierParts, 'client' | 'pathSecret'> {
  readonly makeClient: MakeHttpClient;
  /** Returns the secret in the URLs of a carrier's webhooks. */
  readonly pathSecretOf: (name: string) => string;
}

/** Networks that `allow_private` permits: this machine and the networks behind it (RFC 1918, RFC 4193, RFC 6598). */
const privateNetworks: readonly string[] = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '::1',
  'fc00::/7',
];

/** Returns the carrier of an entry, not started. Its timers are the machine's own. */
export function makeHttpCarrier(config: HttpConfig, parts: MakeHttpCarrierParts): HttpCarrier {
  const client = parts.makeClient({
    timeoutMs: config.timeoutMs,
    callsPerHost: config.atOnce,
    allowedNetworks: config.allowPrivate ? privateNetworks : [],
  });
  return new HttpCarrier(config, { ...parts, client, pathSecret: parts.pathSecretOf(config.name) });
}
