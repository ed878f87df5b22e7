// Troubles on a real database: each kind at its limit, and just below it.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { repeatableBytes, testStart } from '../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../test/support/database.ts';
import { insertPool, poolAccount, powerpackUuid } from '../../test/support/pool-rows.ts';
import { uuidv7 } from '../base/id.ts';
import type { Db, Reader } from '../db/db.ts';
import { findTroubles } from './find-troubles.ts';
import type { Trouble } from './incident.ts';

const randomBytes = repeatableBytes(1);
const number = '12025550101';
const minuteMs = 60_000;
const before10 = new Date(testStart.getTime() - 10 * minuteMs);
let db: Db;
before(async () => {
  db = await openTestDatabase();
});
afterEach(() => emptyTables(db));
after(() => db.close());

const find = (operatorId?: string) =>
  findTroubles(db, { limits: { healthMessages: 50, healthDeliveredPercent: 25 }, operatorId }, testStart);

async function insertMessage(at: Date): Promise<string> {
  const id = uuidv7(at, randomBytes);
  await db.query(
    `insert into messages (id, account_id, direction, status, service, sender, destination, country_iso2, segments, log, accepted_at, powerpack_uuid)
     values ($1, $2, 'outbound', 'queued', 'sms', $3, '12125550199', 'US', 1, 'true', $4, $5)`,
    [id, poolAccount, number, at, powerpackUuid(1)],
  );
  return id;
}

test('nothing is wrong where there is nothing', async () => assert.deepEqual(await find('MA'), []));

test('a carrier is in trouble while it is down in each process that says how it is', async () => {
  const insert = (carrier: string, process: number, state: string, secondsAgo = 0) =>
    db.query(
      `insert into carrier_states (carrier, process, state, at)
       values ($1, $2, $3, clock_timestamp() - $4 * interval '1 second')`,
      [
        carrier,
        powerpackUuid(process),
        JSON.stringify({ state, lastError: { at: testStart, text: 'no answer' } }),
        secondsAgo,
      ],
    );
  await insert('down', 1, 'down');
  await insert('down', 2, 'refused');
  await insert('up-elsewhere', 1, 'down');
  await insert('up-elsewhere', 2, 'up');
  await insert('draining', 1, 'draining');
  await insert('up-long-ago', 1, 'down', 100);
  const expected = { affected: 0, total: 0, beganAt: testStart, detail: 'no answer' };
  assert.deepEqual(await find('MAOPERATOR'), [
    { accountId: 'MAOPERATOR', kind: 'carrier', subject: 'down', ...expected },
  ]);
  assert.deepEqual(await find(), []);
});

for (const [failed, accepted, isFound] of [
  [10, 100, true],
  [10, 101, false],
  [9, 9, false],
] as const) {
  test(`${failed} of ${accepted} messages with one code are ${isFound ? '' : 'no '}trouble`, async () => {
    await insertPool(db, 1, []);
    for (let count = 0; count < accepted; count++) {
      const id = await insertMessage(before10);
      if (count >= failed) continue;
      await db.query(
        `insert into failed_messages (message_id, account_id, status, error_code, service, sender, country_iso2, area_code)
         values ($1, $2, 'failed', 30, 'sms', $3, 'US', '')`,
        [id, poolAccount, number],
      );
    }
    const trouble: Trouble = {
      accountId: poolAccount,
      kind: 'error_code',
      subject: '30',
      beganAt: before10,
      affected: failed,
      total: accepted,
      detail: undefined,
    };
    assert.deepEqual(await find(), isFound ? [trouble] : []);
  });
}

for (const [lateMs, isFound] of [
  [5 * minuteMs + 1, true],
  [5 * minuteMs, false],
] as const) {
  test(`a queue whose first message is ${lateMs} ms late is ${isFound ? '' : 'no '}trouble`, async () => {
    await insertPool(db, 1, [number]);
    const due = new Date(testStart.getTime() - lateMs);
    await db.query(
      `insert into sender_queues (queue, next_free, last_position, queued, day, segments_today) values ($1, $2, 3, 3, '2026-03-14', 0)`,
      [number, due],
    );
    await db.query(
      `insert into outbox (queue, position, message_id, due_at, expires_at, busy_ms) values ($1, 1, $2, $3, $3, 1000)`,
      [number, await insertMessage(before10), due],
    );
    const trouble: Trouble = {
      accountId: poolAccount,
      kind: 'late_messages',
      subject: powerpackUuid(1),
      beganAt: due,
      affected: 3,
      total: 3,
      detail: 'pool 1',
    };
    assert.deepEqual(await find(), isFound ? [trouble] : []);
  });
}

for (const [finished, delivered, isFound] of [
  [50, 12, true],
  [50, 13, false],
  [49, 0, false],
] as const) {
  test(`a number that delivered ${delivered} of ${finished} is ${isFound ? '' : 'no '}trouble`, async () => {
    await insertPool(db, 1, [number]);
    await db.query('insert into sender_hours (queue, hour, finished, delivered) values ($1, $2, $3, $4)', [
      number,
      before10,
      finished,
      delivered,
    ]);
    const trouble: Trouble = {
      accountId: poolAccount,
      kind: 'number',
      subject: number,
      beganAt: testStart,
      affected: finished - delivered,
      total: finished,
      detail: undefined,
    };
    assert.deepEqual(await find(), isFound ? [trouble] : []);
  });
}

