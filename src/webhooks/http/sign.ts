// The vendor's signatures on our callbacks, versions 2 and 3 (wire-data-plane section 16). Pure.
import { createHmac } from 'node:crypto';
import { type RandomBytes, randomText } from '../../base/id.ts';
import { remembering } from '../remembering.ts';
import type { CallbackTarget, WebhookMethod, WebhookParameters } from '../webhook.ts';

export type SignatureHeader =
  | 'X-Plivo-Signature-V2'
  | 'X-Plivo-Signature-Ma-V2'
  | 'X-Plivo-Signature-V2-Nonce'
  | 'X-Plivo-Signature-V3'
  | 'X-Plivo-Signature-Ma-V3'
  | 'X-Plivo-Signature-V3-Nonce';

/** The tokens before the current ones, for as long as they are valid. */
export interface FormerTokens {
  readonly own: readonly string[];
  readonly main: readonly string[];
}

export interface CallbackToSign extends CallbackTarget {
  /** Not encoded: in the body of a POST, behind the query of a GET. */
  readonly parameters: WebhookParameters;
  readonly nonce: string;
  /** The token of the account or subaccount that owns the message. */
  readonly ownToken: string;
  /** The token of its main account; the same token if it is one. */
  readonly mainToken: string;
  /** Tokens that were replaced and are still valid; undefined without any. */
  readonly former?: FormerTokens | undefined;
}

/** Makes a nonce: 20 decimal digits, as in the vendor's samples. Every attempt at a call needs a fresh one. */
export function makeNonce(randomBytes: RandomBytes): string {
  return randomText(20, '0123456789', randomBytes);
}

/**
 * Returns the six headers that a callback carries. Version 2 covers origin and path; version 3 also the query and the parameters,
 * and is a list without spaces (`signedV3`), to which tokens that were replaced add their own signatures: validators compare version 2 as a whole, so
 * that it is the current token's alone. A URL that does not go out as it is written (`http://HOST/é`) is signed as the host
 * sees it, in version 3 as it is written too. Throws on a URL that is not absolute: those are refused where they are set.
 */
export function signCallback(callback: CallbackToSign): Record<SignatureHeader, string> {
  const { nonce, ownToken, mainToken } = callback;
  const { textV2, forms } = readSigned(callback.url);
  const textsV3 = [...new Set(forms.flatMap((form) => signedV3(callback, form)))];
  const sign = (token: string) => ({
    v2: hmac(token, `${textV2}${nonce}`),
    v3: textsV3.map((text) => hmac(token, text)).join(','),
  });
  const own = sign(ownToken);
  const main = mainToken === ownToken ? own : sign(mainToken);
  const withFormer = (current: string, former: readonly string[] = []) =>
    [current, ...former.map((token) => sign(token).v3)].join(',');
  return {
    'X-Plivo-Signature-V2': own.v2,
    'X-Plivo-Signature-Ma-V2': main.v2,
    'X-Plivo-Signature-V2-Nonce': nonce,
    'X-Plivo-Signature-V3': withFormer(own.v3, callback.former?.own),
    'X-Plivo-Signature-Ma-V3': withFormer(main.v3, callback.former?.main),
    'X-Plivo-Signature-V3-Nonce': nonce,
  };
}

interface UrlParts {
  /** Scheme, host and port. A name and password before the host are left out, as a host never sees them in its URL. */
  readonly origin: string;
  readonly path: string;
  readonly query: string;
}

/** A form of a URL, as validators of version 3 see it. */
interface SignedForm {
  /** Origin and path in each way in which an SDK writes them, the rule's own first. */
  readonly places: readonly string[];
  /** The pairs of the query in each way in which an SDK reads them. */
  readonly queries: readonly WebhookParameters[];
}

/** Reads what of a URL is signed. */
const readSigned = remembering((url) => {
  const written = splitUrl(url);
  const sent = sentUrl(url, written);
  const forms = isSame(written, sent) ? [written] : [written, sent];
  return { textV2: `${sent.origin}${sent.path}`, forms: forms.map(signedForm) };
});

/** Returns the URL as it is sent (`makeRequest`), except for an empty path: the vendor's signatures leave it out, and requests need it. */
function sentUrl(url: string, written: UrlParts): UrlParts {
  const { origin, pathname, search } = new URL(url);
  const path = written.path === '' && pathname === '/' ? '' : pathname;
  return { origin, path, query: search.slice(1) };
}

