// Texts as URLs. Pure.

/**
 * Returns the URL that a text is; `undefined` where it is none. Not by `URL.canParse`, which in Node 20 refuses any URL with a letter like é or ü
 * as soon as the call has been optimised, after some thousand.
 */
export function readUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
