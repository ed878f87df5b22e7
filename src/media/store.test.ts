// How long files and the media of messages are stored, and what is found.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { emptyTables, openTestDatabase } from '../../test/support/database.ts';
import type { Db } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { type MediaFile, renewalMs, unusedLifeMs, usedLifeMs } from './media.ts';
import { attachMedia, detachMedia, mediaOfMessages } from './message-media-store.ts';
import { countMedia, deleteExpiredMedia, findMedia, insertMedia } from './store.ts';

const main = 'MAXXXXXXXXXXXXXXXXXX';
const sub = 'SAXXXXXXXXXXXXXXXXXX';
const scope: Scope = { accountId: main, mainId: main, subaccountId: undefined, callerId: main };
const subScope: Scope = { accountId: sub, mainId: main, subaccountId: sub, callerId: sub };
const start = new Date('2026-03-14T09:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);
const fileId = (index: number) => `00000000-0000-4000-8000-00000000000${index}`;
const messageId = (index: number) => `019cebb2-7a55-7000-8000-00000000000${index}`;
const origin = 'https://sms.example.net';
const many = 100;

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());

beforeEach(async () => {
  await emptyTables(db);
  await db.query(
    `insert into accounts (auth_id, main_id, name, created_at) values ($1, null, 'Main', $3), ($2, $1, 'Sub', $3)`,
    [main, sub, start],
  );
});

async function store(index: number, more: Partial<MediaFile> = {}): Promise<string> {
  const file: MediaFile = {
    id: fileId(index),
    accountId: main,
    subaccountId: null,
    fileName: 'a.png',
    contentType: 'image/png',
    size: 3,
    uploadedAt: start,
    ...more,
  };
  await db.transaction((tx) => insertMedia(tx, file, Buffer.from('abc')));
  return file.id;
}

const attach = (now: Date, ...media: Parameters<typeof attachMedia>[2]) =>
  db.transaction((tx) => attachMedia(tx, now, media));
const detach = (now: Date, ...ids: string[]) => db.transaction((tx) => detachMedia(tx, now, ids));
const tidy = (now: Date, rows = many) => deleteExpiredMedia(db, now, rows);
const isThere = async (id: string) => (await findMedia(db, scope, [id])).has(id);

describe('a file', () => {
  test('that no message uses is kept for 6 hours', async () => {
    const id = await store(1);
    assert.equal(await tidy(later(unusedLifeMs - 1)), 0);
    assert.ok(await isThere(id));
    assert.equal(await tidy(later(unusedLifeMs)), 1);
    assert.ok(!(await isThere(id)));
  });

  test('that a message uses is kept for a year, and goes with its place in the message', async () => {
    const id = await store(1);
    const used = later(unusedLifeMs - 1);
    await attach(used, { messageId: messageId(1), position: 0, mediaId: id });
    const end = new Date(used.getTime() + usedLifeMs);
    assert.equal(await tidy(new Date(end.getTime() - 1)), 0);
    assert.equal(await tidy(end), 1);
    assert.ok(!(await isThere(id)));
    assert.equal((await mediaOfMessages(db, origin, [messageId(1)])).size, 0);
  });

  test('is kept for a year from its last use, give or take a day', async () => {
    const id = await store(1);
    await attach(start, { messageId: messageId(1), position: 0, mediaId: id });
    await attach(later(renewalMs), { messageId: messageId(2), position: 0, mediaId: id });
    await attach(later(renewalMs + 1), { messageId: messageId(3), position: 0, mediaId: id });
    assert.equal(await tidy(later(usedLifeMs + renewalMs)), 0);
    assert.equal(await tidy(later(usedLifeMs + renewalMs + 1)), 1);
  });

  test('is dropped at once when the last message that carries it gives it up', async () => {
    const id = await store(1);
    await attach(
      start,
      { messageId: messageId(1), position: 0, mediaId: id },
      { messageId: messageId(2), position: 0, mediaId: id },
    );
    await detach(start, messageId(1));
    assert.equal(await tidy(start), 0);
    await detach(start, messageId(2));
    assert.equal(await tidy(start), 1);
  });

  test('that was given up is kept when it is used again', async () => {
    const id = await store(1);
    await attach(start, { messageId: messageId(1), position: 0, mediaId: id });
    await detach(start, messageId(1));
    await attach(start, { messageId: messageId(2), position: 0, mediaId: id });
    assert.equal(await tidy(later(usedLifeMs - 1)), 0);
  });

  test('is kept when one message gives it up while another takes it', async () => {
    const id = await store(1);
    await attach(start, { messageId: messageId(0), position: 0, mediaId: id });
    for (let index = 0; index < 9; index++) {
      await Promise.all([
        detach(start, messageId(index)),
        attach(start, { messageId: messageId(index + 1), position: 0, mediaId: id }),
      ]);
      assert.equal(await tidy(start), 0);
    }
  });

  test('goes with its account, and stays when its subaccount goes', async () => {
    const id = await store(1, { subaccountId: sub });
    await db.query('delete from accounts where auth_id = $1', [sub]);
    assert.ok(await isThere(id));
    await db.query('delete from accounts where auth_id = $1', [main]);
    assert.ok(!(await isThere(id)));
  });
});

