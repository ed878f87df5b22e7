// Sealing: what goes in comes out with the right key and with no other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRandomBytes } from './id.ts';
import { makeSealer } from './seal.ts';

const sealer = makeSealer(new Uint8Array(32).fill(1), systemRandomBytes);

for (const text of ['', 'token', 'ünïcödé ☃']) {
  test(`"${text}" is sealed and opened`, () => {
    const sealed = sealer.seal(text);
    assert.equal(sealer.open(sealed), text);
    assert.notDeepEqual(sealer.seal(text), sealed);
  });
}

test('another key cannot open it', () => {
  const other = makeSealer(new Uint8Array(32).fill(2), systemRandomBytes);
  assert.throws(() => other.open(sealer.seal('token')));
  assert.equal(other.canOpen(sealer.seal('token')), false);
  assert.equal(sealer.canOpen(sealer.seal('token')), true);
  assert.equal(other.tryOpen(sealer.seal('token')), undefined);
  assert.equal(sealer.tryOpen(sealer.seal('token')), 'token');
});

test('changed bytes cannot be opened', () => {
  const sealed = sealer.seal('token');
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  assert.throws(() => sealer.open(sealed));
});
