// Encrypts short secrets for storage: AES-256-GCM, as `nonce ‖ tag ‖ ciphertext` (NIST SP 800-38D).
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { RandomBytes } from './id.ts';

export interface Sealer {
  /** Encrypts a text; every call gives another result. */
  seal(text: string): Uint8Array;
  /** Decrypts what `seal` made. Throws when the key is another one or the bytes were changed. */
  open(sealed: Uint8Array): string;
  /** The same, but `undefined` where `open` throws. */
  tryOpen(sealed: Uint8Array): string | undefined;
  /** Whether `open` would succeed. */
  canOpen(sealed: Uint8Array): boolean;
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** A sealer with a key of 32 bytes. */
export function makeSealer(key: Uint8Array, randomBytes: RandomBytes): Sealer {
  const open = (sealed: Uint8Array): string => {
    const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes));
    decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
    const ciphertext = sealed.subarray(nonceBytes + tagBytes);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  };
  const tryOpen = (sealed: Uint8Array): string | undefined => {
    try {
      return open(sealed);
    } catch {
      return undefined;
    }
  };
  return {
    seal(text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce);
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
    },
    open,
    tryOpen,
    canOpen: (sealed) => tryOpen(sealed) !== undefined,
  };
}
