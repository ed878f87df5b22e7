// Makes HTTP carriers on the network.
import { privateNetworks } from '../networks.ts';
import type { HttpConfig } from './config.ts';
import { type CarrierHttpClient, HttpCarrier, type HttpCarrierParts } from './http-carrier.ts';

/** Makes a carrier's HTTP client. It is that of `src/webhooks/`, a higher layer, which hands it down. */
type MakeHttpClient = (options: {
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

/** Networks that `allow_private` permits: the private ones, and those that are shared behind a carrier (RFC 6598). */
const permittedNetworks: readonly string[] = [...privateNetworks, '100.64.0.0/10'];

/** Returns the carrier of an entry, not started. Its timers are the machine's own. */
export function makeHttpCarrier(config: HttpConfig, parts: MakeHttpCarrierParts): HttpCarrier {
  const client = parts.makeClient({
    timeoutMs: config.timeoutMs,
    callsPerHost: config.atOnce,
    allowedNetworks: config.allowPrivate ? permittedNetworks : [],
  });
  return new HttpCarrier(config, { ...parts, client, pathSecret: parts.pathSecretOf(config.name) });
}
