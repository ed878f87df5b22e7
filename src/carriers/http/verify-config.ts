// How an entry says that a carrier proves its webhooks, and the checked form. Pure.
import { z } from 'zod';
import { fill, parseTemplate, secretValues } from './template.ts';

/** Digests that carriers sign with. */
const algorithms = ['sha1', 'sha256', 'sha512'] as const;
const vonageAlgorithms = ['md5hash', 'md5', 'sha1', 'sha256', 'sha512'] as const;

/** An entry is shown by the API, and its secrets are not: they stand in `secrets`. */
const secret = z.string().regex(/^\{secret\.\w+\}$/, 'must be {secret.NAME}, whose value stands in secrets');

/** Proofs by the word that stands in `verify`. */
const proofs = {
  'plivo-v2': secret,
  'plivo-v3': secret,
  twilio: secret,
  telnyx: secret,
  'vonage-jwt': secret,
  'vonage-sig': z.strictObject({ secret, algorithm: z.enum(vonageAlgorithms).default('md5hash') }),
  hmac: z.strictObject({
    secret,
    header: z.string().min(1).max(100),
    algorithm: z.enum(algorithms).default('sha256'),
    encoding: z.enum(['hex', 'base64']).default('hex'),
    over: z.enum(['raw', 'url+raw', 'timestamp.raw']).default('raw'),
    timestamp: z.string().min(1).max(100).optional(),
    prefix: z.string().max(100).default(''),
  }),
  basic: z.tuple([z.string().min(1).max(200), secret]),
  bearer: secret,
  query: z.record(z.string().min(1), secret),
};

type Proofs = { [Kind in keyof typeof proofs]: z.infer<(typeof proofs)[Kind]> };

/** How a carrier proves its webhooks. */
export type Verification = {
  [Kind in keyof Proofs]: { readonly kind: Kind; readonly by: Proofs[Kind] };
}[keyof Proofs];

/** `{ "twilio": "{secret.token}" }`: exactly one proof. */
export const verifySchema = z
  .strictObject(proofs)
  .partial()
  .refine(
    (given) => Object.values(given).filter((proof) => proof !== undefined).length === 1,
    'must name one proof',
  )
  .refine(({ hmac }) => hmac?.over !== 'timestamp.raw' || hmac.timestamp !== undefined, {
    path: ['hmac', 'timestamp'],
    message: 'is missing: it names the header with the time',
  });

/** Returns the proof of an entry with its secrets filled in. */
export function makeVerification(
  given: z.infer<typeof verifySchema>,
  secrets: Readonly<Record<string, string>>,
): Verification {
  const [kind, by] = Object.entries(given).find(([, proof]) => proof !== undefined) ?? [];
  return { kind, by: fillSecrets(by, secrets) } as Verification;
}

function fillSecrets(value: unknown, secrets: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return fill(parseTemplate(value), secretValues(secrets));
  if (Array.isArray(value)) return value.map((entry) => fillSecrets(entry, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, fillSecrets(entry, secrets)]),
  );
}
