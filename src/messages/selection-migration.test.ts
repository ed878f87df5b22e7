// The migration to rejected members, applied to stored reasons.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestPool } from '../../test/support/database.ts';
import { migrate, migrationsFolder, readMigrations } from '../db/migrate.ts';

const cases: [stored: object | null, after: object | null][] = [
  [
    { rule: 'balance', putAside: { balance: 2, reach: 1 } },
    { rule: 'least_busy', rejected: { least_busy: 2, reach: 1 } },
  ],
  [
    { rule: 'priority', putAside: { priority: 1 } },
    { rule: 'priority', rejected: { priority: 1 } },
  ],
  [
    { rule: 'only_member', putAside: {} },
    { rule: 'only_member', rejected: {} },
  ],
  [null, null],
];

test('the reason for a sender is the same, in the words of today', async () => {
  const { pool, close } = await openTestPool();
  try {
    const migrations = await readMigrations(migrationsFolder);
    const before = migrations.findIndex(({ name }) => name.endsWith('_rejected_members'));
    await pool.query('drop schema public cascade; create schema public');
    await migrate(pool, migrations.slice(0, before));
    await pool.query(
      `insert into accounts (auth_id, name, created_at) values ('MAMIGRATION000000000', 'test', now())`,
    );
    for (const [index, [stored]] of cases.entries()) {
      await pool.query(
        `insert into messages (id, account_id, direction, status, service, sender, destination, country_iso2, segments, log,
           accepted_at, selection)
         values ($1, 'MAMIGRATION000000000', 'outbound', 'sent', 'sms', '12015550102', '12015550150', 'US', 1, 'true', now(), $2)`,
        [`0198a000-0000-7000-8000-00000000000${index}`, stored],
      );
    }
    await migrate(pool, migrations);
    const { rows } = await pool.query('select selection from messages order by id');
    assert.deepEqual(
      rows.map(({ selection }) => selection),
      cases.map(([, after]) => after),
    );
  } finally {
    await close();
  }
});
