// The vendor's signatures on our callbacks, versions 2 and 3 (wire-data-plane section 16).
import { createHmac } from 'node:crypto';
import { type RandomBytes, randomText } from '../base/id.ts';

export type CallbackMethod = 'GET' | 'POST';
export type CallbackParameters = Readonly<Record<string, string>>;

export type SignatureHeader =
  | 'X-Plivo-Signature-V2'
  | 'X-Plivo-Signature-Ma-V2'
  | 'X-Plivo-Signature-V2-Nonce'
  | 'X-Plivo-Signature-V3'
  | 'X-Plivo-Signature-Ma-V3'
  | 'X-Plivo-Signature-V3-Nonce';

export interface CallbackToSign {
  readonly method: CallbackMethod;
  /** The address as the customer gave it: absolute, with its own query but, for GET, without our parameters. */
  readonly url: string;
  /** What the callback carries, not encoded: body pairs of a POST, further query pairs of a GET. */
  readonly parameters: CallbackParameters;
  readonly nonce: string;
  /** The token of the account or subaccount that the message belongs to. */
  readonly ownToken: string;
  /** The token of its main account; the same when it is one itself. */
  readonly mainToken: string;
}

/** A fresh nonce: 20 decimal digits, as the vendor's samples have. Each attempt of a callback needs its own. */
export function makeNonce(randomBytes: RandomBytes): string {
  return randomText(20, '0123456789', randomBytes);
}

/** The six headers that go with a callback. Throws when the URL is not absolute: such a one is refused when it is set. */
export function signCallback(callback: CallbackToSign): Record<SignatureHeader, string> {
  const parts = splitUrl(callback.url);
  const textsV3 = writingsV3(callback, parts);
  const signV2 = (token: string) => sign(token, originWithPort(parts) + parts.path + callback.nonce);
  const signV3 = (token: string) => textsV3.map((text) => sign(token, text)).join(',');
  return {
    'X-Plivo-Signature-V2': signV2(callback.ownToken),
    'X-Plivo-Signature-Ma-V2': signV2(callback.mainToken),
    'X-Plivo-Signature-V2-Nonce': callback.nonce,
    'X-Plivo-Signature-V3': signV3(callback.ownToken),
    'X-Plivo-Signature-Ma-V3': signV3(callback.mainToken),
    'X-Plivo-Signature-V3-Nonce': callback.nonce,
  };
}
