// Scheduled messages: how many an account has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestDatabase } from '../../../test/support/database.ts';
import { findFullSchedules } from './schedule-store.ts';

test('the messages that requests have scheduled are counted, and neither those of quiet hours nor those that have ended', async () => {
  const db = await openTestDatabase();
  try {
    const schedule = (account: string, reason: string, endedAt: Date | null) =>
      db.query('insert into scheduled_messages values (gen_random_uuid(), $1, now(), $2, $3)', [
        account,
        reason,
        endedAt,
      ]);
    for (const account of ['full', 'quiet', 'ended', 'one less']) await schedule(account, 'request', null);
    await schedule('full', 'request', null);
    await schedule('quiet', 'quiet_hours', null);
    await schedule('ended', 'request', new Date());
    const accounts = ['full', 'quiet', 'ended', 'one less', 'none', 'full'];
    assert.deepEqual([...(await findFullSchedules(db, accounts, 2))], ['full']);
  } finally {
    await db.close();
  }
});
