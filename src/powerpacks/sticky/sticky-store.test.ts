// Mappings of destinations to members, against a real database.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { testStart } from '../../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import { insertPool, poolUuidOf } from '../../../test/support/pool-rows.ts';
import type { Db, Transaction } from '../../db/db.ts';
import { removeMember } from '../pool/pool-store.ts';
import {
  countStickySenders,
  deleteOldStickySenders,
  findStickySender,
  forgetStickySender,
  forgetStickySenders,
  keepStickySenders,
  listStickySenders,
  loadStickySenders,
  type MappingRequest,
  pinStickySender,
} from './sticky-store.ts';

const [first, second] = ['14155550100', '14155550101'];
const [person, other] = ['12125550150', '12125550151'];
const poolUuid = poolUuidOf(1);
const lifeDays = 15;
const later = (days: number) => new Date(testStart.getTime() + days * 24 * 3600 * 1000);

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(async () => {
  await emptyTables(db);
  await insertPool(db, 1, [first, second, '72345']);
});

const request = (sender: string, destination = person): MappingRequest => ({
  poolUuid,
  destination,
  sender,
  countryIso2: 'US',
});
const keep = (requests: ReturnType<typeof request>[], now = testStart) =>
  db.transaction((tx) => keepStickySenders(tx, requests, now, lifeDays));
const load = async (destination = person, now = testStart) =>
  (await loadStickySenders(db, [{ poolUuid, destination }], now, lifeDays))[0];

describe('keeping', () => {
  test('a recipient without a mapping gets the requested one', async () => {
    assert.deepEqual(await keep([request(second)]), [second]);
    assert.equal(await load(), second);
  });

  test('the first writer wins', async () => {
    await keep([request(first)]);
    assert.deepEqual(await keep([request(second)]), [first]);
    assert.equal(await load(), first);
  });

  test('of two requests for one destination the first counts, for both', async () => {
    assert.deepEqual(await keep([request(second), request(first), request(first, other)]), [
      second,
      second,
      first,
    ]);
  });

  test('a mapping lives from message to message', async () => {
    await keep([request(first)]);
    await keep([request(first)], later(14));
    assert.equal(await load(person, later(28)), first);
    assert.equal(await load(person, later(30)), undefined);
  });

  test('one that is older than its life is replaced', async () => {
    await keep([request(first)]);
    assert.equal(await load(person, later(15)), undefined);
    assert.deepEqual(await keep([request(second)], later(15)), [second]);
  });

  test('one whose member can no longer send gives way, where it is named', async () => {
    await keep([request(first)]);
    assert.deepEqual(await keep([{ ...request(second), replaces: first }]), [second]);
    assert.deepEqual(await keep([{ ...request(first), replaces: first }]), [second]);
  });

  test('a member that has left meanwhile is reported, and keeps no mapping', async () => {
    await keep([request(first, '12125550152')]);
    await db.transaction(async (tx) => removeMember(tx, { poolUuid, sender: first, countryIso2: 'US' }));
    assert.equal(await load('12125550152'), undefined);
    assert.deepEqual(await keep([request(first), request(second, other)]), ['', second]);
    assert.equal(await load(), undefined);
  });

  test('a short code is named with its country', async () => {
    assert.deepEqual(await keep([request('72345')]), ['72345/US']);
    assert.equal(await load(), '72345/US');
  });

  test('two that write at once agree', async () => {
    const outcomes = await Promise.all([
      keep([request(first), request(first, other)]),
      keep([request(second, other), request(second)]),
    ]);
    const [one, two] = [await load(person), await load(other)];
    assert.deepEqual(outcomes, [
      [one, two],
      [two, one],
    ]);
  });
});

test('many are read at once, an answer for each in order', async () => {
  await insertPool(db, 2, []);
  await keep([request(second)]);
  const keys = [
    { poolUuid, destination: other },
    { poolUuid, destination: person },
    { poolUuid: poolUuidOf(2), destination: person },
    { poolUuid, destination: person },
  ];
  assert.deepEqual(await loadStickySenders(db, keys, testStart, lifeDays), [
    undefined,
    second,
    undefined,
    second,
  ]);
  assert.deepEqual(await loadStickySenders(db, [], testStart, lifeDays), []);
});

