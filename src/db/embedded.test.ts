// The embedded database: durable, private, used by one process, with clear errors.
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type pg from 'pg';
import { startChild } from '../../test/support/child.ts';
import { testTemplate } from '../../test/support/database.ts';
import { ensureDatabase } from './embedded/first-start.ts';
import { type EmbeddedDatabase, openEmbedded } from './embedded.ts';

let parent: string;
let dataDir: string;
let templatePath: string;
/** A folder with a database, copied by most tests: quicker than a first start each. */
let prepared: string;
const opened: EmbeddedDatabase[] = [];

before(async () => {
  templatePath = await testTemplate();
  parent = await mkdtemp(join(tmpdir(), 'rucksack-embedded-'));
  prepared = join(parent, 'prepared');
  await ensureDatabase(join(prepared, 'database'), templatePath);
});

beforeEach(async () => {
  dataDir = await mkdtemp(join(parent, 'data-'));
  await cp(prepared, dataDir, { recursive: true });
});

afterEach(async () => {
  for (const { close } of opened.splice(0)) await close();
});

after(() => rm(parent, { recursive: true }));

async function open(onFatal: (error: Error) => void = assert.fail): Promise<EmbeddedDatabase> {
  const database = await openEmbedded({ dataDir, templatePath, onFatal });
  opened.push(database);
  return database;
}

async function firstValue(pool: pg.Pool, sql: string): Promise<unknown> {
  const { rows } = await pool.query<{ value: unknown }>(sql);
  return rows[0]?.value;
}

test('it runs with the settings that durability and plans need', async () => {
  const { pool } = await open();
  const { rows } = await pool.query(
    `select name, setting from pg_settings
     where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'plan_cache_mode')
     order by name`,
  );
  assert.deepEqual(
    rows.map(({ name, setting }) => `${name}=${setting}`),
    [
      'fsync=on',
      'full_page_writes=on',
      'plan_cache_mode=force_custom_plan',
      'synchronous_commit=on',
      'wal_sync_method=fsync',
    ],
  );
});

test('every commit is synced to the disk before it is acknowledged, reads are not', async () => {
  const { pool, countSyncs } = await open();
  await pool.query('create table kept (number int)');
  for (let number = 1; number <= 20; number++) {
    const before = await countSyncs();
    await pool.query('insert into kept values ($1)', [number]);
    assert.ok((await countSyncs()) > before, `insert ${number}`);
  }
  const before = await countSyncs();
  await pool.query('select * from kept');
  assert.equal(await countSyncs(), before);
});

test('its files are readable by their owner alone', async () => {
  await rm(dataDir, { recursive: true });
  const { pool } = await open();
  await pool.query('create table kept (number int); checkpoint');
  const entries = await readdir(dataDir, { recursive: true });
  assert.ok(entries.length > 300);
  for (const entry of ['', ...entries]) {
    const { mode } = await stat(join(dataDir, entry));
    assert.equal(mode & 0o077, 0, entry);
  }
});

test('committed rows survive kill -9, and the lock of the dead process is taken over', async () => {
  const child = startChild('insert-rows', [dataDir, templatePath]);
  let acknowledged = 0;
  while (acknowledged < 200) acknowledged = Number((await child.lines.next()).value);
  await child.kill();
  for (let line = await child.lines.next(); !line.done; line = await child.lines.next()) {
    acknowledged = Number(line.value);
  }
  const { pool } = await open();
  assert.equal(
    await firstValue(pool, `select count(*) as value from kept where number <= ${acknowledged}`),
    acknowledged,
  );
});

test('a second process is refused while the first has the directory open', async () => {
  const child = startChild('insert-rows', [dataDir, templatePath]);
  await child.lines.next();
  await assert.rejects(open(), {
    message: `The data directory ${dataDir} is in use by process ${child.pid}. Stop that process, or use another directory.`,
  });
  await child.kill();
});

test('a first start that was cut short is done again', async () => {
  await rm(join(dataDir, 'database'), { recursive: true });
  const unfinished = join(dataDir, 'database.unfinished');
  await mkdir(join(unfinished, 'base'), { recursive: true });
  await writeFile(join(unfinished, 'PG_VERSION'), '18\n');
  const { pool } = await open();
  assert.equal(await firstValue(pool, 'select 1 as value'), 1);
  assert.deepEqual((await readdir(dataDir)).sort(), ['database', 'lock.1']);
});

test('a directory of another PostgreSQL version is refused with a sentence, and stays unlocked', async () => {
  const { close } = await openEmbedded({ dataDir, templatePath, onFatal: assert.fail });
  await close();
  await writeFile(join(dataDir, 'database', 'PG_VERSION'), '17\n');
  await assert.rejects(open(), (error: Error) => {
    assert.match(
      error.message,
      /^The database in .* cannot be opened: database files are incompatible with server/,
    );
    assert.match(
      error.message,
      /initialized by PostgreSQL version 17, which is not compatible with this version 18/,
    );
    return true;
  });
  assert.deepEqual(await readdir(dataDir), ['database']);
});

test('a new connection has nothing of the session before', async () => {
  const { pool } = await open();
  const client = await pool.connect();
  await client.query({ name: 's1', text: 'select 1 as value' });
  await client.query('create temp table mine (a int)');
  await client.query('begin');
  client.release(true);
  const { rows } = await pool.query({ name: 's1', text: 'select 2 as value' });
  assert.deepEqual(rows, [{ value: 2 }]);
  await assert.rejects(pool.query('select * from mine'), /does not exist/);
});

test('when it breaks down, nothing more is committed and the owner is notified', async () => {
  const fatal: Error[] = [];
  const { pool } = await open((error) => fatal.push(error));
  await pool.query('create table kept (number int)');
  await rm(join(dataDir, 'database', 'pg_wal'), { recursive: true });
  const broken = await Promise.allSettled([
    pool.query('select pg_switch_wal()'),
    pool.query('insert into kept values (1)'),
    pool.query('insert into kept values (2)'),
  ]);
  assert.deepEqual(broken.map(({ status }) => status).slice(1), ['rejected', 'rejected']);
  assert.equal(fatal.length, 1);
  assert.match(fatal[0]?.message ?? '', /^The embedded database broke down: /);
  await assert.rejects(pool.query('select 1'));
});
