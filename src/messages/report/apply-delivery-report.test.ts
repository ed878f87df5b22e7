// How long a report waits for those of others: reports are written in the order in which they come.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { frozenClock, repeatableBytes, testStart } from '../../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import { sampleReport } from '../../../test/support/submissions.ts';
import { uuidv7 } from '../../base/id.ts';
import { InFlightTracker } from '../../base/in-flight.ts';
import type { Db } from '../../db/db.ts';
import { Notifier } from '../../events/notifier.ts';
import { CallbackQueue } from '../../webhooks/callback-queue.ts';
import { makeApplyReport } from './apply-delivery-report.ts';
import { claimReports } from './report-store.ts';

const batch = 500;
const randomBytes = repeatableBytes(9);

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(() => emptyTables(db));

function makeApply() {
  const apply = makeApplyReport({
    db,
    timers: frozenClock(),
    inFlight: new InFlightTracker(),
    notifier: new Notifier(),
    callbacks: new CallbackQueue(new Notifier()),
    newId: () => uuidv7(testStart, randomBytes),
    countReport: () => {},
  });
  return (name: string) => apply({ carrier: 'test', ...sampleReport([name], { at: testStart }) });
}

test('a report waits for those that came before it, and for two batches of those that come after it', async () => {
  const apply = makeApply();
  const written = { before: 0, after: 0 };
  const flood = (name: 'before' | 'after') =>
    Array.from({ length: 4 * batch }, async (_, index) => {
      await apply(`${name}${index}`);
      written[name] += 1;
    });
  const earlier = flood('before');
  const quiet = apply('quiet').then(() => ({ ...written }));
  const later = flood('after');
  const meanwhile = await quiet;
  await Promise.all([...earlier, ...later]);
  assert.ok(meanwhile.after < 2 * batch, `${meanwhile.after} of those after it`);
  assert.deepEqual(written, { before: 4 * batch, after: 4 * batch });
});

test('of reports without a message those that are due the longest are looked at first, a batch a round', async () => {
  const apply = makeApply();
  await apply('quiet');
  await Promise.all(Array.from({ length: 2 * batch }, (_, index) => apply(`flood${index}`)));
  await db.query('update unmatched_reports set next_at = $1 where candidates = \'["quiet"]\'', [
    new Date(testStart.getTime() - 1),
  ]);
  const later = new Date(testStart.getTime() + 3_600_000);
  const reports = await claimReports(db, later, new Date(later.getTime() + 1), batch);
  assert.equal(reports.length, batch);
  assert.ok(reports.some(({ names }) => names[0] === 'quiet'));
});
