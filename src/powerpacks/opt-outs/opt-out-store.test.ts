// Opt-outs and the one confirmation that they let through, against a real database.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { emptyTables, openTestDatabase, serverUrl } from '../../../test/support/database.ts';
import type { Db } from '../../db/db.ts';
import type { NewOptOut, OptOut } from './opt-out.ts';
import {
  addOptOuts,
  type BlockedMessage,
  endOptOuts,
  loadOptOuts,
  takeConfirmations,
  widenOptOuts,
} from './opt-out-store.ts';

const now = new Date('2026-03-14T12:00:00Z');
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const key = { accountId: 'MAOPTOUT000000000000', destination: '12125550150' };
const stranger = { ...key, destination: '12125550151' };
const queue = '14155550100';
const otherQueue = '14155550101';
const powerpackUuid = '0198a000-0000-7000-8000-000000000000';
const otherUuid = '0198a000-0000-7000-8000-000000000001';

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(() => emptyTables(db));

const ofNumber = { ...key, queue, powerpackUuid: undefined, scope: 'number', optedOutAt: now } as const;
const ofPowerpack = { ...ofNumber, powerpackUuid, scope: 'powerpack' } as const;
const ofAccount = { ...ofPowerpack, scope: 'account' } as const;
const cause = { source: 'message' } as const;
/** Stores an opt-out. Returns whether it is new. */
const add = async (optOut: NewOptOut): Promise<boolean> => {
  const changes = await db.transaction((tx) => addOptOuts(tx, [{ ...optOut, cause }]));
  return changes.some(({ change }) => change === 'added');
};
/** Follows START. Returns whether it changed anything. */
const start = async (queue: string, scope: OptOut['scope']): Promise<boolean> => {
  const powerpacks = [{ uuid: powerpackUuid, scope }];
  const changes = await db.transaction((tx) => endOptOuts(tx, key, queue, powerpacks, cause));
  return changes.length > 0;
};
const load = async () => (await loadOptOuts(db, [key]))[0]?.map(({ isConfirmed: _, ...optOut }) => optOut);
const confirmations = (wanted: readonly BlockedMessage[], at: Date) =>
  db.transaction((tx) => takeConfirmations(tx, wanted, at));
const fromNumber: BlockedMessage = { ...key, queue, powerpackUuid: undefined };
const fromMember: BlockedMessage = { ...key, queue: otherQueue, powerpackUuid };
const confirm = async (message: BlockedMessage, at: Date) => (await confirmations([message], at))[0];

test('opt-outs are read for many destinations at once, an answer for each in order', async () => {
  await add(ofNumber);
  await add({ ...ofPowerpack, optedOutAt: inMinutes(1) });
  const otherAccount = { ...key, accountId: 'MAOPTOUT000000000001' };
  const both = [ofNumber, { ...ofPowerpack, optedOutAt: inMinutes(1) }].map((optOut) => ({
    ...optOut,
    isConfirmed: false,
  }));
  assert.deepEqual(await loadOptOuts(db, [stranger, key, otherAccount, key]), [[], both, [], both]);
  assert.deepEqual(await loadOptOuts(db, []), []);
});

test('a second STOP is not new, and keeps the first moment', async () => {
  assert.equal(await add(ofNumber), true);
  assert.equal(await add({ ...ofNumber, optedOutAt: inMinutes(1) }), false);
  assert.deepEqual(await load(), [ofNumber]);
  assert.equal(await add(ofPowerpack), true, 'in answer to a powerpack it is another one');
});

test('a second STOP widens the first where the scope is wider by now, and never narrows it', async () => {
  await add({ ...ofPowerpack, scope: 'number' });
  assert.equal(await add(ofAccount), false);
  assert.deepEqual(await load(), [ofAccount]);
  assert.equal(await add(ofPowerpack), false);
  assert.deepEqual(await load(), [ofAccount]);
});

test('the opt-outs of a powerpack widen with its scope; those of others, and wider ones, stay', async () => {
  const ofOther = { ...ofPowerpack, powerpackUuid: otherUuid, scope: 'number' } as const;
  const narrow = { ...ofPowerpack, queue: otherQueue, scope: 'number', optedOutAt: inMinutes(1) } as const;
  for (const optOut of [ofOther, narrow]) await add(optOut);
  const widen = (scope: OptOut['scope']) =>
    db.transaction((tx) => widenOptOuts(tx, { uuid: powerpackUuid, scope }));
  const scopes = async () => (await load())?.map(({ scope }) => scope);
  const seen = [];
  for (const scope of ['number', 'powerpack', 'number', 'account', 'powerpack'] as const) {
    await widen(scope);
    seen.push(await scopes());
  }
  assert.deepEqual(seen, [
    ['number', 'number'],
    ['number', 'powerpack'],
    ['number', 'powerpack'],
    ['number', 'account'],
    ['number', 'account'],
  ]);
});

