// Requests whose results are called back: accounts take turns.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { openTestDatabase } from '../../test/support/database.ts';
import type { Db } from '../db/db.ts';
import { Notifier } from '../events/notifier.ts';
import { CallbackQueue } from '../webhooks/callback-queue.ts';
import { callBackResult } from './call-back-result.ts';
import { OwnTransactions } from './own-transactions.ts';

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());

test('a request does not wait for all requests of another account', async () => {
  const started: string[] = [];
  const ownTransactions = new OwnTransactions(db);
  const carryOut = (accountId: string) => {
    const scope = { accountId, mainId: accountId, subaccountId: undefined, callerId: accountId };
    const now = new Date('2026-03-14T09:00:00Z');
    const parts = {
      ownTransactions,
      scope,
      apiId: 'a',
      now,
      newId: randomUUID,
      callbacks: new CallbackQueue(new Notifier()),
      errorBody: undefined,
    };
    return callBackResult(db, { url: 'http://customer.example/', method: 'POST' }, parts, async (on) => {
      started.push(accountId);
      await on.query('select 1');
      return { status: 200 };
    });
  };
  const flood = Array.from({ length: 20 }, () => carryOut('MA1'));
  await Promise.all([...flood, carryOut('MA2')]);
  assert.ok(
    started.indexOf('MA2') < 10,
    `it started at place ${started.indexOf('MA2')} of ${started.length}`,
  );
});
