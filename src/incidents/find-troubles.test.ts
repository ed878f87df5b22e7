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

const limits = { healthMessages: 50, healthDeliveredPercent: 25 };
const find = (operatorId?: string, now = testStart) => findTroubles(db, { limits, operatorId }, now);

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
  ['delivered delivered delivered failed retried failed', true],
  ['delivered delivered delivered delivered failed retried failed', false],
  ['failed retried failed failed failed delivered', false],
  ['failed retried new new', false],
] as const) {
  test(`calls of one URL that are ${outcomes} are ${isFound ? '' : 'no '}trouble`, async () => {
    await insertPool(db, 1, []);
    for (const [place, outcome] of outcomes.split(' ').entries()) {
      const isOver = outcome === 'failed' || outcome === 'delivered';
      await db.query(
        `insert into webhook_calls (id, account_id, main_id, kind, url, host, method, is_private, created_at, outcome, attempts, log, next_at)
         values ($1, $2, $2, 'result', 'http://a/', 'a', 'POST', false, $3, $4, $5, $6, $7)`,
        [
          uuidv7(new Date(before10.getTime() + place), randomBytes),
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

/** Returns so many ids, at different milliseconds from a moment on. */
const idsFrom = (from: Date, count: number) =>
  Array.from({ length: count }, (_, index) => uuidv7(new Date(from.getTime() + index), randomBytes));

const insertAccount = (accountId: string) =>
  db.query('insert into accounts (auth_id, name, created_at) values ($1, $1, $2)', [accountId, testStart]);

const insertCalls = (accountId: string, url: string, outcome: string, from: Date, count: number) =>
  db.query(
    `insert into webhook_calls (id, account_id, main_id, kind, url, host, method, is_private, created_at, outcome)
     select id, $1, $1, 'result', $2, 'a', 'POST', false, $3, $4 from unnest($5::uuid[]) as id`,
    [accountId, url, from, outcome, idsFrom(from, count)],
  );

const insertFailed = (accountId: string, from: Date, count: number) =>
  db.query(
    `insert into failed_messages (message_id, account_id, status, error_code, service, sender, country_iso2, area_code)
     select id, $1, 'failed', 30, 'sms', $2, 'US', '' from unnest($3::uuid[]) as id`,
    [accountId, number, idsFrom(from, count)],
  );

/** Makes an account with failed messages, and callbacks that failed. */
async function insertFailures(accountId: string, from: Date, count: number): Promise<void> {
  await insertAccount(accountId);
  await insertCalls(accountId, 'http://a/', 'failed', from, count);
  await insertFailed(accountId, from, count);
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
  await insertCalls(accountId, 'http://a/', 'delivered', new Date(before10.getTime() + minuteMs), 3000);
  const found = await find();
  assert.deepEqual(
    found.map(({ kind }) => kind),
    ['error_code'],
  );
});

const minutesBefore = (minutes: number) => new Date(testStart.getTime() - minutes * minuteMs);

test('a URL is judged by one stretch, and not by what failed before it, where another URL is called very often', async () => {
  await insertAccount(poolAccount);
  const insert = (url: string, outcome: string, minutes: number, count: number) =>
    insertCalls(poolAccount, `http://${url}/`, outcome, minutesBefore(minutes), count);
  await insert('often', 'delivered', 10, 2100);
  // Before the stretch: one that recovered, one that recovered and is not called very often, one that did not.
  await insert('recovered', 'failed', 55, 5);
  await insert('recovered', 'delivered', 50, 1);
  await insert('silent', 'failed', 55, 4);
  // In the stretch, and before it.
  await insert('arrives', 'failed', 55, 50);
  await insert('arrives', 'delivered', 9, 4);
  await insert('arrives', 'failed', 8, 3);
  await insert('fails', 'failed', 55, 50);
  await insert('fails', 'delivered', 9, 3);
  await insert('fails', 'failed', 8, 3);
  const found = await find();
  assert.deepEqual(found.map(({ subject, affected, total }) => `${subject} ${affected} of ${total}`).sort(), [
    'http://fails/ 3 of 6',
    'http://silent/ 4 of 4',
  ]);
});

test('of more failing accounts than a look reads, the next one reads the rest', async () => {
  await db.query(
    `insert into accounts (auth_id, name, created_at) select 'MA' || lpad(n::text, 18, '0'), 'a', $1 from generate_series(1, 1500) n`,
    [testStart],
  );
  await db.query(
    `insert into failed_messages (message_id, account_id, status, error_code, service, sender, country_iso2, area_code)
     select gen_random_uuid(), 'MA' || lpad((1 + mod(n, 1500))::text, 18, '0'), 'failed', 30, 'sms', $1, 'US', '' from generate_series(0, 14999) n`,
    [number],
  );
  await db.query(
    `update failed_messages set message_id = overlay(message_id::text placing $1 from 1 for 18)::uuid`,
    [uuidv7(before10, randomBytes).slice(0, 18)],
  );
  const first = await find();
  const next = await find(undefined, new Date(testStart.getTime() + minuteMs));
  assert.deepEqual([first.length, next.length], [1000, 1000]);
  assert.equal(new Set([...first, ...next].map(({ accountId }) => accountId)).size, 1500);
});

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** Returns how many rows of a table, or of its partitions, a plan has read. */
const rowsRead = (plan: PlanNode, table: string): number => {
  const seen = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0);
  const own = plan['Relation Name']?.startsWith(table) ? Math.round(seen * plan['Actual Loops']) : 0;
  return (plan.Plans ?? []).reduce((sum, child) => sum + rowsRead(child, table), own);
};

/** Returns the troubles, and the plan of the statement that found them. */
async function explain(): Promise<{ readonly troubles: readonly Trouble[]; readonly plan: PlanNode }> {
  const found: { 'QUERY PLAN': [{ Plan: PlanNode }] }[] = [];
  const explaining: Reader = {
    async query(sql, values) {
      found.push(
        ...(await db.query<(typeof found)[number]>(`explain (analyze, format json) ${sql}`, values)),
      );
      return db.query(sql, values);
    },
  };
  const troubles = await findTroubles(explaining, { limits, operatorId: undefined }, testStart);
  return { troubles, plan: found[0]?.['QUERY PLAN'][0].Plan ?? assert.fail() };
}

test('of failures and calls only those of the hour are read, also where very many accounts have some', async () => {
  const accounts = 300;
  for (const [at, each, outcome] of [
    [minutesBefore(24 * 60), 100, 'delivered'],
    [before10, 10, 'failed'],
  ] as const) {
    const ids = idsFrom(at, accounts * each);
    await db.query(
      `insert into accounts (auth_id, name, created_at)
       select 'MA' || lpad(n::text, 18, '0'), 'a', $1 from generate_series(1, ${accounts}) n on conflict do nothing`,
      [testStart],
    );
    await db.query(
      `insert into failed_messages (message_id, account_id, status, error_code, service, sender, country_iso2, area_code)
       select id, 'MA' || lpad((1 + n % ${accounts})::text, 18, '0'), 'failed', 30, 'sms', $1, 'US', ''
       from unnest($2::uuid[]) with ordinality as own (id, n)`,
      [number, ids],
    );
    await db.query(
      `insert into webhook_calls (id, account_id, main_id, kind, url, host, method, is_private, created_at, outcome)
       select message_id, account_id, account_id, 'result', 'http://a/', 'a', 'POST', false, $1, $2
       from failed_messages where message_id = any($3::uuid[])`,
      [at, outcome, ids],
    );
  }
  await db.query('analyze');
  const { troubles, plan } = await explain();
  assert.equal(troubles.length, 2 * accounts);
  const read = ['failed_messages', 'webhook_calls'].map((table) => rowsRead(plan, table));
  assert.ok(Math.max(...read) < accounts * 50, `read ${read}`);
});

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
  const { troubles, plan } = await explain();
  assert.equal(troubles[0]?.subject, number);
  assert.equal(rowsRead(plan, 'sender_hours'), 2);
});
