// Encrypts short secrets for storage: AES-256-GCM, as `nonce ‖ tag ‖ ciphertext` (NIST SP 800-38D).
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { RandomBytes } from './id.ts';

export interface Encrypter {
  /** Encrypts a text; each call gives a different result. */
  encrypt(text: string): Uint8Array;
  /** Decrypts the result of `encrypt`. Throws when the key is another one or the bytes were changed. */
  decrypt(encrypted: Uint8Array): string;
  /** Decrypts as above, but returns `undefined` instead of throwing. */
  tryDecrypt(encrypted: Uint8Array): string | undefined;
  /** Returns whether `decrypt` would succeed. */
  canDecrypt(encrypted: Uint8Array): boolean;
  /** Returns a secret of 43 letters, digits, - and _, always the same one for a purpose (HKDF, RFC 5869). */
  deriveSecret(purpose: string): string;
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const derivedBytes = 32;

/** Returns an encrypter with a key of 32 bytes. */
export function makeEncrypter(key: Uint8Array, randomBytes: RandomBytes): Encrypter {
  const decrypt = (encrypted: Uint8Array): string => {
    const decipher = createDecipheriv(algorithm, key, encrypted.subarray(0, nonceBytes));
    decipher.setAuthTag(encrypted.subarray(nonceBytes, nonceBytes + tagBytes));
    const ciphertext = encrypted.subarray(nonceBytes + tagBytes);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  };
  const tryDecrypt = (encrypted: Uint8Array): string | undefined => {
    try {
      return decrypt(encrypted);
    } catch {
      return undefined;
    }
  };
  return {
    encrypt(text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce);
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
    },
    decrypt,
    tryDecrypt,
    canDecrypt: (encrypted) => tryDecrypt(encrypted) !== undefined,
    deriveSecret: (purpose) =>
      Buffer.from(hkdfSync('sha256', key, '', purpose, derivedBytes)).toString('base64url'),
  };
}
