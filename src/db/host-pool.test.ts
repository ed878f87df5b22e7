// A database on several hosts: connections go to the one that takes writes.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type pg from 'pg';
import { createServerDatabase, serverUrl } from '../../test/support/database.ts';
import { openSilentProxy } from '../../test/support/silent-proxy.ts';
import { systemTimers } from '../base/timers.ts';
import { openPostgres } from './postgres.ts';

const absent = '127.0.0.1:1';

describe('several hosts', { skip: serverUrl === undefined && 'needs a PostgreSQL server' }, () => {
  let database: Awaited<ReturnType<typeof createServerDatabase>>;
  let admin: pg.Pool;

  before(async () => {
    database = await createServerDatabase(serverUrl ?? '');
    admin = await openPostgres({ databaseUrl: database.url, maxConnections: 1, onConnectionLost: () => {} });
  });

  after(async () => {
    await admin.end();
    await database.drop();
  });

  /** Returns the URL of the test's database with these hosts. */
  const withHosts = (...hosts: readonly string[]) =>
    database.url.replace(/\/\/([^@/]*@)?[^/]*/, `//$1${hosts.join(',')}`);
  const present = () => new URL(database.url).host;
  const open = (...hosts: readonly string[]) =>
    openPostgres({ databaseUrl: withHosts(...hosts), maxConnections: 4, onConnectionLost: () => {} });

  const setReadOnly = async (value: 'on' | 'off') => {
    const { rows } = await admin.query<{ name: string }>('select current_database() as name');
    await admin.query(`alter database "${rows[0]?.name}" set default_transaction_read_only = ${value}`);
  };

  const endSessions = (which: string) =>
    admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where ${which} and datname = current_database() and pid <> pg_backend_pid()`,
    );

  test('a host that is not there is passed over, by connections that are made at once too', async () => {
    const pool = await open(absent, present());
    try {
      const answers = await Promise.all([1, 2, 3, 4].map(() => pool.query('select 1')));
      assert.deepEqual(
        answers.map(({ rowCount }) => rowCount),
        [1, 1, 1, 1],
      );
    } finally {
      await pool.end();
    }
  });

  test('a host that goes is replaced by the next one, and by the first again', async () => {
    const first = await openSilentProxy(database.url);
    const pool = await open(new URL(first.url).host, present());
    try {
      assert.equal((await pool.query('select 1')).rowCount, 1);
      const lost = new Promise((resolve) => pool.once('remove', resolve));
      await first.close();
      await lost;
      assert.equal((await pool.query('select 1')).rowCount, 1);
    } finally {
      await pool.end();
    }
  });

  test('a host that falls silent is given up: queries on it fail, and the next ones go to the next host', async () => {
    const first = await openSilentProxy(database.url);
    const pool = await openPostgres({
      databaseUrl: withHosts(new URL(first.url).host, present()),
      maxConnections: 4,
      onConnectionLost: () => {},
      timers: systemTimers,
    });
    try {
      const waiting = pool.query('select pg_sleep(60)');
      waiting.catch(() => undefined);
      assert.equal((await pool.query('select 1')).rowCount, 1);
      first.fallSilent(true);
      await assert.rejects(waiting, /terminated/);
      assert.equal((await pool.query('select 1')).rowCount, 1);
    } finally {
      await first.close();
      await pool.end();
      // The server goes on sleeping: it is told of nothing either.
      await endSessions(`query like '%pg_sleep(60)%'`);
    }
  });

  test('closing does not wait for a host that has fallen silent', async () => {
    const only = await openSilentProxy(database.url);
    const pool = await openPostgres({
      databaseUrl: only.url,
      maxConnections: 4,
      onConnectionLost: () => {},
      timers: systemTimers,
    });
    only.fallSilent(true);
    await pool.end();
    await only.close();
  });

  test('a host that takes no writes any more is given up, with its idle connections', async () => {
    const pool = await openPostgres({
      databaseUrl: withHosts(absent, present()),
      maxConnections: 4,
      onConnectionLost: () => {},
      timers: systemTimers,
    });
    try {
      const lost = new Promise((resolve) => pool.once('remove', resolve));
      await setReadOnly('on');
      // The probe's session is older than the setting.
      await endSessions(`application_name = 'rucksack probe'`);
      await lost;
    } finally {
      await setReadOnly('off');
      await pool.end();
    }
  });

  test('hosts that take no writes are refused with a sentence, until one does', async () => {
    const pool = await open(absent, present());
    await setReadOnly('on');
    try {
      const client = await pool.connect();
      client.release(true);
      await assert.rejects(pool.query('select 1'), /ECONNREFUSED|takes no writes/);
      await setReadOnly('off');
      assert.equal((await pool.query('select 1')).rowCount, 1);
    } finally {
      await setReadOnly('off');
      await pool.end();
    }
  });

  test('without any host that answers, the start fails with one sentence', async () => {
    await assert.rejects(
      open(absent, absent),
      /^OperatorError: The database server of DATABASE_URL.*ECONNREFUSED/,
    );
  });
});
