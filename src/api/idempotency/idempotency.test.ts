// Requests with the same key: how long the second waits, how stored answers are deleted, and which requests run again.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { openTestDatabase, serverUrl } from '../../../test/support/database.ts';
import { makeEncrypter } from '../../base/encrypt.ts';
import { systemTimers } from '../../base/timers.ts';
import type { Db } from '../../db/db.ts';
import { OwnTransactions } from '../own-transactions.ts';
import { type AnswerText, type FirstAnswering, Idempotency } from './idempotency.ts';
import { deleteOldIdempotencyKeys } from './idempotency-store.ts';

const encrypter = makeEncrypter(new Uint8Array(32), randomBytes);
const now = new Date('2026-03-14T09:00:00Z');
const done: AnswerText = { status: 200, body: '{}' };
const neverDone = async () => assert.fail('it was done a second time');
const request = { accountId: 'MA', key: 'k', fingerprint: new Uint8Array(32) };

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
beforeEach(async () => {
  await db.query('delete from idempotency_keys');
});
after(() => db.close());

/** Returns the idempotency of one process. */
const process = (waitMs = 10_000) => {
  const ownTransactions = new OwnTransactions(db);
  return new Idempotency({ db, ownTransactions, encrypter, timers: systemTimers, waitMs });
};

const answering = (answer: FirstAnswering['answer'], at = now): FirstAnswering => ({
  now: at,
  answer,
  refuse: ({ status, message }) => ({ status, body: message }),
});

const onEmbedded = serverUrl === undefined && 'the embedded database does one after the other';

/**
 * Checks that a second request fails after a millisecond while the first with its key is in progress, and gets its answer
 * later.
 */
async function refusesASecond(one: Idempotency, other: Idempotency): Promise<void> {
  const first = one.answer(
    request,
    answering(async () => {
      await assert.rejects(other.answer(request, answering(neverDone)), {
        status: 409,
        message: 'the first request with this Idempotency-Key is still under way',
      });
      return done;
    }),
  );
  assert.deepEqual(await first, { ...done, isReplay: false });
  assert.deepEqual(await other.answer(request, answering(neverDone)), { ...done, isReplay: true });
}

test('a request that waits too long for the first one gets a conflict, and the first one’s answer later', () => {
  const own = process(1);
  return refusesASecond(own, own);
});

test('so does a request that waits for another process', { skip: onEmbedded }, () =>
  refusesASecond(process(), process(1)),
);

test('requests that wait for the first one leave the connections to others', {
  skip: onEmbedded,
}, async () => {
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  const own = process();
  const first = own.answer(
    request,
    answering(async () => {
      await held;
      return done;
    }),
  );
  // More than there are connections.
  const others = Array.from({ length: 10 }, () => own.answer(request, answering(neverDone)));
  assert.deepEqual(await db.query('select 1 as one'), [{ one: 1 }]);
  end();
  assert.deepEqual(await first, { ...done, isReplay: false });
  for (const other of others) assert.deepEqual(await other, { ...done, isReplay: true });
});

test('the work itself waits for locks as long as usual', async () => {
  await process().answer(
    request,
    answering(async (inner) => {
      assert.deepEqual(await inner.query('show lock_timeout'), [{ lock_timeout: '0' }]);
      return done;
    }),
  );
});

test('a deadlock runs the whole request again', async () => {
  let runs = 0;
  const answer = process().answer(
    request,
    answering(async (inner) => {
      runs += 1;
      if (runs === 1) await inner.query(`do $$ begin raise exception sqlstate '40P01'; end $$`);
      return done;
    }),
  );
  assert.deepEqual([await answer, runs], [{ ...done, isReplay: false }, 2]);
});

test('old keys are deleted some at a time, oldest first, and younger ones stay', async () => {
  const hour = (hours: number) => new Date(now.getTime() + hours * 3600 * 1000);
  for (const hours of [3, 1, 2, 4]) {
    await process().answer(
      { ...request, key: `of ${hours}` },
      answering(async () => done, hour(hours)),
    );
  }
  const kept = async () =>
    (await db.query<{ key: string }>('select key from idempotency_keys order by key')).map(({ key }) => key);
  assert.equal(await deleteOldIdempotencyKeys(db, hour(3), 2), 2);
  assert.deepEqual(await kept(), ['of 3', 'of 4']);
  assert.equal(await deleteOldIdempotencyKeys(db, hour(3), 2), 1);
  assert.equal(await deleteOldIdempotencyKeys(db, hour(3), 2), 0);
  assert.deepEqual(await kept(), ['of 4']);
});
