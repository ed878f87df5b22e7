// The migration of calls to forms, applied to stored parameters.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestPool } from '../../test/support/database.ts';
import { migrate, migrationsFolder, readMigrations } from '../db/migrate.ts';
import { writeForm } from './form.ts';
import type { WebhookParameters } from './webhook.ts';

const cases: (WebhookParameters | null)[] = [
  [
    ['MessageTime', '2026-11-30 09:00:00.000000'],
    ['Text', 'a b&c=d+é 100% 😀\n"\\\'~*-._'],
    ['ErrorCode', ''],
    ['Text', 'MAXXXXXXXXXXXXXXXXXX'],
  ],
  [
    ['QueuedTime', '2026-11-30 09:00:00.000000'],
    ['PowerpackUUID', ''],
  ],
  [['Text', 'brackets [["x"], ["y"]], and a comma']],
  [['Text', '[x]']],
  [],
  null,
];

test('the parameters of stored calls are the same as forms, and what waits still waits', async () => {
  const { pool, close } = await openTestPool();
  try {
    const migrations = await readMigrations(migrationsFolder);
    const before = migrations.findIndex(({ name }) => name.endsWith('_calls_as_forms'));
    await pool.query('drop schema public cascade; create schema public');
    await migrate(pool, migrations.slice(0, before));
    for (const [index, parameters] of cases.entries()) {
      await pool.query(
        `insert into webhook_calls (id, account_id, main_id, kind, url, host, method, parameters, is_private, created_at, outcome, next_at)
         values ($1, 'MA', 'MA', 'result', 'http://a/', 'a', 'POST', $2, false, now(), 'pending', now())`,
        [
          `0198a000-0000-7000-8000-00000000000${index}`,
          parameters === null ? null : JSON.stringify(parameters),
        ],
      );
    }
    await migrate(pool, migrations);
    const { rows } = await pool.query('select form from webhook_calls where next_at is not null order by id');
    assert.deepEqual(
      rows.map(({ form }) => form),
      cases.map((parameters) => (parameters === null ? null : writeForm(parameters))),
    );
  } finally {
    await close();
  }
});