test('a pin moves the destination, whatever it was mapped to', async () => {
  await keep([request(first)]);
  await db.transaction((tx) => pinStickySender(tx, request(second), later(1)));
  assert.deepEqual(await findStickySender(db, { poolUuid, destination: person }, later(1), lifeDays), {
    destination: person,
    sender: second,
    kind: 'longcode',
    countryIso2: 'US',
    lastMessageAt: later(1),
  });
});

test('lists show what counts, by destination and in pages', async () => {
  await keep([request(first, '12125550153')]);
  await keep([request(first, other), request(second)], later(10));
  const every = { sender: undefined, order: 'destination' } as const;
  const list = async (now: Date, limit: number, offset: number) =>
    (await listStickySenders(db, poolUuid, now, lifeDays, every, { limit, offset })).map(
      (row) => row.destination,
    );
  assert.deepEqual(await list(later(10), 2, 0), [person, other]);
  assert.deepEqual(await list(later(10), 2, 2), ['12125550153']);
  assert.equal(await countStickySenders(db, poolUuid, later(10), lifeDays, every), 3);
  assert.deepEqual(await list(later(20), 5, 0), [person, other]);
  assert.equal(await countStickySenders(db, poolUuid, later(20), lifeDays, every), 2);
});

test('forgetting one, and all', async () => {
  await keep([request(first), request(second, other)]);
  const forget = (destination: string) =>
    db.transaction((tx) => forgetStickySender(tx, { poolUuid, destination }));
  assert.equal(await forget(person), true);
  assert.equal(await forget(person), false);
  assert.equal(await load(other), second);
  await keep([request(first)]);
  assert.equal(await db.transaction((tx) => forgetStickySenders(tx, poolUuid)), 2);
  assert.equal(await load(other), undefined);
});

describe('mappings unused for long', () => {
  const kept = () => db.query('select destination, last_message_at from sticky_senders order by destination');
  const day = new Date('2026-03-20T00:00:00Z');

  test('is deleted by the day, so many rows at a time', async () => {
    await keep([request(first, '12125550150')], new Date('2026-03-18T12:00:00Z'));
    await keep([request(first, '12125550151')], new Date('2026-03-19T00:00:00Z'));
    await keep([request(first, '12125550152')], new Date('2026-03-19T23:59:59Z'));
    await keep([request(first, '12125550153')], day);
    assert.equal(await deleteOldStickySenders(db, new Date('2026-03-19T23:59:59Z'), 100), 1);
    assert.equal(await deleteOldStickySenders(db, day, 1), 1);
    assert.equal(await deleteOldStickySenders(db, new Date('2026-03-20T23:59:59Z'), 100), 1);
    assert.equal(await deleteOldStickySenders(db, day, 100), 0);
    assert.deepEqual(await kept(), [{ destination: '12125550153', last_message_at: day }]);
  });

  test('stay when they were used since', async () => {
    await keep([request(first)], new Date('2026-03-10T12:00:00Z'));
    await keep([request(first)], day);
    assert.equal(await deleteOldStickySenders(db, day, 100), 0);
  });

  test('is noted without touching an index, but for the first message of a day', async () => {
    await keep([request(first)], day);
    const count = async (tx: Transaction) => {
      const [row] = await tx.query<{ count: number }>(
        `select pg_stat_get_xact_tuples_hot_updated('sticky_senders'::regclass) as count`,
      );
      return row?.count ?? 0;
    };
    const hotUpdates = (now: Date) =>
      db.transaction(async (tx) => {
        const earlier = await count(tx);
        await keepStickySenders(tx, [request(first)], now, lifeDays);
        return (await count(tx)) - earlier;
      });
    assert.equal(await hotUpdates(new Date('2026-03-20T12:00:00Z')), 1);
    assert.equal(await hotUpdates(new Date('2026-03-21T00:00:00Z')), 0);
  });
});
