// Names that a carrier gave, stored once more: what was reported of them stays with their message.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase } from '../../../test/support/database.ts';
import type { Db } from '../../db/db.ts';
import { insertCarrierMessages } from './carrier-message-store.ts';

const [one, other] = ['0198c000-0000-7000-8000-000000000001', '0198c000-0000-7000-8000-000000000002'];
const at = new Date('2026-03-14T09:26:53Z');

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());

const insert = (messageId: string) =>
  db.transaction(async (tx) =>
    insertCarrierMessages(tx, [{ carrier: 'test', name: 'a name', messageId, part: 1, at }]),
  );

test('a result that is recorded again leaves the outcome of a part, and a name that is given again begins without one', async () => {
  const outcome = async () =>
    (await db.query<{ outcome: string | null }>('select outcome from carrier_messages')).map(
      (row) => row.outcome,
    );
  await insert(one);
  await db.query("update carrier_messages set outcome = 'delivered'");
  await insert(one);
  assert.deepEqual(await outcome(), ['delivered']);
  await insert(other);
  assert.deepEqual(await outcome(), [null]);
});
