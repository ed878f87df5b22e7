// A message that comes again has its first name; one that is only equal has a name of its own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase } from '../../test/support/database.ts';
import type { InboundMark } from '../carriers/smpp/inbound-names.ts';
import type { Db } from '../db/db.ts';
import { deleteOldMarks, makeInboundMarks } from './inbound-mark-store.ts';

const start = new Date('2026-11-29T10:00:00Z');
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());

const mark = (hash: string, session: string, name: string): InboundMark => ({
  carrier: 'smsc',
  hash,
  session,
  name,
});
const at = (minutes: number) => makeInboundMarks(db, () => later(minutes));

test('in another session, without a known answer', async () => {
  assert.equal(await at(0).name(mark('01', 'one', 'a')), 'a');
  assert.equal(await at(9).name(mark('01', 'two', 'b')), 'a');
  assert.equal(await at(18).name(mark('01', 'three', 'c')), 'a');
});

test('not more than ten minutes later', async () => {
  assert.equal(await at(0).name(mark('02', 'one', 'a')), 'a');
  assert.equal(await at(11).name(mark('02', 'two', 'b')), 'b');
});

test('not after a good answer', async () => {
  await at(0).name(mark('03', 'one', 'a'));
  await at(0).answered(mark('03', 'one', 'a'), true);
  assert.equal(await at(1).name(mark('03', 'two', 'b')), 'b');
});

test('not in the same session, but for a bad answer', async () => {
  await at(0).name(mark('04', 'one', 'a'));
  assert.equal(await at(1).name(mark('04', 'one', 'b')), 'b');
  await at(1).answered(mark('04', 'one', 'b'), false);
  assert.equal(await at(2).name(mark('04', 'one', 'c')), 'b');
});

test('an answer of an earlier session changes nothing', async () => {
  await at(0).name(mark('05', 'one', 'a'));
  await at(1).name(mark('05', 'two', 'b'));
  await at(1).answered(mark('05', 'one', 'a'), true);
  assert.equal(await at(2).name(mark('05', 'three', 'c')), 'a');
});

test('old marks are deleted', async () => {
  await at(0).name(mark('06', 'one', 'a'));
  assert.ok((await deleteOldMarks(db, later(60), 100)) > 0);
  assert.equal(await deleteOldMarks(db, later(60), 100), 0);
});
