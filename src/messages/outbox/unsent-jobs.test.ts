// The time of jobs that leave a sender queue without being sent is given back, against a real database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase } from '../../../test/support/database.ts';
import { makeDraw } from '../../../test/support/draw.ts';
import type { Db } from '../../db/db.ts';
import { isBulkPosition } from './bulk-positions.ts';
import { deleteJobs, insertJobs } from './outbox-store.ts';
import { allFree, type QueueSchedule, reserveSlot } from './pacing.ts';

const now = new Date('2026-03-14T23:59:59.500Z');
const at = (ms: number) => new Date(now.getTime() + ms);

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());

test('a sender queue is free once all that is left in it has gone; at once, or after what was sent, where nothing is left', async () => {
  const draw = makeDraw(5);
  for (let run = 1; run <= 60; run += 1) {
    const queue = `queue ${run}`;
    const startMs = draw(2) * 1500;
    let schedule: QueueSchedule = {
      nextFree: at(startMs),
      bulkFree: undefined,
      lastPosition: 0,
      segmentsToday: 0,
    };
    const jobs = Array.from({ length: 1 + draw(8) }, () => {
      const priority = draw(2) === 0 ? ('bulk' as const) : ('transactional' as const);
      const busyMs = draw(3) * 500;
      const reserved = reserveSlot(schedule, { segments: 1, priority, busyMs, expiresAt: at(1e6) }, now);
      assert.ok('slot' in reserved);
      schedule = reserved.queue;
      return { busyMs, ...reserved.slot };
    });
    const { nextFree, bulkFree, lastPosition } = schedule;
    await db.query(
      `insert into sender_queues (queue, next_free, bulk_free, last_position, queued, day, segments_today, paced_until)
       values ($1, $2, $3, $4, $5, '2026-03-14', 0, $6)`,
      [queue, nextFree, bulkFree ?? null, lastPosition, jobs.length, at(startMs)],
    );
    const others = { messageId: crypto.randomUUID(), expiresAt: at(1e6), passesOptOut: false };
    const quiet = { quietFrom: undefined, notBefore: undefined };
    await db.transaction(async (tx) =>
      insertJobs(
        tx,
        jobs.map((job) => ({ queue, ...job, ...others, ...quiet })),
      ),
    );

    const isLeft = jobs.map(() => draw(3) === 0);
    const left = jobs.filter((_, index) => isLeft[index]);
    const unsent = jobs.filter((_, index) => !isLeft[index]);
    const done = [...unsent, { position: 1000 }].map(({ position }) => ({ queue, position, isUnsent: true }));
    await db.transaction(async (tx) => deleteJobs(tx, done, new Map(), now));
    const [row] = await db.query<{ next_free: Date; bulk_free: Date | null; queued: number }>(
      'select next_free, bulk_free, queued from sender_queues where queue = $1',
      [queue],
    );
    assert.ok(row);
    const busyMs = (some: typeof jobs) => some.reduce((sum, one) => sum + one.busyMs, 0);
    const first = left.filter(({ position }) => !isBulkPosition(position));
    assert.deepEqual(
      [row.next_free, allFree({ nextFree: row.next_free, bulkFree: row.bulk_free ?? undefined }), row.queued],
      [at(startMs + busyMs(first)), at(startMs + busyMs(left)), left.length],
      `run ${run}`,
    );
  }
});
