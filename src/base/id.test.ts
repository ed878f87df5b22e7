// Ids: their form, their order, and the even distribution of random characters.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstIdOf, randomText, systemRandomBytes, uuidv7, uuidv7After } from './id.ts';

const zeros = (size: number) => new Uint8Array(size);
const ones = (size: number) => new Uint8Array(size).fill(0xff);

test('a UUID of version 7 contains the time, the version and the variant', () => {
  const moment = new Date(0x017f22e279b0);
  assert.equal(uuidv7(moment, zeros), '017f22e2-79b0-7000-8000-000000000000');
  assert.equal(uuidv7(moment, ones), '017f22e2-79b0-7fff-bfff-ffffffffffff');
});

test('later UUIDs sort behind earlier ones', () => {
  const at = (ms: number) => uuidv7(new Date(ms), systemRandomBytes);
  const ids = [1, 255, 256, 65_536, 1_700_000_000_000, 1_700_000_000_001].map(at);
  assert.deepEqual([...ids].sort(), ids);
});

test('every id of a millisecond lies between the lowest of it and the lowest of the next', () => {
  const now = new Date('2026-03-14T09:26:53.589Z');
  for (const bytes of [zeros, ones]) {
    const id = uuidv7(now, bytes);
    assert.ok(id >= firstIdOf(now.getTime()) && id < firstIdOf(now.getTime() + 1), id);
  }
  assert.equal(firstIdOf(-1), '00000000-0000-0000-0000-000000000000');
  assert.equal(firstIdOf(Number.MAX_SAFE_INTEGER), 'ffffffff-ffff-0000-0000-000000000000');
});

test('an id that follows another sorts behind it in the same millisecond, and differs each time', () => {
  const now = new Date('2026-03-14T09:26:53.589Z');
  const next = firstIdOf(now.getTime() + 1);
  const causes = [zeros, () => Uint8Array.of(...ones(9), 0xfe), systemRandomBytes].map((bytes) =>
    uuidv7(now, bytes),
  );
  for (const cause of causes) {
    for (const bytes of [zeros, ones, systemRandomBytes]) {
      const id = uuidv7After(cause, now, bytes);
      assert.ok(id > cause && id < next && id.length === 36, `${cause} and then ${id}`);
    }
  }
  const cause = uuidv7(now, () => Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x80, 0, 0, 0, 0, 0));
  const answers = Array.from({ length: 1000 }, () => uuidv7After(cause, now, systemRandomBytes));
  assert.equal(new Set(answers).size, answers.length);
  const earlier = new Date(now.getTime() - 1);
  assert.equal(uuidv7After(cause, earlier, ones), uuidv7(earlier, ones), 'an id tells its own moment');
});

test('random text drops the bytes that would make some characters more likely', () => {
  const bytes = [255, 254, 253, 0, 1, 2, 3, 4, 5];
  const fixed = (size: number) => Uint8Array.from({ length: size }, () => bytes.shift() ?? 0);
  assert.equal(randomText(4, 'abc', fixed), 'cbab');
});

test('system bytes have the requested size and do not repeat', () => {
  const drawn = Array.from({ length: 2000 }, () => Buffer.from(systemRandomBytes(16)).toString('hex'));
  assert.ok(drawn.every((text) => text.length === 32));
  assert.equal(new Set(drawn).size, drawn.length);
  assert.equal(systemRandomBytes(10_000).length, 10_000);
});