for (const [outcomes, isFound] of [
  ['failed retried failed delivered delivered delivered', true],
  ['failed retried failed delivered delivered delivered delivered', false],
  ['failed retried new new', false],
] as const) {
  test(`calls of one URL that are ${outcomes} are ${isFound ? '' : 'no '}trouble`, async () => {
    await insertPool(db, 1, []);
    for (const outcome of outcomes.split(' ')) {
      const isOver = outcome === 'failed' || outcome === 'delivered';
      await db.query(
        `insert into webhook_calls (id, account_id, main_id, kind, url, host, method, is_private, created_at, outcome, attempts, log, next_at)
         values ($1, $2, $2, 'result', 'http://a/', 'a', 'POST', false, $3, $4, $5, $6, $7)`,
        [
          uuidv7(before10, randomBytes),
          poolAccount,
          before10,
          isOver ? outcome : 'pending',
          outcome === 'new' ? 0 : 1,
          JSON.stringify([{ error: 'status 503' }]),
          isOver ? null : testStart,
        ],
      );
    }
    const trouble: Trouble = {
      accountId: poolAccount,
      kind: 'webhook_url',
      subject: 'http://a/',
      beganAt: before10,
      affected: 3,
      total: 6,
      detail: 'status 503',
    };
    assert.deepEqual(await find(), isFound ? [trouble] : []);
  });
}

/** Makes an account with failed messages, and callbacks that failed, at different milliseconds from a moment on. */
async function insertFailures(accountId: string, from: Date, count: number): Promise<void> {
  await db.query('insert into accounts (auth_id, name, created_at) values ($1, $1, $2)', [
    accountId,
    testStart,
  ]);
  const ids = Array.from({ length: count }, (_, index) =>
    uuidv7(new Date(from.getTime() + index), randomBytes),
  );
  await db.query(
    `insert into webhook_calls (id, account_id, main_id, kind, url, host, method, is_private, created_at, outcome)
     select id, $1, $1, 'result', 'http://a/', 'a', 'POST', false, $2, 'failed' from unnest($3::uuid[]) as id`,
    [accountId, from, ids],
  );
  await db.query(
    `insert into failed_messages (message_id, account_id, status, error_code, service, sender, country_iso2, area_code)
     select id, $1, 'failed', 30, 'sms', $2, 'US', '' from unnest($3::uuid[]) as id`,
    [accountId, number, ids],
  );
}

test('an account with very many failures hides no other', async () => {
  await insertFailures('MA0LOUD0000000000000', before10, 21_000);
  await insertFailures('MA1QUIET000000000000', new Date(before10.getTime() - minuteMs), 10);
  const found = await find();
  const seen = found.map(({ accountId, kind, affected }) => `${accountId.slice(0, 4)} ${kind} ${affected}`);
  assert.deepEqual(seen.sort(), [
    'MA0L error_code 2000',
    'MA0L webhook_url 2000',
    'MA1Q error_code 10',
    'MA1Q webhook_url 10',
  ]);
});

test('failures of an hour are not compared with what went well in the last minutes of it alone', async () => {
  const accountId = 'MA0LOUD0000000000000';
  await insertFailures(accountId, before10, 1000);
  const ids = Array.from({ length: 3000 }, (_, index) =>
    uuidv7(new Date(before10.getTime() + minuteMs + index), randomBytes),
  );
  await db.query(
    `insert into webhook_calls (id, account_id, main_id, kind, url, host, method, is_private, created_at, outcome)
     select id, $1, $1, 'result', 'http://a/', 'a', 'POST', false, $2, 'delivered' from unnest($3::uuid[]) as id`,
    [accountId, before10, ids],
  );
  const found = await find();
  assert.deepEqual(
    found.map(({ kind }) => kind),
    ['error_code'],
  );
});

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** Returns how many rows of a table a plan has read. */
const rowsRead = (plan: PlanNode, table: string): number => {
  const seen = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0);
  const own = plan['Relation Name'] === table ? Math.round(seen * plan['Actual Loops']) : 0;
  return (plan.Plans ?? []).reduce((sum, child) => sum + rowsRead(child, table), own);
};

test('of the hours of numbers only those of numbers with a bad one are read', async () => {
  await insertPool(db, 1, [number]);
  await db.query(
    `insert into sender_hours (queue, hour, finished, delivered)
     select n::text, $1::timestamptz - h * interval '1 hour', 60, 55 from generate_series(1, 400) n, generate_series(0, 22) h`,
    [before10],
  );
  await db.query('insert into sender_hours (queue, hour, finished, delivered) values ($1, $2, 60, 0)', [
    number,
    before10,
  ]);
  await db.query('analyze sender_hours');
  const found: { 'QUERY PLAN': [{ Plan: PlanNode }] }[] = [];
  const explaining: Reader = {
    async query(sql, values) {
      found.push(
        ...(await db.query<(typeof found)[number]>(`explain (analyze, format json) ${sql}`, values)),
      );
      return db.query(sql, values);
    },
  };
  const rules = { limits: { healthMessages: 50, healthDeliveredPercent: 25 }, operatorId: undefined };
  const [trouble] = await findTroubles(explaining, rules, testStart);
  assert.equal(trouble?.subject, number);
  assert.equal(rowsRead(found[0]?.['QUERY PLAN'][0].Plan ?? assert.fail(), 'sender_hours'), 2);
});
