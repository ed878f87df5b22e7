// An API key of an account. Pure.
import type { KeyRole } from '../http/role.ts';

export interface ApiKey {
  readonly keyId: string;
  readonly name: string;
  readonly role: KeyRole;
  readonly createdAt: Date;
}

/** A key with its secret, which is stored as a digest alone. */
export interface NewApiKey extends ApiKey {
  readonly secret: string;
}
