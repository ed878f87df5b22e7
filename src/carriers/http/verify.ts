// Proofs that a webhook comes from the carrier: signatures and fixed secrets. Pure.
import { createHash, createHmac, createPublicKey, verify as verifySignature } from 'node:crypto';
import type { Source } from './reading.ts';
import { isEqual, isRecent, type SignedWebhook } from './signed-webhook.ts';
import type { Verification } from './verify-config.ts';
import { isVonageJwt, isVonageSig } from './verify-vonage.ts';

/** Computes Plivo's signatures of a call. It is the function of `src/webhooks/`, a higher layer, which hands it down. */
export type SignPlivo = (call: {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly nonce: string;
  readonly ownToken: string;
  readonly mainToken: string;
}) => Readonly<Record<string, string>>;

/** Returns whether a webhook proves that it comes from the carrier. Secrets are compared in constant time. */
export function isGenuine(
  { kind, by }: Verification,
  webhook: SignedWebhook,
  signPlivo: SignPlivo,
  now: Date,
): boolean {
  switch (kind) {
    case 'plivo-v2':
      return isPlivos(webhook, by, 'V2', signPlivo);
    case 'plivo-v3':
      return isPlivos(webhook, by, 'V3', signPlivo);
    case 'twilio':
      return isTwilios(webhook, by);
    case 'telnyx':
      return isTelnyxs(webhook, by, now);
    case 'vonage-jwt':
      return isVonageJwt(webhook, by, now);
    case 'vonage-sig':
      return isVonageSig(webhook, by.secret, by.algorithm, now);
    case 'hmac':
      return isSignedBy(webhook, by, now);
    case 'basic':
      return isEqual(webhook.headers.authorization, `Basic ${Buffer.from(by.join(':')).toString('base64')}`);
    case 'bearer':
      return isEqual(webhook.headers.authorization, `Bearer ${by}`);
    case 'query':
      return Object.entries(by).every(([name, value]) => isEqual(fieldOf(webhook.source, name), value));
  }
}

const fieldOf = (source: Source, name: string): string | undefined =>
  source.query.get(name) ?? source.form().get(name) ?? undefined;

/** Returns whether a signature of the vendor's list is one of ours (wire-data-plane section 16). */
function isPlivos(
  { method, url, headers, source }: SignedWebhook,
  token: string,
  version: 'V2' | 'V3',
  signPlivo: SignPlivo,
): boolean {
  const name = `X-Plivo-Signature-${version}`;
  const given = headers[name.toLowerCase()];
  const nonce = headers[`${name}-nonce`.toLowerCase()];
  if (given === undefined || nonce === undefined) return false;
  const parameters = method === 'GET' ? [] : [...source.form()];
  const call = { method: method === 'GET' ? 'GET' : 'POST', url, parameters, nonce } as const;
  const own = signPlivo({ ...call, ownToken: token, mainToken: token })[name]?.split(',') ?? [];
  return given.split(',').some((signature) => own.some((expected) => isEqual(signature.trim(), expected)));
}

/** Checks HMAC-SHA1 over the URL and the sorted form; of JSON, the URL holds its digest (twilio.com/docs/usage/webhooks/webhooks-security). */
function isTwilios({ url, headers, raw, source }: SignedWebhook, token: string): boolean {
  const digest = source.query.get('bodySHA256');
  if (digest !== null && !isEqual(digest, createHash('sha256').update(raw).digest('hex'))) return false;
  const pairs = digest === null ? [...source.form()].toSorted(byName) : [];
  const signed = url + pairs.map(([name, value]) => name + value).join('');
  return isEqual(headers['x-twilio-signature'], createHmac('sha1', token).update(signed).digest('base64'));
}

const byName = ([one]: readonly [string, string], [other]: readonly [string, string]): number =>
  one < other ? -1 : one > other ? 1 : 0;

/** The fixed octets before a key of Ed25519 (RFC 8410). */
const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Checks Ed25519 over `timestamp|body`, by the account's public key (developers.telnyx.com, webhook signing). */
function isTelnyxs({ headers, raw }: SignedWebhook, publicKey: string, now: Date): boolean {
  const timestamp = headers['telnyx-timestamp'] ?? '';
  const signature = Buffer.from(headers['telnyx-signature-ed25519'] ?? '', 'base64');
  const key = Buffer.from(publicKey, 'base64');
  if (key.length !== 32 || !isRecent(timestamp, now)) return false;
  const der = Buffer.concat([ed25519Prefix, key]);
  const signed = Buffer.concat([Buffer.from(`${timestamp}|`), raw]);
  return verifySignature(null, signed, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
}

type HmacRule = Extract<Verification, { kind: 'hmac' }>['by'];

function isSignedBy({ url, headers, raw }: SignedWebhook, rule: HmacRule, now: Date): boolean {
  const timestamp = rule.timestamp === undefined ? '' : (headers[rule.timestamp.toLowerCase()] ?? '');
  if (rule.over === 'timestamp.raw' && !isRecent(timestamp, now)) return false;
  const before = { raw: '', 'url+raw': url, 'timestamp.raw': `${timestamp}.` }[rule.over];
  const hmac = createHmac(rule.algorithm, rule.secret).update(before).update(raw).digest(rule.encoding);
  return isEqual(headers[rule.header.toLowerCase()], rule.prefix + hmac);
}