test('a URL is remembered for a year', async () => {
  await attach(start, { messageId: messageId(1), position: 0, url: 'https://example.com/a.png' });
  assert.equal(await tidy(later(usedLifeMs - 1)), 0);
  assert.equal(await tidy(later(usedLifeMs)), 1);
});

test('retention deletes no more rows at once than its limit', async () => {
  for (const index of [1, 2, 3]) await store(index);
  const counts = [];
  for (let round = 0; round < 3; round++) counts.push(await tidy(later(unusedLifeMs), 2));
  assert.deepEqual(counts, [2, 1, 0]);
});

test('files are found by their ids, in any case, in the scope that may see them', async () => {
  const ofMain = await store(1);
  const ofSub = await store(2, { id: 'abcdefab-0000-4000-8000-000000000002', subaccountId: sub });
  const shouted = ofSub.toUpperCase();
  const wanted = [ofMain, shouted, shouted, fileId(9), 'none', ''];
  assert.deepEqual([...(await findMedia(db, scope, wanted)).keys()], [ofMain, shouted]);
  assert.deepEqual([...(await findMedia(db, subScope, wanted)).keys()], [shouted]);
  assert.equal((await findMedia(db, scope, wanted)).get(shouted)?.id, ofSub);
  assert.deepEqual([await countMedia(db, scope), await countMedia(db, subScope)], [2, 1]);
});

test('the media of many messages are attached and read together, in order', async () => {
  const id = await store(1);
  await attach(
    start,
    { messageId: messageId(1), position: 1, mediaId: id },
    { messageId: messageId(1), position: 0, url: 'https://example.com/b.gif' },
    { messageId: messageId(2), position: 0, mediaId: id.toUpperCase() },
  );
  const media = await mediaOfMessages(db, origin, [messageId(1), messageId(2), messageId(3)]);
  const shown = [...media].map(([message, list]) => [
    message,
    list.map(({ url, contentType, size }) => [url, contentType, size]),
  ]);
  const own = `${origin}/media/${main}/${id}`;
  assert.deepEqual(shown, [
    [
      messageId(1),
      [
        ['https://example.com/b.gif', 'image/gif', 0],
        [own, 'image/png', 3],
      ],
    ],
    [messageId(2), [[own, 'image/png', 3]]],
  ]);
});

test('a file that went away meanwhile is left out, and the rest goes through', async () => {
  const url = 'https://example.com/a.png';
  await attach(
    start,
    { messageId: messageId(1), position: 0, mediaId: fileId(1) },
    { messageId: messageId(2), position: 0, url },
  );
  const media = await mediaOfMessages(db, origin, [messageId(1), messageId(2)]);
  assert.deepEqual([...media.keys()], [messageId(2)]);
});
