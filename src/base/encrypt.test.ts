// Sealing: what goes in comes out with the right key and with no other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeEncrypter } from './encrypt.ts';
import { systemRandomBytes } from './id.ts';

const encrypter = makeEncrypter(new Uint8Array(32).fill(1), systemRandomBytes);

for (const text of ['', 'token', 'ünïcödé ☃']) {
  test(`"${text}" is encrypted and opened`, () => {
    const encrypted = encrypter.encrypt(text);
    assert.equal(encrypter.open(encrypted), text);
    assert.notDeepEqual(encrypter.encrypt(text), encrypted);
  });
}

test('another key cannot open it', () => {
  const other = makeEncrypter(new Uint8Array(32).fill(2), systemRandomBytes);
  assert.throws(() => other.open(encrypter.encrypt('token')));
  assert.equal(other.canOpen(encrypter.encrypt('token')), false);
  assert.equal(encrypter.canOpen(encrypter.encrypt('token')), true);
  assert.equal(other.tryOpen(encrypter.encrypt('token')), undefined);
  assert.equal(encrypter.tryOpen(encrypter.encrypt('token')), 'token');
});

test('changed bytes cannot be opened', () => {
  const encrypted = encrypter.encrypt('token');
  encrypted[encrypted.length - 1] = (encrypted.at(-1) ?? 0) ^ 1;
  assert.throws(() => encrypter.open(encrypted));
});
