// A state as the audit log stores it: JSON without secrets, of a limited size. Pure.

/** So many characters of JSON are stored of one state. */
export const maxStateLength = 16_384;

const masked = '[masked]';

/** Names of members that hold secrets, wherever they are; a carrier's URLs for its own calls have one in their paths. */
const secretName =
  /(token|secrets?|password|passwd|authorization|credentials|bearer|api[-_]?key)$|^(report|inbound)_url$/i;

/** Parameters of a URL. Nothing in it may match in two ways: callers write these texts, and a slow match would hold up all others. */
const urlParameter = /([?&][^=&#?]*=)[^&#]+/g;

/** Names of parameters of a URL that hold secrets. */
const secretParameter = /token|secret|password|passwd|key|sig|auth|code/i;

/** The user and password of a URL. */
const userOfUrl = /^([a-z][a-z0-9+.-]*:\/\/)[^/?#]+@/i;

/** Returns a text without the secrets of a URL. */
export function maskUrl(text: string): string {
  if (!text.includes('://')) return text;
  return text
    .replace(userOfUrl, `$1${masked}@`)
    .replaceAll(urlParameter, (whole, name: string) =>
      secretParameter.test(name) ? `${name}${masked}` : whole,
    );
}

/**
 * Returns a state as JSON with its secrets masked: members that are named as one, and users, passwords and tokens in URLs. A state that is
 * too long is replaced by its length.
 */
export function writeState(state: object, maxLength = maxStateLength): string {
  const text = JSON.stringify(state, (name, value: unknown) => {
    if (secretName.test(name) && value !== null && value !== '') return masked;
    return typeof value === 'string' ? maskUrl(value) : value;
  });
  return text.length <= maxLength ? text : JSON.stringify({ too_long: text.length });
}
