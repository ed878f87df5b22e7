// Messages that a carrier without memory gets after a start, against a real database.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { testStart } from '../../../test/support/app.ts';
import { sampleCarrier } from '../../../test/support/carriers.ts';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import { InFlightTracker } from '../../base/in-flight.ts';
import type { Carrier, Unreported } from '../../carriers/carrier.ts';
import type { Db } from '../../db/db.ts';
import { startResuming } from './resume-carrier.ts';

const hourMs = 3600 * 1000;

let db: Db;
let tracker: InFlightTracker;
let told: Unreported[][];
let logged: string[];

before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(async () => {
  await emptyTables(db);
  tracker = new InFlightTracker();
  told = [];
  logged = [];
});

const carrier = sampleCarrier({ resume: (unreported) => void told.push([...unreported]) });

const resume = ({
  carrier: given = carrier,
  ...parts
}: {
  readonly db?: Db;
  readonly carrier?: Carrier;
} = {}) =>
  startResuming({
    db,
    carriers: new Map([[given.name, given]]),
    timers: { now: () => testStart },
    inFlight: tracker,
    logger: { error: (_, sentence) => void logged.push(sentence) },
    ...parts,
  });

const names = () => told.flat().map(({ name }) => name);

const messageId = (index: number) => `0198c000-0000-7000-8000-${String(index).padStart(12, '0')}`;

/** Stores messages that the carrier was given `ageMs` before the start, under the names `name 00001` and so on. */
async function insertGiven(
  [first, last]: readonly [number, number],
  status: string,
  { ageMs = hourMs, by = carrier.name } = {},
): Promise<void> {
  const indexes = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const ids = indexes.map(messageId);
  const givenAt = new Date(testStart.getTime() - ageMs);
  await db.query(
    `insert into messages (id, account_id, direction, status, service, sender, destination, country_iso2, text, segments, log,
       accepted_at)
     select id, 'MA', 'outbound', $2, 'sms', '12015550100', '12025550150', 'US', 'secret', 2, 'true', $3
     from unnest($1::uuid[]) as ids (id)`,
    [ids, status, givenAt],
  );
  await db.query(
    `insert into carrier_messages (carrier, carrier_message_id, message_id, at)
     select $3, name, id, $4 from unnest($1::text[], $2::uuid[]) as given (name, id)`,
    [indexes.map(nameOf), ids, by, givenAt],
  );
}

const nameOf = (index: number) => `name ${String(index).padStart(5, '0')}`;

test('the carrier is told of what was sent and not reported on, without texts', async () => {
  await insertGiven([1, 1], 'delivered');
  await insertGiven([2, 2], 'sent');
  await insertGiven([3, 3], 'undelivered');
  resume();
  await tracker.idle();
  assert.deepEqual(told, [
    [
      {
        name: nameOf(2),
        part: 1,
        submittedAt: new Date(testStart.getTime() - hourMs),
        submission: {
          accountId: 'MA',
          reference: messageId(2),
          attempt: 1,
          sender: '12015550100',
          senderKind: 'longcode',
          senderCountry: 'US',
          destination: '12025550150',
          service: 'sms',
          text: '',
          segments: 2,
          mediaUrls: [],
          ordinal: 0,
          expiresAt: new Date(testStart.getTime() - hourMs),
          partsTaken: 0,
          dlt: {},
        },
      },
    ],
  ]);
});

test('a message without a report is found behind pages of names that are reported on', async () => {
  await insertGiven([1, 1], 'sent');
  await insertGiven([2, 2500], 'delivered');
  await insertGiven([2501, 2501], 'sent');
  resume();
  await tracker.idle();
  assert.deepEqual(names(), [nameOf(1), nameOf(2501)]);
});

test('neither of what is older than three days, nor of what it was given since the start, nor of what another was', async () => {
  await insertGiven([1, 1], 'sent', { ageMs: 72 * hourMs });
  await insertGiven([2, 2], 'sent', { ageMs: 72 * hourMs + 1 });
  await insertGiven([3, 3], 'sent', { ageMs: 0 });
  await insertGiven([4, 4], 'sent', { ageMs: -1 });
  await insertGiven([5, 5], 'sent', { by: 'another' });
  resume();
  await tracker.idle();
  assert.deepEqual(names(), [nameOf(1), nameOf(3)]);
});

test('a database that fails is logged, and nobody else is told', async () => {
  const broken: Db = { ...db, query: () => Promise.reject(new Error('no')) };
  const stop = resume({ db: broken });
  await tracker.idle();
  await stop();
  assert.deepEqual(logged, ['the carrier could not be resumed']);
});

test('a stop waits for the query under way, and tells the carrier nothing more', async () => {
  await insertGiven([1, 1], 'sent');
  const stop = resume();
  await stop();
  assert.deepEqual(told, []);
  assert.deepEqual(logged, []);
});

test('a carrier that forgets nothing is asked for nothing', async () => {
  const { resume: _, ...remembering } = carrier;
  const unread: Db = { ...db, query: () => assert.fail() };
  resume({ carrier: remembering, db: unread });
  await tracker.idle();
  assert.deepEqual(logged, []);
});
