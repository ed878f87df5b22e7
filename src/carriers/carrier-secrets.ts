// The secrets in a carrier's entry: `password_env`, `password_file` and their like are read before the entry's type sees it.
import { ApiError } from '../base/errors.ts';

/** Places from which secrets are read. */
interface SecretSources {
  /** The environment variable of a name. */
  readonly variable: (name: string) => string | undefined;
  /** The text of a file. Throws when it cannot be read. */
  readonly file: (path: string) => string;
  /** Why a secret may not stand in the entry itself; `undefined` where it may. */
  readonly againstPlain: string | undefined;
}

type Entry = Readonly<Record<string, unknown>>;

/** Keys whose values are secrets: `password`, `auth_token`, `path_secret`. */
const secretKey = /(^|_)(password|secret|token)$/;
const reference = /^(.+)_(env|file)$/;

/** Returns whether the value of a key of an entry is never to be shown. */
export const isSecretKey = (key: string): boolean => key === 'secrets' || secretKey.test(key);

/**
 * Returns an entry with the secrets that it refers to: `password_env` names an environment variable, `password_file` a file whose text
 * without the end of its line counts, and so for each secret key; in `secrets` they are written `{ "env": … }` and `{ "file": … }`.
 * @throws ApiError invalid, naming the key, for what is not there, and for a secret that stands where others may read it.
 */
export function resolveSecrets(given: unknown, place: string, sources: SecretSources): unknown {
  if (!isObject(given)) return given;
  const resolved: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const [, target = '', kind] = reference.exec(key) ?? [];
    if (secretKey.test(target)) {
      if (target in given)
        throw new ApiError('invalid', `${place}.${key} stands beside ${target}: one of them is enough`);
      resolved[target] = fetchSecret(value, kind === 'env' ? 'env' : 'file', `${place}.${key}`, sources);
    } else if (key === 'secrets' && isObject(value)) {
      resolved[key] = resolveNamed(value, `${place}.${key}`, sources);
    } else {
      if (secretKey.test(key)) refusePlain(value, `${place}.${key}`, sources);
      resolved[key] = value;
    }
  }
  return resolved;
}

/** Returns the secrets of an HTTP carrier, by the names that its templates use. */
function resolveNamed(secrets: Entry, place: string, sources: SecretSources): Entry {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, secret]) => {
      const [[kind, value] = [], ...more] = isObject(secret) ? Object.entries(secret) : [];
      if ((kind === 'env' || kind === 'file') && more.length === 0) {
        return [name, fetchSecret(value, kind, `${place}.${name}.${kind}`, sources)];
      }
      refusePlain(secret, `${place}.${name}`, sources);
      return [name, secret];
    }),
  );
}

function fetchSecret(
  from: unknown,
  kind: 'env' | 'file',
  place: string,
  { variable, file }: SecretSources,
): string {
  if (typeof from !== 'string' || from === '') throw new ApiError('invalid', `${place} must be a text`);
  const secret = kind === 'env' ? variable(from) : readFile(from, place, file).replace(/\r?\n$/, '');
  if (secret === undefined || secret === '') {
    const missing = kind === 'env' ? 'an environment variable that is not set' : 'an empty file';
    throw new ApiError('invalid', `${place} names ${missing}`);
  }
  return secret;
}

function readFile(path: string, place: string, file: SecretSources['file']): string {
  try {
    return file(path);
  } catch (error) {
    throw new ApiError('invalid', `${place} cannot be read: ${(error as Error).message}`);
  }
}

function refusePlain(value: unknown, place: string, { againstPlain }: SecretSources): void {
  if (typeof value === 'string' && againstPlain !== undefined) {
    throw new ApiError('invalid', `${place} ${againstPlain}`);
  }
}

const isObject = (given: unknown): given is Entry =>
  typeof given === 'object' && given !== null && !Array.isArray(given);
