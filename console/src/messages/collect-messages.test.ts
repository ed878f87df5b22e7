// The messages of a list together, while others come in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectMessages, mostCollected, type WantedPage } from './collect-messages.ts';

const messageAt = (place: number) => ({ message_time: String(10_000 + place) });

/** Returns a list, newest first, that gets a message before each page is read; and the function that reads it. */
function busyList(size: number) {
  const stored = Array.from({ length: size }, (_, place) => messageAt(place));
  const load = async ({ message_time__lte: until = '99999', limit, offset }: WantedPage) => {
    stored.push(messageAt(stored.length));
    const listed = stored.filter(({ message_time: time }) => time <= until).toReversed();
    return listed.slice(offset, offset + limit);
  };
  return load;
}

test('messages that come in meanwhile make no row come twice', async () => {
  const found = await collectMessages(busyList(100), {}, 20, () => {});
  const times = found.map(({ message_time: time }) => time);
  assert.equal(times.length, 101, 'with the one that came before the first request');
  assert.equal(new Set(times).size, times.length);
});

test('very many are cut, and an empty list has none', async () => {
  const found = await collectMessages(busyList(mostCollected + 500), {}, 20, () => {});
  assert.equal(found.length, mostCollected);
  assert.deepEqual(
    await collectMessages(
      async () => [],
      {},
      20,
      () => {},
    ),
    [],
  );
});
