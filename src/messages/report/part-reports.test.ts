// Reports on parts, by candidate names and by our reference, before and long after their message is known; against a real database.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { frozenClock, repeatableBytes } from '../../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import { sampleReport } from '../../../test/support/submissions.ts';
import { uuidv7 } from '../../base/id.ts';
import { InFlightTracker } from '../../base/in-flight.ts';
import type { VirtualClock } from '../../base/virtual-clock.ts';
import type { DeliveryReport } from '../../carriers/carrier.ts';
import type { Db } from '../../db/db.ts';
import { Notifier } from '../../events/notifier.ts';
import { CallbackQueue } from '../../webhooks/callback-queue.ts';
import { insertCarrierMessages } from '../outbox/carrier-message-store.ts';
import { makeApplyReport } from './apply-delivery-report.ts';
import { listEvents } from './event-store.ts';
import { startMatching } from './match-reports.ts';
import { noteUnknownAttempts } from './unknown-attempt-store.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const randomBytes = repeatableBytes(9);
const id = '0198c000-0000-7000-8000-000000000001';
const destination = '12025551234';

let db: Db;
let clock: VirtualClock;
let tracker: InFlightTracker;
let counted: string[];
let report: (names: readonly string[], given?: Partial<DeliveryReport>) => Promise<void>;
let stop: () => Promise<void>;

before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());

beforeEach(async () => {
  await emptyTables(db);
  clock = frozenClock();
  tracker = new InFlightTracker();
  counted = [];
  const parts = {
    db,
    timers: clock,
    inFlight: tracker,
    notifier: new Notifier(),
    callbacks: new CallbackQueue(new Notifier()),
    newId: () => uuidv7(clock.now(), randomBytes),
    countReport: (carrier: string, result: string) => void counted.push(`${carrier} ${result}`),
    logger: { error: (facts: object) => assert.fail(JSON.stringify(facts)), warn: () => {} },
  };
  const apply = makeApplyReport(parts);
  report = (names, given) =>
    apply({ carrier: 'test', ...sampleReport(names, { covers: 'part', at: clock.now(), ...given }) });
  const worker = startMatching(parts);
  stop = () => worker.stop();
});
afterEach(() => stop());

const advance = (durationMs: number) => clock.advance(durationMs, () => tracker.idle());

async function insertSent(status: 'sent' | 'queued' = 'sent'): Promise<void> {
  await db.query(
    `insert into messages (id, account_id, direction, status, service, sender, destination, country_iso2, text, segments, log,
       accepted_at, sent_at)
     values ($1, 'MA', 'outbound', $2, 'sms', '12015550100', $3, 'US', 'hello', 3, 'true', $4, $4)`,
    [id, status, destination, clock.now()],
  );
}

const setSent = () => db.query("update messages set status = 'sent' where id = $1", [id]);

/** Stores the names of the parts of the message; of one part if there is one. */
const insertNames = (...names: readonly string[]) =>
  db.transaction(async (tx) =>
    insertCarrierMessages(
      tx,
      names.map((name, index) => ({
        carrier: 'test',
        name,
        messageId: id,
        part: names.length === 1 ? undefined : index + 1,
        at: clock.now(),
      })),
    ),
  );

async function state(): Promise<string> {
  const rows = await db.query<{ status: string; error_code: number | null }>(
    'select status, error_code from messages where id = $1',
    [id],
  );
  return rows.map((row) => `${row.status} ${row.error_code ?? ''}`.trim())[0] ?? '';
}

const history = async () => (await listEvents(db, id)).map(({ detail }) => detail);

