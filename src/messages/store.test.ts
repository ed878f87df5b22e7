// Lists of messages: which rows the database reads for a page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase } from '../../test/support/database.ts';
import { insertMessage } from '../../test/support/message-rows.ts';
import type { Db, Transaction } from '../db/db.ts';
import { listMessages, type MessageFilters } from './store.ts';

const accountId = 'MALISTED000000000000';
const scope = { accountId, mainId: accountId, subaccountId: undefined, callerId: accountId };
const noFilters: MessageFilters = {
  subaccountId: undefined,
  direction: undefined,
  status: undefined,
  service: undefined,
  from: undefined,
  before: undefined,
  errorCode: undefined,
  powerpackUuid: undefined,
  countryIso2: undefined,
  sender: undefined,
  destination: undefined,
  number: undefined,
  areaCode: undefined,
  campaignId: undefined,
  isRegistered: undefined,
  text: undefined,
};
const idOf = (index: number) => `0198c000-0000-7000-8000-${String(index).padStart(12, '0')}`;

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());

test('for a page far back no message before it is read', async () => {
  for (let index = 0; index < 200; index++) await insertMessage(db, idOf(index), { accountId });
  await db.query('vacuum analyze messages');
  const rowsRead = async (tx: Transaction) => {
    const [row] = await tx.query<{ count: number }>(
      `select pg_stat_get_xact_tuples_fetched('messages_first'::regclass) as count`,
    );
    return row?.count ?? 0;
  };
  await db.transaction(async (tx) => {
    // As for a large table: this one is read faster whole.
    await tx.query('set local enable_seqscan = off');
    await tx.query('set local enable_bitmapscan = off');
    const earlier = await rowsRead(tx);
    const { messages, hasMore } = await listMessages(tx, scope, noFilters, { limit: 5, offset: 150 });
    assert.deepEqual(
      messages.map(({ id }) => id),
      [49, 48, 47, 46, 45].map(idOf),
    );
    assert.equal(hasMore, true);
    assert.ok((await rowsRead(tx)) - earlier <= 6);
  });
});
