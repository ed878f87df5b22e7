// What is done once: how long the second waits, how what was kept is dropped, and what runs again.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { openTestDatabase, serverUrl } from '../../../test/support/database.ts';
import { makeEncrypter } from '../../base/encrypt.ts';
import { systemTimers } from '../../base/timers.ts';
import type { Db } from '../../db/db.ts';
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

/** What one process has of idempotency. */
const process = (waitMs = 10_000) => new Idempotency({ db, encrypter, timers: systemTimers, waitMs });

const answering = (answer: FirstAnswering['answer'], at = now): FirstAnswering => ({
  now: at,
  answer,
  refuse: ({ status, message }) => ({ status, body: message }),
});

const onEmbedded = serverUrl === undefined && 'the embedded database does one after the other';

/** A second request under the key of one that is under way is told so after a millisecond; later it gets that one's answer. */
async function refusesASecond(one: Idempotency, other: Idempotency): Promise<void> {
  const first = one.answerOnce(
    request,
    answering(async () => {
      await assert.rejects(other.answerOnce(request, answering(neverDone)), {
        status: 409,
        message: 'the first request with this Idempotency-Key is still under way',
      });
      return done;
    }),
  );
  assert.deepEqual(await first, { ...done, isReplay: false });
  assert.deepEqual(await other.answerOnce(request, answering(neverDone)), { ...done, isReplay: true });
}

test('who waits too long for the first request is told so, and gets its answer later', () => {
  const own = process(1);
  return refusesASecond(own, own);
});

test('so is who waits for one of another process', { skip: onEmbedded }, () =>
  refusesASecond(process(), process(1)),
);

test('those who wait for the first request leave the connections to others', {
  skip: onEmbedded,
}, async () => {
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  const own = process();
  const first = own.answerOnce(
    request,
    answering(async () => {
      await held;
      return done;
    }),
  );
  // More than there are connections.
  const others = Array.from({ length: 10 }, () => own.answerOnce(request, answering(neverDone)));
  assert.deepEqual(await db.query('select 1 as one'), [{ one: 1 }]);
  end();
  assert.deepEqual(await first, { ...done, isReplay: false });
  for (const other of others) assert.deepEqual(await other, { ...done, isReplay: true });
});

test('the work itself waits for locks as long as ever', async () => {
  await process().answerOnce(
    request,
    answering(async (inner) => {
      assert.deepEqual(await inner.query('show lock_timeout'), [{ lock_timeout: '0' }]);
      return done;
    }),
  );
});

test('a deadlock runs the whole request again', async () => {
  let runs = 0;
  const answer = process().answerOnce(
    request,
    answering(async (inner) => {
      runs += 1;
      if (runs === 1) await inner.query(`do $$ begin raise exception sqlstate '40P01'; end $$`);
      return done;
    }),
  );
  assert.deepEqual([await answer, runs], [{ ...done, isReplay: false }, 2]);
});

test('old keys are dropped some at a time, the oldest first, and younger ones kept', async () => {
  const hour = (hours: number) => new Date(now.getTime() + hours * 3600 * 1000);
  for (const hours of [3, 1, 2, 4]) {
    await process().answerOnce(
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
