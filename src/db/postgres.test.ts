// The pool to a PostgreSQL server: the settings of its connections, and the errors when there is no server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestPool, serverUrl } from '../../test/support/database.ts';
import { openPostgres } from './postgres.ts';

const unlessServer = serverUrl === undefined && 'needs a PostgreSQL server';

test('connections plan for the actual values, and do not wait for ever', {
  skip: unlessServer,
}, async () => {
  const { pool, close } = await openTestPool();
  try {
    const { rows } = await pool.query(
      `select name, setting from pg_settings
       where name in ('plan_cache_mode', 'statement_timeout', 'idle_in_transaction_session_timeout')
       order by name`,
    );
    assert.deepEqual(rows, [
      { name: 'idle_in_transaction_session_timeout', setting: '60000' },
      { name: 'plan_cache_mode', setting: 'force_custom_plan' },
      { name: 'statement_timeout', setting: '30000' },
    ]);
  } finally {
    await close();
  }
});

test('a lost idle connection is reported and replaced', { skip: unlessServer }, async () => {
  const lost: Error[] = [];
  const databaseUrl = serverUrl ?? '';
  const pool = await openPostgres({
    databaseUrl,
    maxConnections: 2,
    onConnectionLost: (error) => lost.push(error),
  });
  const killer = await openPostgres({ databaseUrl, maxConnections: 1, onConnectionLost: assert.fail });
  try {
    const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
    const removed = new Promise((resolve) => pool.once('remove', resolve));
    await killer.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await removed;
    assert.equal(lost.length, 1);
    assert.equal((await pool.query('select 1')).rowCount, 1);
  } finally {
    await pool.end();
    await killer.end();
  }
});

test('a server that does not answer is reported in one sentence, without the password', async () => {
  const databaseUrl = 'postgres://someone:secret@localhost:1/none';
  await assert.rejects(
    openPostgres({ databaseUrl, maxConnections: 1, onConnectionLost: assert.fail }),
    /^OperatorError: The database server of DATABASE_URL cannot be used: (?!.*secret).*ECONNREFUSED/,
  );
});
