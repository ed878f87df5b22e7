// Powerpacks and opt-outs that are there, after the migration to opt-outs of powerpacks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestPool } from '../../../test/support/database.ts';
import { migrate, migrationsFolder, readMigrations } from '../../db/migrate.ts';

const account = 'MAMIGRATION000000000';
const uuid = (index: number) => `0198a000-0000-7000-8000-00000000000${index}`;
const poolOf = (index: number) => `0198b000-0000-7000-8000-00000000000${index}`;
const at = '2026-03-14T12:00:00Z';

test('existing powerpacks and opt-outs: a STOP comes to hold for the powerpack that it answered', async () => {
  const { pool, close } = await openTestPool();
  try {
    const migrations = await readMigrations(migrationsFolder);
    const before = migrations.findIndex(({ name }) => name.endsWith('_opt_outs_of_powerpacks'));
    await pool.query('drop schema public cascade; create schema public');
    await migrate(pool, migrations.slice(0, before));

    await pool.query('insert into accounts (auth_id, name, created_at) values ($1, $1, $2)', [account, at]);
    for (const index of [1, 2, 3]) {
      await pool.query(
        `insert into powerpacks (uuid, pool_uuid, account_id, name, sticky_sender, local_connect, number_priority,
           deletion_protection, created_at, opt_out_scope, deleted_at)
         values ($1, $2, $3, $4, true, true, '[]', false, $5, $6, $7)`,
        [
          uuid(index),
          poolOf(index),
          account,
          `pack ${index}`,
          at,
          index === 2 ? 'powerpack' : 'number',
          index === 3 ? at : null,
        ],
      );
    }
    const member = (index: number, number: string) =>
      pool.query(
        `insert into pool_members (pool_uuid, sender, kind, member_type, country_iso2, service, added_at, parked)
         values ($1, $2, 'longcode', 'fixed', 'US', 'sms', $3, true)`,
        [poolOf(index), number, at],
      );
    await member(1, '12015550100');
    await member(3, '12015550103');
    await pool.query(
      `insert into messages (id, account_id, direction, status, service, sender, destination, country_iso2, segments, log,
         powerpack_uuid, accepted_at, sent_at)
       values ($1, $2, 'outbound', 'sent', 'sms', '12015550102', '12015550150', 'US', 1, 'true', $3, $4, $4)`,
      [uuid(9), account, uuid(2), at],
    );
    const optOut = (scope: string, minute: number) =>
      pool.query('insert into opt_outs values ($1, $2, $3, $4, true)', [
        account,
        '12015550150',
        scope,
        `2026-03-14T13:0${minute}:00Z`,
      ]);
    await optOut('12015550100', 1);
    await optOut('12015550102', 2);
    await optOut('12015550103', 3);
    await optOut('12015550199', 4);
    await optOut('12015550198', 5);
    await optOut(`pool/${poolOf(1)}`, 5);
    await optOut(`pool/${poolOf(2)}`, 6);

    await migrate(pool, migrations.slice(0, before + 1));
    const { rows } = await pool.query(
      'select lane, powerpack_uuid as uuid, scope, confirmed from opt_outs order by opted_out_at, powerpack_uuid nulls first',
    );
    assert.deepEqual(
      rows.map(({ lane, uuid, scope, confirmed }) => [lane, uuid, scope, confirmed]),
      [
        ['12015550100', uuid(1), 'powerpack', true],
        ['12015550102', uuid(2), 'powerpack', true],
        ['12015550103', uuid(3), 'powerpack', true],
        ['12015550199', null, 'number', true],
        ['12015550198', null, 'number', true],
        ['12015550198', uuid(1), 'powerpack', true],
        [null, uuid(2), 'powerpack', true],
      ],
    );
    const scopes = await pool.query('select opt_out_scope from powerpacks');
    assert.deepEqual(
      scopes.rows.map((row) => row.opt_out_scope),
      ['powerpack', 'powerpack', 'powerpack'],
    );
  } finally {
    await close();
  }
});
