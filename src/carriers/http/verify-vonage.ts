// Vonage's two proofs of a webhook: a token with a digest of the body, and a signature over its parameters. Pure.
import { createHash, createHmac } from 'node:crypto';
import { isObject } from './merge-patch.ts';
import { isEqual, isRecent, type SignedWebhook } from './signed-webhook.ts';

/** Returns whether the bearer's token is signed with HS256 and holds the digest of the body (developer.vonage.com, signed webhooks). */
export function isVonageJwt({ headers, raw }: SignedWebhook, secret: string, now: Date): boolean {
  const [, head, claims, signature] =
    /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
  if (head === undefined || claims === undefined) return false;
  const expected = createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url');
  if (!isEqual(signature, expected) || readSegment(head).alg !== 'HS256') return false;
  const { payload_hash: digest, iat } = readSegment(claims);
  const own = createHash('sha256').update(raw).digest('hex');
  return typeof digest === 'string' && isEqual(digest.toLowerCase(), own) && isRecent(String(iat), now);
}

function readSegment(segment: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

type Algorithm = 'md5hash' | 'md5' | 'sha1' | 'sha256' | 'sha512';

/** Returns whether `sig` is the digest of the other parameters, sorted, with the secret (developer.vonage.com, signing messages). */
export function isVonageSig(
  { source }: SignedWebhook,
  secret: string,
  algorithm: Algorithm,
  now: Date,
): boolean {
  const { sig, ...parameters } = Object.fromEntries([...source.query, ...parametersOf(source)]);
  if (sig === undefined || !isRecent(parameters.timestamp ?? '', now)) return false;
  const text = Object.keys(parameters)
    .toSorted()
    .map((name) => `&${name}=${(parameters[name] ?? '').replace(/[&=]/g, '_')}`)
    .join('');
  const expected =
    algorithm === 'md5hash'
      ? createHash('md5')
          .update(text + secret)
          .digest('hex')
      : createHmac(algorithm, secret).update(text).digest('hex');
  return isEqual(sig.toLowerCase(), expected);
}

/** Returns the parameters of a body, JSON or a form, as texts. */
function parametersOf(source: SignedWebhook['source']): readonly (readonly [string, string])[] {
  const json = source.json();
  return isObject(json)
    ? Object.entries(json).map(([name, value]) => [name, String(value)] as const)
    : [...source.form()];
}
