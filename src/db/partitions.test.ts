// Partitions by time: made ahead, by one of several processes; dropped when all their rows are old and none is needed.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { repeatableBytes } from '../../test/support/app.ts';
import { openTestDatabase, openTestPool } from '../../test/support/database.ts';
import { firstIdOf, uuidv7 } from '../base/id.ts';
import type { Db } from './db.ts';
import { migrate, migrationsFolder, readMigrations } from './migrate.ts';
import { addPartition, dropPartitions, type PartitionedTable } from './partitions.ts';

const table: PartitionedTable = {
  name: 'samples',
  key: 'id',
  days: 5,
  neededSql: 'select from samples where id < $1 and needed limit 1',
  neededAgainSql: 'select from samples where id < $1 and needed limit 1',
};
const randomBytes = repeatableBytes(7);
const day = (date: string) => new Date(`${date}T00:00:00Z`);

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());

beforeEach(async () => {
  await db.query('drop table if exists samples');
  await db.query(
    'create table samples (id uuid primary key, needed boolean not null default false) partition by range (id)',
  );
  await db.query(
    'create table samples_first partition of samples for values from (minvalue) to (maxvalue) with (fillfactor = 80)',
  );
});

async function insert(date: string, needed = false): Promise<void> {
  await db.query('insert into samples values ($1, $2)', [uuidv7(day(date), randomBytes), needed]);
}

/** Returns the partitions, the oldest first, each with its rows. */
async function partitions(): Promise<unknown[]> {
  const rows = await db.query<{ name: string; count: number }>(
    `select name, count(id)::integer as count from partitions left join samples on samples.tableoid = name::regclass
     where parent = 'samples' group by name, before_id order by before_id nulls last`,
  );
  return rows.map(({ name, count }) => [name, count]);
}

const drop = (date: string) => dropPartitions(db, table, firstIdOf(day(date).getTime()));

test('a partition is there half a day before its time, with the storage of the others, and is made once', async () => {
  assert.equal(await addPartition(db, table, day('2026-03-03')), true);
  assert.equal(await addPartition(db, table, day('2026-03-03')), false);
  assert.deepEqual(await partitions(), [
    ['samples_first', 0],
    ['samples_20260308', 0],
  ]);
  const boundary = new Date('2026-03-07T12:00:00Z').getTime();
  assert.equal(await addPartition(db, table, new Date(boundary - 1)), false);
  assert.equal(await addPartition(db, table, new Date(boundary)), true);
  const options = await db.query(
    `select distinct reloptions from pg_class where oid in (select name::regclass from partitions where parent = 'samples')`,
  );
  assert.deepEqual(options, [{ reloptions: ['fillfactor=80'] }]);
});

test('of several processes one makes the partition', async () => {
  const added = await Promise.all([1, 2, 3].map(() => addPartition(db, table, day('2026-03-03'))));
  assert.equal(added.filter(Boolean).length, 1);
});

test('where making a partition takes five seconds, it is given up', async () => {
  let limit: unknown;
  const watched: Db = {
    ...db,
    transaction: (work, options) =>
      db.transaction(async (tx) => {
        const result = await work(tx);
        [limit] = await tx.query('show statement_timeout');
        return result;
      }, options),
  };
  assert.equal(await addPartition(watched, table, day('2026-03-03')), true);
  assert.deepEqual(limit, { statement_timeout: '5s' });
});

test('rows of any time have a partition, also after those of their time were dropped', async () => {
  for (const date of ['2026-03-03', '2026-03-08', '2026-03-13']) await addPartition(db, table, day(date));
  for (const date of ['1999-01-01', '2026-03-09', '2026-03-14', '2031-01-01']) await insert(date);
  assert.equal(await drop('2026-03-14'), 2);
  await insert('1999-01-01');
  await insert('2026-03-09');
  assert.deepEqual(await partitions(), [
    ['samples_first', 2],
    ['samples_20260313', 1],
    ['samples_20260318', 1],
  ]);
});

test('a partition stays while one of its rows is not old, or is still needed; the first one goes with the next', async () => {
  for (const date of ['2026-03-03', '2026-03-08']) await addPartition(db, table, day(date));
  await insert('2026-03-01');
  await insert('2026-03-09', true);
  assert.equal(await drop('2026-03-12'), 0);
  assert.equal(await drop('2026-03-13'), 0);
  await db.query('update samples set needed = false');
  assert.equal(await drop('2026-03-13'), 2);
  assert.equal(await drop('2026-03-13'), 0);
  assert.deepEqual(await partitions(), [
    ['samples_first', 0],
    ['samples_20260313', 0],
  ]);
});

test('a partition whose rows are needed is not locked', async () => {
  await addPartition(db, table, day('2026-03-03'));
  await insert('2026-03-01', true);
  const reading: Db = { ...db, transaction: () => assert.fail('the table is locked') };
  assert.equal(await dropPartitions(reading, table, firstIdOf(day('2026-03-13').getTime())), 0);
});

test('a partition stays where a row becomes needed before the lock', async () => {
  await addPartition(db, table, day('2026-03-03'));
  await insert('2026-03-01');
  const waiting: Db = {
    ...db,
    transaction: async (work, options) => {
      await db.query('update samples set needed = true');
      return db.transaction(work, options);
    },
  };
  assert.equal(await dropPartitions(waiting, table, firstIdOf(day('2026-03-13').getTime())), 0);
  assert.equal((await db.query('select from samples')).length, 1);
});

test('after a clock was ahead, the partition ends behind the newest row', async () => {
  await insert('2026-05-01');
  await addPartition(db, table, day('2026-03-03'));
  assert.deepEqual(await partitions(), [
    ['samples_first', 1],
    ['samples_20260502', 0],
  ]);
});

test('a database with messages is divided behind its newest rows, which stay where they are', async () => {
  const { pool, close } = await openTestPool();
  try {
    const migrations = await readMigrations(migrationsFolder);
    const first = migrations.findIndex(({ name }) => name.endsWith('_partitions_by_time'));
    await pool.query('drop schema public cascade; create schema public');
    await migrate(pool, migrations.slice(0, first));
    const id = uuidv7(new Date(), randomBytes);
    await pool.query(
      `insert into messages (id, account_id, direction, status, service, sender, destination, country_iso2, segments, log, accepted_at)
       values ($1, 'MA', 'outbound', 'queued', 'sms', '1', '2', 'US', 1, 'true', now())`,
      [id],
    );
    const fileOf = async (name: string) =>
      (await pool.query('select pg_relation_filenode($1::regclass) as file', [name])).rows[0].file;
    const file = await fileOf('messages');
    await migrate(pool, migrations);
    assert.equal(await fileOf('messages_first'), file);
    const { rows } = await pool.query('select id, tableoid::regclass::text as partition from messages');
    assert.deepEqual(rows, [{ id, partition: 'messages_first' }]);
    const divided = await pool.query(
      'select parent, count(*)::integer as partitions, bool_or(before_id > $1) as is_behind from partitions group by parent order by parent',
      [id],
    );
    assert.deepEqual(divided.rows, [
      { parent: 'failed_messages', partitions: 1, is_behind: null },
      { parent: 'logged_requests', partitions: 1, is_behind: null },
      { parent: 'message_events', partitions: 1, is_behind: null },
      { parent: 'messages', partitions: 2, is_behind: true },
      { parent: 'webhook_calls', partitions: 1, is_behind: null },
    ]);
  } finally {
    await close();
  }
});
