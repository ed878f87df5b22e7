// Opt-outs and the one acknowledgement that they let through, against a real database.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { emptyTables, openTestDatabase } from '../../test/support/database.ts';
import type { Db } from '../db/db.ts';
import { addOptOut, loadOptOuts, removeOptOuts, takeGraces, type WantedGrace } from './opt-out-store.ts';

const now = new Date('2026-03-14T12:00:00Z');
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const key = { accountId: 'MAOPTOUT000000000000', destination: '12125550150' };
const number = '14155550100';
const pool = 'pool/0198a000-0000-7000-8000-000000000000';

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(() => emptyTables(db));

const optOut = (scope: string, at = now) => db.transaction((tx) => addOptOut(tx, { ...key, scope }, at));
const graces = (wanted: readonly WantedGrace[], at: Date) =>
  db.transaction((tx) => takeGraces(tx, wanted, at));
const grace = async (scopes: readonly string[], at: Date) => (await graces([{ ...key, scopes }], at))[0];

test('scopes are read for many destinations at once, an answer for each in order', async () => {
  await optOut(number);
  await optOut(pool);
  const stranger = { ...key, destination: '12125550151' };
  const otherAccount = { ...key, accountId: 'MAOPTOUT000000000001' };
  assert.deepEqual(await loadOptOuts(db, [stranger, key, otherAccount, key]), [
    new Set(),
    new Set([number, pool]),
    new Set(),
    new Set([number, pool]),
  ]);
  assert.deepEqual(await loadOptOuts(db, []), []);
});

test('a second STOP is not new', async () => {
  assert.equal(await optOut(number), true);
  assert.equal(await optOut(number), false);
  assert.equal(await optOut(pool), true);
});

test('START takes back what it names', async () => {
  await optOut(number);
  await optOut('14155550101');
  const start = () => db.transaction((tx) => removeOptOuts(tx, key, [number, pool]));
  assert.equal(await start(), true);
  assert.equal(await start(), false);
  assert.deepEqual(await loadOptOuts(db, [key]), [new Set(['14155550101'])]);
});

test('one message is let through within five minutes', async () => {
  await optOut(number);
  assert.equal(await grace([number], inMinutes(4.9)), true);
  assert.equal(await grace([number], inMinutes(4.9)), false);
});

test('none is let through after five minutes', async () => {
  await optOut(number);
  assert.equal(await grace([number], inMinutes(5)), false);
});

test('a second STOP gives no second grace', async () => {
  await optOut(number);
  await grace([number], inMinutes(1));
  await optOut(number, inMinutes(2));
  assert.equal(await grace([number], inMinutes(3)), false);
});

test('of several opt-outs that block a message each must have its grace left', async () => {
  await optOut(number);
  await optOut(pool, inMinutes(4));
  assert.equal(await grace([number, pool], inMinutes(6)), false);
  assert.equal(await grace([pool], inMinutes(6)), true);
});

test('without an opt-out there is no grace to take', async () => {
  assert.equal(await grace([number], now), false);
});

test('of two messages at once one is let through', async () => {
  await optOut(number);
  const taken = await Promise.all([grace([number], inMinutes(1)), grace([number], inMinutes(1))]);
  assert.deepEqual(taken.sort(), [false, true]);
});

test('of several messages of a batch the first that an opt-out blocks is let through', async () => {
  const stranger = { ...key, destination: '12125550151' };
  await optOut(number);
  await optOut(pool);
  await db.transaction((tx) => addOptOut(tx, { ...stranger, scope: number }, now));
  const wanted = [
    { ...key, scopes: [number] },
    { ...stranger, scopes: [number] },
    { ...key, scopes: [number, pool] },
    { ...key, scopes: [pool] },
    { ...stranger, scopes: [number] },
    { ...stranger, scopes: [pool] },
  ];
  assert.deepEqual(await graces(wanted, inMinutes(1)), [true, true, false, true, false, false]);
  assert.deepEqual(
    await graces(wanted, inMinutes(1)),
    wanted.map(() => false),
    'what it took is noted',
  );
});

test('an opt-out that was taken back meanwhile blocks nothing', async () => {
  await optOut(number);
  assert.equal(await grace([number, pool], inMinutes(1)), true);
});

test('however many messages are blocked, there are two statements', async () => {
  await optOut(number);
  let statements = 0;
  await db.transaction((tx) => {
    const counting = {
      ...tx,
      query: <Row extends object>(sql: string, values?: readonly unknown[]) => {
        statements += 1;
        return tx.query<Row>(sql, values);
      },
      send(sql: string, values?: readonly unknown[]) {
        statements += 1;
        tx.send(sql, values);
      },
    };
    const wanted = Array.from({ length: 500 }, () => ({ ...key, scopes: [number] }));
    return takeGraces(counting, wanted, inMinutes(1));
  });
  assert.equal(statements, 2);
});
