// Pools in memory: read again when they change, their loads after a while, against a real database.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { testStart } from '../../../test/support/app.ts';
import { emptyTables, openTestDatabase, serverUrl } from '../../../test/support/database.ts';
import {
  insertMember,
  insertPool,
  poolAccount,
  poolUuidOf,
  powerpackUuid,
} from '../../../test/support/pool-rows.ts';
import { readConfig } from '../../base/config.ts';
import type { Db, Reader } from '../../db/db.ts';
import { markDeleted } from '../deletion/deleted-store.ts';
import { PoolCache } from './pool-cache.ts';

const [first, second] = ['14155550100', '18005550100'];
const uuid = powerpackUuid(1);
const { settings } = readConfig({});
const aMomentLater = new Date(testStart.getTime() + 900);
const after10Seconds = new Date(testStart.getTime() + 10_001);
const afterAMinute = new Date(testStart.getTime() + 60_002);

const onEmbedded = serverUrl === undefined && 'the embedded database does one thing at a time';

let db: Db;
let cache: PoolCache;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(async () => {
  await emptyTables(db);
  cache = new PoolCache(settings);
  await insertPool(db, 1, [first, second, '72345']);
});

/** Counts the queries that pass through it. */
function counting(reader: Reader): Reader & { queries: number } {
  const counter = {
    queries: 0,
    query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]> {
      counter.queries += 1;
      return reader.query<Row>(sql, values);
    },
  };
  return counter;
}

/** Counts the rows that each query reads. */
const countingRows = (reader: Reader, count: (rows: number) => void): Reader => ({
  async query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]> {
    const rows = await reader.query<Row>(sql, values);
    count(rows.length);
    return rows;
  },
});

async function get(now = testStart) {
  const snapshot = (await cache.get(db, [uuid], now)).get(uuid);
  assert.ok(snapshot);
  return snapshot;
}

const contentOf = ({ powerpack, pool, version }: Awaited<ReturnType<typeof get>>) => ({
  powerpack,
  version,
  members: pool.candidates().map((candidate) => ({ ...candidate })),
});

/** Returns the pool as a process reads it for the first time. */
async function getAnew() {
  const snapshot = (await new PoolCache(settings).get(db, [uuid], testStart)).get(uuid);
  assert.ok(snapshot);
  return snapshot;
}

const insertQueue = (queue: string, segments: number, day: string, nextFree = testStart) =>
  db.query(
    `insert into sender_queues (queue, next_free, last_position, queued, day, segments_today) values ($1, $2, 1, 0, $3::date, $4)
     on conflict (queue) do update set next_free = excluded.next_free, segments_today = excluded.segments_today`,
    [queue, nextFree, day, segments],
  );

test('a powerpack comes with its members and what they can do', async () => {
  await db.query('update numbers set mms_enabled = false where number = $1', [second]);
  await db.query('update pool_members set sms_per_second = 2.5, daily_segments = 7 where sender = $1', [
    first,
  ]);
  const { powerpack, pool } = await get();
  assert.equal(powerpack.mainId, poolAccount);
  assert.equal(powerpack.optOutScope, 'powerpack');
  assert.deepEqual(
    [...pool.candidates()].map(
      ({ queue, kind, areaCode, regionCode, services, smsPerSecond, dailySegments }) => [
        queue,
        kind,
        areaCode,
        regionCode,
        services,
        smsPerSecond,
        dailySegments,
      ],
    ),
    [
      ['72345/US', 'shortcode', undefined, undefined, ['sms'], null, undefined],
      [first, 'longcode', '415', 'CA', ['sms', 'mms'], 2.5, 7],
      [second, 'tollfree', undefined, undefined, ['sms'], null, undefined],
    ],
  );
});

