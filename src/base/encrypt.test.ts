// Encryption: decrypts with the right key and with no other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeEncrypter } from './encrypt.ts';
import { systemRandomBytes } from './id.ts';

const encrypter = makeEncrypter(new Uint8Array(32).fill(1), systemRandomBytes);

for (const text of ['', 'token', 'ünïcödé ☃']) {
  test(`"${text}" is encrypted and decrypted`, () => {
    const encrypted = encrypter.encrypt(text);
    assert.equal(encrypter.decrypt(encrypted), text);
    assert.notDeepEqual(encrypter.encrypt(text), encrypted);
  });
}

test('another key cannot decrypt it', () => {
  const other = makeEncrypter(new Uint8Array(32).fill(2), systemRandomBytes);
  assert.throws(() => other.decrypt(encrypter.encrypt('token')));
  assert.equal(other.canDecrypt(encrypter.encrypt('token')), false);
  assert.equal(encrypter.canDecrypt(encrypter.encrypt('token')), true);
  assert.equal(other.tryDecrypt(encrypter.encrypt('token')), undefined);
  assert.equal(encrypter.tryDecrypt(encrypter.encrypt('token')), 'token');
});

test('changed bytes cannot be decrypted', () => {
  const encrypted = encrypter.encrypt('token');
  encrypted[encrypted.length - 1] = (encrypted.at(-1) ?? 0) ^ 1;
  assert.throws(() => encrypter.decrypt(encrypted));
});
