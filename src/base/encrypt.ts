// Encrypts short secrets for storage: AES-256-GCM, as `nonce ‖ tag ‖ ciphertext` (NIST SP 800-38D).
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { RandomBytes } from './id.ts';

export interface Encrypter {
  /** Encrypts a text; every call gives another result. */
  encrypt(text: string): Uint8Array;
  /** Decrypts what `encrypt` made. Throws when the key is another one or the bytes were changed. */
  open(encrypted: Uint8Array): string;
  /** The same, but `undefined` where `open` throws. */
  tryOpen(encrypted: Uint8Array): string | undefined;
  /** Whether `open` would succeed. */
  canOpen(encrypted: Uint8Array): boolean;
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** A sealer with a key of 32 bytes. */
export function makeEncrypter(key: Uint8Array, randomBytes: RandomBytes): Encrypter {
  const open = (encrypted: Uint8Array): string => {
    const decipher = createDecipheriv(algorithm, key, encrypted.subarray(0, nonceBytes));
    decipher.setAuthTag(encrypted.subarray(nonceBytes, nonceBytes + tagBytes));
    const ciphertext = encrypted.subarray(nonceBytes + tagBytes);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  };
  const tryOpen = (encrypted: Uint8Array): string | undefined => {
    try {
      return open(encrypted);
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
    open,
    tryOpen,
    canOpen: (encrypted) => tryOpen(encrypted) !== undefined,
  };
}