describe('the pools in the cache', () => {
  test('while nothing changes, one query asks for the versions of all', async () => {
    await insertPool(db, 2, ['12125550100']);
    const uuids = [uuid, powerpackUuid(2), uuid];
    const before = await cache.get(db, uuids, testStart);
    const reader = counting(db);
    const again = await cache.get(reader, uuids, testStart);
    assert.equal(reader.queries, 1);
    assert.equal(again.size, 2);
    assert.equal(again.get(uuid), before.get(uuid));
  });

  test('unknown and deleted powerpacks are absent', async () => {
    await get();
    await db.transaction((tx) => markDeleted(tx, uuid, testStart));
    const found = await cache.get(db, [uuid, powerpackUuid(9)], testStart);
    assert.equal(found.size, 0);
  });

  test('one that is deleted while its version is waited for is absent', { skip: onEmbedded }, async () => {
    await get();
    const { found } = await db.transaction(async (deleting) => {
      await markDeleted(deleting, uuid, testStart);
      const asking = { found: db.transaction((tx) => cache.get(tx, [uuid], testStart)) };
      const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await db.query(waiting)).length === 0);
      return asking;
    });
    assert.equal((await found).size, 0);
    assert.equal(cache.poolUuidsOf([uuid]), undefined);
  });

  const changes: [what: string, change: () => Promise<unknown>][] = [
    ['a member is added', () => insertMember(db, '0198b000-0000-7000-8000-000000000001', '12125550100')],
    ['a number is unrented', () => db.query('delete from numbers where number = $1', [first])],
    [
      'a number loses a service',
      () => db.query('update numbers set mms_enabled = false where number = $1', [first]),
    ],
    [
      'a limit is set',
      () => db.query('update pool_members set sms_per_second = 9 where sender = $1', [first]),
    ],
    ['the powerpack changes', () => db.query('update powerpacks set sticky_sender = false')],
  ];
  for (const [what, change] of changes) {
    test(`it is read again when ${what}`, async () => {
      const before = await get();
      const seen = contentOf(before);
      await change();
      const changed = await get();
      assert.ok(changed.version > before.version);
      assert.notDeepEqual(contentOf(changed), seen);
      assert.deepEqual(contentOf(changed), contentOf(await getAnew()));
      const reader = counting(db);
      await cache.get(reader, [uuid], testStart);
      assert.equal(reader.queries, 1);
    });

    test(`it is read again in one round trip when ${what} and it had just changed`, async () => {
      await get();
      await db.query('update pool_members set daily_segments = 5 where sender = $1', [second]);
      const before = await get();
      await change();
      const [roundTrips, found] = await db.transaction(async (tx) => {
        let waves = 0;
        let underWay = 0;
        const reader = {
          ...tx,
          async query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]> {
            if (underWay === 0) waves += 1;
            underWay += 1;
            return await tx.query<Row>(sql, values).finally(() => {
              underWay -= 1;
            });
          },
        };
        const snapshots = await cache.get(reader, [uuid], aMomentLater);
        return [waves, snapshots.get(uuid)];
      });
      assert.ok(found);
      assert.ok(found.version > before.version);
      assert.deepEqual(contentOf(found), contentOf(await getAnew()));
      assert.equal(roundTrips, 1);
    });

    test(`only what has changed is read when ${what}`, async () => {
      await get();
      await change();
      let read = 0;
      await cache.get(
        countingRows(db, (rows) => (read += rows)),
        [uuid],
        testStart,
      );
      // Version, powerpack, the member.
      assert.ok(read <= 3, `${read} rows`);
    });
  }

  test('the member that came has its load, and the others keep what is known of theirs', async () => {
    await insertQueue('12125550100', 7, '2026-03-14');
    const { pool } = await get();
    pool.setLoad(first, { segmentsToday: 2, freeAtMs: testStart.getTime() + 2000 });
    await insertMember(db, poolUuidOf(1), '12125550100');
    const changed = (await get()).pool;
    assert.equal(changed.find('12125550100')?.segmentsToday, 7);
    assert.equal(changed.find(first)?.segmentsToday, 2);
    assert.equal(changed.find(first)?.freeAtMs, testStart.getTime() + 2000);
  });

  for (const [what, changes] of [
    ['as many changes as are kept', 200],
    ['more changes than are kept', 201],
  ] as const) {
    test(`a pool that has had ${what} is as it is in the database`, async () => {
      await get();
      await db.query('delete from pool_members where sender = $1', [first]);
      for (let change = 1; change < changes; change++) {
        await db.query('update pool_members set sms_per_second = $2 where sender = $1', [second, change]);
      }
      assert.deepEqual(contentOf(await get()), contentOf(await getAnew()));
      const kept = await db.query('select 1 from pool_changes');
      assert.ok(kept.length <= 250, `${kept.length} rows`);
    });
  }

  test('a pool of which more than a hundred members change at once is as it is in the database', async () => {
    for (let index = 0; index < 101; index++) {
      await insertMember(db, poolUuidOf(1), `1212555${2000 + index}`);
    }
    await get();
    await db.query('update pool_members set sms_per_second = 3');
    await db.query('delete from pool_members where sender = $1', [second]);
    const changes = await db.query('select sender from pool_changes order by version desc limit 2');
    assert.deepEqual(changes, [{ sender: second }, { sender: null }]);
    assert.deepEqual(contentOf(await get()), contentOf(await getAnew()));
  });
});

