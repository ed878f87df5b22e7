// Accounts and subaccounts: what they are, and how their ids and tokens are made.
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
  /** ISO 3166-1 code of the country whose national numbers requests may hold; `null` for none. A subaccount without one has its main account's. */
  readonly defaultCountry: string | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date | null;
}

/** An auth token as it is stored: a digest to compare logins with, and the token itself, encrypted. */
export interface StoredToken {
  readonly sha256: Uint8Array;
  readonly encrypted: Uint8Array;
}

const authIdAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const tokenAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const tokenLength = 40;

/** 20 characters, `MA…` or `SA…`: three SDKs refuse any other shape before they send (wire-control-plane 1). */
export function makeAuthId(prefix: 'MA' | 'SA', randomBytes: RandomBytes): string {
  return prefix + randomText(18, authIdAlphabet, randomBytes);
}

/** Whether a text has the shape of an auth id. Nothing else is ever looked up. */
export function isAuthId(text: string): boolean {
  return /^(MA|SA)[A-Z0-9]{18}$/.test(text);
}

/** 40 letters and digits: 238 bits. */
export function makeAuthToken(randomBytes: RandomBytes): string {
  return randomText(tokenLength, tokenAlphabet, randomBytes);
}

/** SHA-256 of a token. A slow password hash would add nothing to 238 random bits, and would be the whole machine. */
export function digestToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