const isSame = (one: UrlParts, other: UrlParts): boolean =>
  one.origin === other.origin && one.path === other.path && one.query === other.query;

/** Returns the parts of a URL, unchanged: `URL` would drop a default port and add a path. */
function splitUrl(url: string): UrlParts {
  const match = /^([a-z][a-z\d+.-]*:\/\/)(?:[^/?#]*@)?([^/?#]*)([^?#]*)\??([^#]*)/i.exec(url);
  if (match === null) throw new Error('The URL of a callback must be absolute');
  const [, scheme = '', host = '', path = '', query = ''] = match;
  return { origin: scheme + host, path, query };
}

/** Only a text with such a character is another one when it is encoded once more; those that ASCII does not print are few enough to be among them. */
const beyondAscii = /[^ -~]/;

/**
 * Returns the ways in which SDKs see a URL. The rule's own is first; the others are those of SDKs that compute another one, and
 * every SDK accepts a list that has its own signature in it (section 16.3):
 * Ruby, Java and .NET leave the port out, .NET writes the host in small letters; Go, Java and .NET decode the path, and
 * .NET adds a missing one; PHP takes the query as written.
 */
function signedForm({ origin, path, query }: UrlParts): SignedForm {
  const withoutPort = origin.replace(/:\d*$/, '');
  const origins = [...new Set([origin, withoutPort, withoutPort.toLowerCase()])];
  const paths = [...new Set([path, decodePath(path) || '/'])];
  const places = origins.flatMap((shownOrigin) => paths.map((shownPath) => `${shownOrigin}${shownPath}`));
  return { places, queries: query === '' ? [[]] : [[...new URLSearchParams(query)], splitQuery(query)] };
}

/**
 * Returns the texts that validators of version 3 sign. PHP encodes the text in UTF-8 once more.
 * For an ordinary URL and ASCII parameters they are all one text.
 */
function signedV3({ method, parameters, nonce }: CallbackToSign, { places, queries }: SignedForm): string[] {
  const tails = new Set(queries.map((pairs) => writeTail(method, pairs, parameters)));
  const texts: string[] = [];
  for (const place of places) {
    for (const tail of tails) {
      const text = `${place}${tail}.${nonce}`;
      texts.push(text);
      if (beyondAscii.test(text)) texts.push(Buffer.from(text, 'utf8').toString('latin1'));
    }
  }
  return texts;
}

/** Writes the query, the parameters and the separator between them (section 16.2). */
function writeTail(method: WebhookMethod, query: WebhookParameters, parameters: WebhookParameters): string {
  if (query.length === 0 && parameters.length === 0) return '';
  if (method === 'GET') return `?${writeQuery([...query, ...parameters])}`;
  const body = sortPairs(parameters).map(([name, value]) => name + value);
  const separator = query.length > 0 && body.length > 0 ? '.' : '';
  return `?${writeQuery(query)}${separator}${body.join('')}`;
}

function writeQuery(pairs: WebhookParameters): string {
  return sortPairs(pairs)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Returns pairs by name, then by value, in the order of code points, which is that of their bytes in UTF-8. */
function sortPairs(pairs: WebhookParameters): WebhookParameters {
  return pairs.toSorted(([name, value], [otherName, otherValue]) =>
    name === otherName ? compareCodePoints(value, otherValue) : compareCodePoints(name, otherName),
  );
}

function compareCodePoints(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  for (let at = 0; at < shorter; at++) {
    const unit = one.charCodeAt(at);
    const otherUnit = other.charCodeAt(at);
    if (unit !== otherUnit) return rankOf(unit) - rankOf(otherUnit);
  }
  return one.length - other.length;
}

/** Returns the rank of a code unit. Those of characters beyond U+FFFF come behind all others. */
const rankOf = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** Returns the pairs of a query as they are written, not decoded. */
function splitQuery(query: string): WebhookParameters {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1);
      return [name, pair.slice(name.length + 1)];
    });
}

/** Returns a path with its percent signs decoded, or as it is when they do not spell UTF-8. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function hmac(token: string, text: string): string {
  return createHmac('sha256', token).update(text, 'utf8').digest('base64');
}