describe('loads', () => {
  const loadOf = (snapshot: Awaited<ReturnType<typeof get>>, queue = first) => {
    const candidate = snapshot.pool.find(queue);
    assert.ok(candidate);
    const { freeAtMs, segmentsToday, healthy } = candidate;
    return { freeAtMs, segmentsToday, healthy };
  };

  test('they are read with the pool, then every ten seconds', async () => {
    const nextFree = new Date(testStart.getTime() + 5000);
    await insertQueue(first, 3, '2026-03-14', nextFree);
    const busy = { freeAtMs: nextFree.getTime(), segmentsToday: 3, healthy: true };
    assert.deepEqual(loadOf(await get()), busy);
    await insertQueue(first, 4, '2026-03-14', nextFree);
    assert.deepEqual(loadOf(await get(new Date(testStart.getTime() + 10_000))), busy);
    assert.deepEqual(loadOf(await get(after10Seconds)), { ...busy, segmentsToday: 4 });
  });

  test('yesterday does not count, and midnight is noticed at once', async () => {
    await insertQueue(first, 3, '2026-03-13');
    assert.equal(loadOf(await get()).segmentsToday, 0);
    await insertQueue(second, 3, '2026-03-14');
    const midnight = Date.UTC(2026, 2, 15);
    assert.equal(loadOf(await get(new Date(midnight - 1)), second).segmentsToday, 3);
    assert.equal(loadOf(await get(new Date(midnight)), second).segmentsToday, 0);
  });

  test('one that is noted counts until they are read again', async () => {
    await get();
    cache.noteLoad(uuid, first, { segmentsToday: 2, freeAtMs: testStart.getTime() + 2000 });
    cache.noteLoad(powerpackUuid(9), first, { segmentsToday: 3 });
    const noted = { freeAtMs: testStart.getTime() + 2000, segmentsToday: 2, healthy: true };
    assert.deepEqual(loadOf(await get()), noted);
    assert.deepEqual(loadOf(await get(after10Seconds)), { freeAtMs: 0, segmentsToday: 0, healthy: true });
  });

  test('a number whose messages do not arrive is not healthy, for as long as that is of the last day', async () => {
    const hour = (hoursAgo: number, finished: number, delivered: number) =>
      db.query('insert into sender_hours values ($1, $2, $3, $4)', [
        first,
        new Date(Date.UTC(2026, 2, 14, 9) - hoursAgo * 3600 * 1000),
        finished,
        delivered,
      ]);
    await hour(1, 30, 7);
    await hour(24, 100, 0);
    assert.equal(loadOf(await get()).healthy, true);
    await hour(2, 20, 5);
    assert.equal(loadOf(await get(after10Seconds)).healthy, true);
    assert.equal(loadOf(await get(afterAMinute)).healthy, false);
    assert.equal(loadOf(await get(new Date(testStart.getTime() + 24 * 3600 * 1000))).healthy, true);
  });
});