test('opt-outs are widened in the order in which confirmations are taken', {
  skip: serverUrl === undefined && 'the embedded database has a single connection',
}, async () => {
  const narrow = { ...ofPowerpack, scope: 'number' } as const;
  await add({ ...narrow, destination: stranger.destination });
  await add(narrow);
  const locks = 'select 1 from opt_outs where destination = $1 for update skip locked';
  let widening: Promise<void> | undefined;
  await db.transaction(async (holder) => {
    await holder.query(locks, [key.destination]);
    widening = db.transaction((tx) => widenOptOuts(tx, { uuid: powerpackUuid, scope: 'powerpack' }));
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await db.query(waiting)).length === 0);
    assert.equal((await db.query(locks, [stranger.destination])).length, 1, 'the later one is free');
  });
  await widening;
  assert.deepEqual((await load())?.[0]?.scope, 'powerpack');
});

test('START takes back, narrows and leaves, row by row', async () => {
  await add({ ...ofPowerpack, scope: 'number' });
  const wide = { ...ofPowerpack, queue: otherQueue, optedOutAt: inMinutes(1) };
  const ofOther = {
    ...ofPowerpack,
    queue: '14155550102',
    powerpackUuid: otherUuid,
    optedOutAt: inMinutes(2),
  };
  for (const optOut of [wide, ofOther]) await add(optOut);
  await add({ ...wide, ...stranger });
  assert.equal(await start(queue, 'number'), true);
  assert.deepEqual(await load(), [{ ...wide, scope: 'number' }, ofOther]);
  assert.equal(await start(queue, 'number'), false);
  assert.equal(await start(queue, 'powerpack'), true);
  assert.deepEqual(await load(), [ofOther]);
  assert.equal((await loadOptOuts(db, [stranger]))[0]?.length, 1);
});

test('an opt-out whose number is not known is kept, widened and taken back', async () => {
  const unknown = { ...ofPowerpack, queue: undefined };
  await add(unknown);
  assert.equal(await add(unknown), false);
  assert.equal(await confirm(fromMember, inMinutes(1)), true);
  assert.equal(await start(queue, 'powerpack'), true);
  assert.deepEqual(await load(), []);
});

for (const [what, optOut, message] of [
  ['from a number', ofNumber, fromNumber],
  ['from any member of a powerpack', ofPowerpack, fromMember],
  ['from any number of the account', ofAccount, { ...fromNumber, queue: '12125550199' }],
] as const) {
  test(`one message ${what} is let through within five minutes`, async () => {
    await add(optOut);
    assert.equal(await confirm(message, inMinutes(4.9)), true);
    assert.equal(await confirm(message, inMinutes(4.9)), false);
  });
}

test('none is let through after five minutes', async () => {
  await add(ofNumber);
  assert.equal(await confirm(fromNumber, inMinutes(5)), false);
});

test('a second STOP gives no second confirmation', async () => {
  await add(ofNumber);
  await confirm(fromNumber, inMinutes(1));
  await add({ ...ofNumber, optedOutAt: inMinutes(2) });
  assert.equal(await confirm(fromNumber, inMinutes(3)), false);
});

test('of several opt-outs that block a message each must have its confirmation left', async () => {
  await add(ofNumber);
  await add({ ...ofPowerpack, queue: otherQueue, optedOutAt: inMinutes(4) });
  assert.equal(await confirm({ ...fromNumber, powerpackUuid }, inMinutes(6)), false);
  assert.equal(await confirm(fromMember, inMinutes(6)), true);
});

test('without an opt-out there is nothing to confirm', async () => {
  assert.equal(await confirm(fromNumber, now), false);
});

test('of two messages at once one is let through', async () => {
  await add(ofNumber);
  const taken = await Promise.all([confirm(fromNumber, inMinutes(1)), confirm(fromNumber, inMinutes(1))]);
  assert.deepEqual(taken.sort(), [false, true]);
});

test('of several messages of a batch the first that an opt-out blocks is let through', async () => {
  await add({ ...ofPowerpack, scope: 'number' });
  await add({ ...ofPowerpack, queue: otherQueue });
  await add({ ...ofNumber, ...stranger });
  const toStranger = { ...fromNumber, ...stranger };
  const wanted = [
    fromNumber,
    toStranger,
    { ...fromNumber, powerpackUuid },
    fromMember,
    toStranger,
    { ...fromMember, ...stranger },
  ];
  assert.deepEqual(await confirmations(wanted, inMinutes(1)), [true, true, false, true, false, false]);
  assert.deepEqual(
    await confirmations(wanted, inMinutes(1)),
    wanted.map(() => false),
    'what it took is noted',
  );
});

test('however many messages are blocked, there are two statements', async () => {
  await add(ofNumber);
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
    const wanted = Array.from({ length: 500 }, () => fromNumber);
    return takeConfirmations(counting, wanted, inMinutes(1));
  });
  assert.equal(statements, 2);
});
