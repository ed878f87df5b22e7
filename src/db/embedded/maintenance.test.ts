// Maintenance of the embedded database: does what is due, again and again, also after a failure.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openTestDatabase, serverUrl } from '../../../test/support/database.ts';
import type { Db } from '../db.ts';
import { checkpointWhenDue, runMaintenance, vacuumNeglectedTables } from './maintenance.ts';

const onServer = serverUrl !== undefined && 'a server keeps its own house';

let db: Db;

before(async () => {
  db = await openTestDatabase();
  await db.query('create table queue (number int)');
  await db.query('create table quiet (number int)');
});

after(() => db.close());

async function firstRow(sql: string, values: unknown[] = []): Promise<unknown> {
  const [row] = await db.query(sql, values);
  return row;
}

test('a checkpoint is written when much was logged since the last', { skip: onServer }, async () => {
  const lastCheckpoint = () => firstRow('select redo_lsn from pg_control_checkpoint()');
  const before = await lastCheckpoint();
  await db.query('insert into queue select generate_series(1, 1000)');
  await checkpointWhenDue(db);
  assert.deepEqual(await lastCheckpoint(), before);
  await checkpointWhenDue(db, 50_000);
  assert.notDeepEqual(await lastCheckpoint(), before);
});

test('a table of dead rows is vacuumed, a quiet one is not', { skip: onServer }, async () => {
  const vacuumed = (table: string) =>
    firstRow(
      `select vacuum_count as times, pg_relation_size(relid) as size from pg_stat_user_tables where relname = $1`,
      [table],
    );
  await db.query('insert into quiet values (1)');
  await db.query('insert into queue select generate_series(1, 1000)');
  await db.query('delete from queue');
  // Without this, statistics of changes appear after about a second.
  await db.query('select pg_stat_force_next_flush()');
  await vacuumNeglectedTables(db);
  assert.deepEqual(await vacuumed('queue'), { times: 1, size: 0 });
  assert.deepEqual(await vacuumed('quiet'), { times: 0, size: 8192 });
});

test('PGlite has no other database, which could not be vacuumed', { skip: onServer }, async () => {
  assert.deepEqual(await db.query('select datname from pg_database'), [{ datname: 'postgres' }]);
});

test('it runs every ten seconds until stopped, also after a failure', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  let asked = 0;
  const failures: string[] = [];
  const reader = {
    async query<Row>(): Promise<Row[]> {
      asked += 1;
      if (asked === 1) throw new Error('not now');
      return [];
    },
  };
  const stop = runMaintenance(reader, (error) => failures.push(error.message));
  t.mock.timers.tick(10_000);
  await nextTurn();
  assert.deepEqual(failures, ['not now']);
  t.mock.timers.tick(10_000);
  await nextTurn();
  assert.equal(asked, 1 + 2);
  stop();
  t.mock.timers.tick(10_000);
  assert.equal(asked, 1 + 2);
});

test('a run that the stop interrupts is no failure', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const failures: string[] = [];
  const reader = { query: async () => Promise.reject(new Error('the database is closed')) };
  const stop = runMaintenance(reader, (error) => failures.push(error.message));
  t.mock.timers.tick(10_000);
  stop();
  await nextTurn();
  assert.deepEqual(failures, []);
});