describe('parts', () => {
  beforeEach(async () => {
    await insertSent();
    await insertNames('one', 'two', 'three');
  });

  test('a message is delivered once all of its parts are, in any order and however often each is said', async () => {
    for (const name of ['three', 'one', 'one']) await report([name]);
    assert.equal(await state(), 'sent');
    await report(['two']);
    assert.equal(await state(), 'delivered 0');
    assert.deepEqual(await db.query('select from awaited_parts'), []);
  });

  test('reports on all parts that come together deliver it', async () => {
    await Promise.all(['one', 'two', 'three'].map((name) => report([name])));
    assert.equal(await state(), 'delivered 0');
  });

  test('the first part that was not delivered decides', async () => {
    await report(['one']);
    await report(['two'], { outcome: 'undelivered', errorCode: 80, detail: 'EXPIRED err 027' });
    assert.equal(await state(), 'undelivered 80');
    await report(['two']);
    await report(['three']);
    assert.equal(await state(), 'undelivered 80');
    assert.deepEqual(await history(), ['the carrier said part 2: EXPIRED err 027']);
  });

  test('a report on the whole message needs no other', async () => {
    await report(['two'], { covers: 'message' });
    assert.equal(await state(), 'delivered 0');
  });

  test('an hour of nothing but good reports on some parts delivers it, and says so', async () => {
    await report(['one']);
    await advance(30 * minuteMs);
    await report(['two']);
    await advance(29 * minuteMs);
    assert.equal(await state(), 'sent');
    await advance(minuteMs);
    assert.equal(await state(), 'delivered 0');
    assert.deepEqual(await history(), ['2 of 3 parts were confirmed, and nothing was said of the others']);
  });

  test('an intermediate state is kept in the history, and changes nothing', async () => {
    await report(['one'], { outcome: 'progress', detail: 'ENROUTE' });
    await report(['two'], { outcome: 'progress' });
    assert.equal(await state(), 'sent');
    assert.deepEqual(await history(), ['the carrier said part 1: ENROUTE']);
  });

  test('a part that was submitted twice is delivered when one of the copies is', async () => {
    await insertNames('one again', 'two again', 'three again');
    for (const name of ['one', 'two again', 'three']) await report([name]);
    assert.equal(await state(), 'delivered 0');
  });
});

describe('names', () => {
  beforeEach(async () => {
    await insertSent();
    await insertNames('1e61d95e');
  });

  test('the first candidate that is known counts', async () => {
    await report(['509729118', '1e61d95e'], { destination: '+1 202 555 1234' });
    assert.equal(await state(), 'delivered 0');
    assert.deepEqual(counted, ['test matched']);
  });

  test('a name whose message went to somebody else is not meant', async () => {
    await report(['1e61d95e'], { destination: '12025559999' });
    assert.equal(await state(), 'sent');
    assert.deepEqual(counted, ['test waiting']);
  });

  test('a number in national form is the same', async () => {
    await report(['1e61d95e'], { destination: '2025551234' });
    assert.equal(await state(), 'delivered 0');
  });

  test('another carrier’s name is another name', async () => {
    await db.query("update carrier_messages set carrier = 'another'");
    await report(['1e61d95e']);
    assert.equal(await state(), 'sent');
  });
});

describe('our reference', () => {
  test('finds the message without any name', async () => {
    await insertSent();
    await report([], { reference: id.toUpperCase(), outcome: 'undelivered', errorCode: 50 });
    assert.equal(await state(), 'undelivered 50');
  });

  test('counts more than a name', async () => {
    await insertSent();
    await insertNames('alike');
    await report(['alike'], { reference: '0198c000-0000-7000-8000-000000000002' });
    assert.equal(await state(), 'sent');
  });

  test('that is none is no mistake', async () => {
    await report([], { reference: "no uuid'" });
    assert.deepEqual(counted, ['test waiting']);
  });

  for (const [what, submittingAt, expected] of [
    ['proves that an attempt without a known end was taken', '2026-03-14T09:00:00Z', 'delivered 0'],
    ['of a message that was not submitted waits', null, 'queued'],
  ] as const) {
    test(`${what}`, async () => {
      await insertSent('queued');
      await db.query(
        `insert into sender_queues (queue, next_free, last_position, queued, day, segments_today)
         values ('12015550100', now(), 1, 1, now(), 1)`,
      );
      await db.query(
        `insert into outbox (queue, position, message_id, due_at, expires_at, busy_ms, attempts, submitting_at, carrier)
         values ('12015550100', 1, $1, now(), now(), 1000, 1, $2, 'test')`,
        [id, submittingAt],
      );
      await report([], { reference: id });
      assert.equal(await state(), expected);
      const waiting = await db.query('select from outbox');
      assert.equal(waiting.length, submittingAt === null ? 1 : 0);
    });
  }
});

