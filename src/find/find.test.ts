// Looks up a UUID on a real database, and counts what is asked at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestDatabase } from '../../test/support/database.ts';
import type { Db } from '../db/db.ts';
import { find } from './find.ts';

test('a UUID is looked for in all tables at once: each answer that is waited for is a way to the database and back', async () => {
  const db = await openTestDatabase();
  try {
    const asked: string[] = [];
    let askedBeforeAnAnswer = 0;
    const query: Db['query'] = async (sql, ...given) => {
      asked.push(sql);
      const rows = await db.query(sql, ...given);
      askedBeforeAnAnswer ||= asked.length;
      return rows as never;
    };
    const scope = { accountId: 'MA', mainId: 'MA', subaccountId: undefined, callerId: 'MA' };
    assert.deepEqual(await find({ ...db, query }, scope, '0198a000-0000-7000-8000-000000000001'), []);
    for (const table of ['audit_entries', 'logged_requests'])
      assert.ok(
        asked.some((sql) => sql.includes(table)),
        table,
      );
    assert.equal(askedBeforeAnAnswer, asked.length);
  } finally {
    await db.close();
  }
});
