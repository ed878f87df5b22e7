// Vacuuming: only what needs it, every minute, whatever happens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openTestPool, type TestPool } from '../../test/support/database.ts';
import { keepVacuumed, vacuumNeglectedTables } from './vacuum.ts';

let database: TestPool;

before(async () => {
  database = await openTestPool();
  await database.pool.query('create table queue (number int); create table quiet (number int)');
  // The server's own vacuum shall not come first.
  await database.pool.query('alter table queue set (autovacuum_enabled = off)');
  await database.pool.query('insert into quiet values (1)');
});

after(() => database.close());

async function fillAndEmptyQueue(): Promise<void> {
  const client = await database.pool.connect();
  await client.query('insert into queue select generate_series(1, 1000)');
  await client.query('delete from queue');
  // Counts of changes are otherwise handed in about once a second.
  await client.query('select pg_stat_force_next_flush()');
  client.release();
}

async function vacuumed(table: string): Promise<unknown> {
  const { rows } = await database.pool.query(
    `select vacuum_count as times, pg_relation_size(relid) as size from pg_stat_user_tables where relname = $1`,
    [table],
  );
  return rows[0];
}

test('a table of dead rows is vacuumed, a quiet one is not', async () => {
  await fillAndEmptyQueue();
  await vacuumNeglectedTables(database.pool);
  assert.deepEqual(await vacuumed('queue'), { times: 1, size: 0 });
  assert.deepEqual(await vacuumed('quiet'), { times: 0, size: 8192 });
});

test('it is done every minute until stopped, and a failure does not end it', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const failures: string[] = [];
  await fillAndEmptyQueue();
  await database.pool.query('alter table queue rename to "Queue; odd"');
  const query = t.mock.method(database.pool, 'query', () => Promise.reject(new Error('not now')), {
    times: 1,
  });
  const stop = keepVacuumed(database.pool, (error) => failures.push(error.message));
  t.mock.timers.tick(60_000);
  while (failures.length === 0) await nextTurn();
  assert.deepEqual(failures, ['not now']);
  t.mock.timers.tick(60_000);
  while (query.mock.callCount() < 2) await nextTurn();
  stop();
  t.mock.timers.tick(60_000);
  await database.pool.query('select 1');
  assert.equal(query.mock.callCount(), 4);
});
