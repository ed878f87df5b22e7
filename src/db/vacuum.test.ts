// Vacuuming: only what needs it, every minute, whatever happens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openTestDatabase } from '../../test/support/database.ts';
import type { Db } from './db.ts';
import { keepVacuumed, vacuumNeglectedTables } from './vacuum.ts';

let db: Db;

before(async () => {
  db = await openTestDatabase();
  // A server's own vacuum shall not come first.
  await db.query('create table queue (number int) with (autovacuum_enabled = off)');
  await db.query('create table quiet (number int) with (autovacuum_enabled = off)');
});

after(() => db.close());

async function vacuumed(table: string): Promise<unknown> {
  const [row] = await db.query(
    `select vacuum_count as times, pg_relation_size(relid) as size from pg_stat_user_tables where relname = $1`,
    [table],
  );
  return row;
}

test('a table of dead rows is vacuumed, a quiet one is not', async () => {
  await db.query('insert into quiet values (1)');
  await db.query('insert into queue select generate_series(1, 1000)');
  await db.query('delete from queue');
  // Counts of changes are otherwise handed in about once a second.
  await db.query('select pg_stat_force_next_flush()');
  await vacuumNeglectedTables(db);
  assert.deepEqual(await vacuumed('queue'), { times: 1, size: 0 });
  assert.deepEqual(await vacuumed('quiet'), { times: 0, size: 8192 });
});

test('it is done every minute until stopped, and a failure does not end it', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const asked: string[] = [];
  const failures: string[] = [];
  const reader = {
    async query<Row>(sql: string): Promise<Row[]> {
      asked.push(sql);
      if (asked.length === 1) throw new Error('not now');
      return [];
    },
  };
  const stop = keepVacuumed(reader, (error) => failures.push(error.message));
  t.mock.timers.tick(60_000);
  await nextTurn();
  assert.deepEqual(failures, ['not now']);
  t.mock.timers.tick(60_000);
  await nextTurn();
  assert.equal(asked.length, 2);
  stop();
  t.mock.timers.tick(60_000);
  assert.equal(asked.length, 2);
});
