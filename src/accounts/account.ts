// Accounts and subaccounts, and the generation of their ids and tokens.
import { hash } from 'node:crypto';
import { type RandomBytes, randomText } from '../base/id.ts';

export interface Account {
  readonly authId: string;
  /** The main account of a subaccount; `null` for a main account. */
  readonly mainId: string | null;
  readonly name: string;
  readonly enabled: boolean;
  readonly city: string;
  readonly address: string;
  readonly state: string;
  /**
   * ISO 3166-1 code of the country whose national numbers requests may contain; `null` for none. A subaccount without one has
   * its main account's.
   */
  readonly defaultCountry: string | null;
  /** Where a main account wants to be called about opt-outs; `null` for nowhere. */
  readonly optOutCallback: OptOutCallback | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date | null;
}

/** The URL and method of calls about opt-outs. */
export interface OptOutCallback {
  readonly url: string;
  readonly method: 'GET' | 'POST';
}

/** An auth token as it is stored: a digest to compare logins with, and the encrypted token. */
export interface StoredToken {
  readonly sha256: Uint8Array;
  readonly encrypted: Uint8Array;
}

const authIdAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const tokenAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const tokenLength = 40;

/** Returns 20 characters, `MA…` or `SA…`: three SDKs refuse any other form before they send (wire-control-plane 1). */
export function makeAuthId(prefix: 'MA' | 'SA', randomBytes: RandomBytes): string {
  return prefix + randomText(18, authIdAlphabet, randomBytes);
}

/** Returns whether a text has the form of an auth id. No other text is looked up. */
export function isAuthId(text: string): boolean {
  return /^(MA|SA)[A-Z0-9]{18}$/.test(text);
}

/** Returns 40 letters and digits: 238 bits. */
export function makeAuthToken(randomBytes: RandomBytes): string {
  return randomText(tokenLength, tokenAlphabet, randomBytes);
}

/** Returns the SHA-256 of a token. A slow password hash would add nothing to 238 random bits, and would use most of the machine. */
export function digestToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