describe('a report without a message', () => {
  test('finds it seconds or most of a day later', async () => {
    await insertSent();
    await report(['early']);
    await insertNames('early');
    await advance(2000);
    assert.equal(await state(), 'delivered 0');
    assert.deepEqual(counted, ['test waiting', 'test matched_late']);
    await db.query("update messages set status = 'sent'");
    await report(['much earlier']);
    await advance(23 * hourMs);
    await insertNames('much earlier');
    await advance(15 * minuteMs);
    assert.equal(await state(), 'delivered 0');
  });

  test('is kept whole', async () => {
    await insertSent();
    const given = { outcome: 'undelivered', errorCode: 30, detail: 'REJECTD', destination } as const;
    await report(['unlikely', 'two'], given);
    await insertNames('one', 'two', 'three');
    await advance(2000);
    assert.equal(await state(), 'undelivered 30');
    assert.deepEqual(await history(), ['the carrier said part 2: REJECTD']);
  });

  test('waits while its message has been taken in part only', async () => {
    await insertSent('queued');
    await insertNames('one', 'two');
    await report(['one']);
    assert.equal(await state(), 'queued');
    await setSent();
    await report(['two']);
    await advance(2000);
    assert.equal(await state(), 'delivered 0');
  });

  test('is dropped after a day', async () => {
    await report(['unknown']);
    await advance(25 * hourMs);
    assert.deepEqual(await db.query('select from unmatched_reports'), []);
    assert.deepEqual(counted, ['test waiting', 'test dropped']);
  });
});

describe('a report whose name is not known', () => {
  const otherId = '0198c000-0000-7000-8000-000000000002';
  const note = (messageId: string, to = destination, carrier = 'test') =>
    db.transaction(async (tx) =>
      noteUnknownAttempts(tx, [
        { messageId, carrier, sender: '12015550100', destination: to, at: clock.now() },
      ]),
    );
  const onPair = { sender: '+12015550100', destination: '2025551234', detail: 'DELIVRD err 000' };
  const said = ['a receipt for an attempt without a known end: DELIVRD err 000'];
  beforeEach(() => insertSent());

  test('goes into the history of the one message of its sender and destination with an attempt without a known end', async () => {
    await note(id);
    await note(otherId, '12025559999');
    await report(['lost'], onPair);
    await advance(minuteMs);
    assert.deepEqual(await history(), [], 'its name may still become known');
    await advance(3 * minuteMs);
    assert.deepEqual(await history(), said);
    assert.equal(await state(), 'sent', 'it changes no status');
    assert.deepEqual(await db.query('select from unmatched_reports'), []);
  });

  const strangers: readonly (readonly [string, () => Promise<void>, Partial<DeliveryReport>])[] = [
    ['two such messages', () => note(id).then(() => note(otherId)), onPair],
    ['one of another carrier', () => note(id, destination, 'other'), onPair],
    ['one to another destination', () => note(id), { ...onPair, destination: '12025559999' }],
    ['one from another sender', () => note(id), { ...onPair, sender: '12015550101' }],
    ['a report that does not say its sender', () => note(id), { ...onPair, sender: undefined }],
    ['a message all of whose attempts have an end', async () => {}, onPair],
  ];
  for (const [title, prepare, given] of strangers) {
    test(`goes into no history: ${title}`, async () => {
      await prepare();
      await report(['lost'], given);
      await advance(4 * minuteMs);
      assert.deepEqual(await history(), []);
      assert.equal((await db.query('select from unmatched_reports')).length, 1);
    });
  }
});
