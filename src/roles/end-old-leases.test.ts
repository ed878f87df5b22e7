// A start on a database in which a process died: its leases and links hold nothing up.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { frozenClock } from '../../test/support/app.ts';
import { openTestDatabase } from '../../test/support/database.ts';
import { uuidv7 } from '../base/id.ts';
import type { CarrierStatus } from '../carriers/carrier.ts';
import type { Db } from '../db/db.ts';
import { renewLease } from '../messages/outbox/dispatcher-lease-store.ts';
import { listFreeQueues } from '../messages/outbox/outbox-store.ts';
import { claimReports } from '../messages/report/report-store.ts';
import { listUpElsewhere, writeStates } from '../routing/state-store.ts';
import { endOldLeases } from './end-old-leases.ts';

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());

const now = frozenClock().now();
const idOf = (octet: number) => uuidv7(now, (count) => Buffer.alloc(count, octet));
const [dead, living, report] = [idOf(1), idOf(2), idOf(3)];

test('links, sender queues and reports of a process that died are free at once', async () => {
  const up: CarrierStatus = { state: 'up', room: 10, lastError: undefined, counts: {} };
  await writeStates(db, dead, new Map([['smsc', up]]));
  await renewLease(db, dead, 15_000);
  await db.query(
    `insert into sender_queues (queue, next_free, last_position, queued, day, segments_today, holder)
     values ('14155550100', $1::timestamptz, 1, 1, '2026-03-14', 1, $2)`,
    [now, dead],
  );
  await db.query(
    `insert into unmatched_reports (id, carrier, outcome, reported_at, attempts, next_at, candidates, covers)
     values ($1, 'smsc', 'delivered', $2, 1, $2, '["12345"]', 'message')`,
    [report, now],
  );
  const leasedUntil = new Date(now.getTime() + 30_000);
  assert.equal((await claimReports(db, now, leasedUntil, 10)).length, 1);
  const free = async () => ({
    queues: await listFreeQueues(db, 10),
    reports: (await claimReports(db, now, leasedUntil, 10)).map(({ id }) => id),
    upElsewhere: [...(await listUpElsewhere(db, living))],
  });
  assert.deepEqual(await free(), { queues: [], reports: [], upElsewhere: ['smsc'] });
  await endOldLeases(db);
  assert.deepEqual(await free(), { queues: ['14155550100'], reports: [report], upElsewhere: [] });
});
