// The plans of statements that run for every message: whatever the statistics say, they reach tables by keys.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Db } from '../../src/db/db.ts';
import { claimAnySql, listFreeSql } from '../../src/messages/outbox/outbox-store.ts';
import { countUnderWaySql, lockJobsSql } from '../../src/messages/waiting/waiting-store.ts';
import { listSql } from '../../src/webhooks/delivery/queue-store.ts';
import { listPausedSql, makeLeftDueSql } from '../../src/webhooks/pause-store.ts';
import { openTestPlace, startTestApp, type TestApp, type TestPlace } from '../support/app.ts';
import { explainHot, noteHotStatements, readWhole } from '../support/hot-statements.ts';
import { addRule, makePowerpack, send, sendText } from '../support/messaging.ts';
import { startWebhookCatcher } from '../support/webhook-catcher.ts';

const numbers = ['12015550100', '12015550101'];
const people = ['12125552001', '12125552002', '12125552003', '12125552004', '12125552005'];
const [answering, throttled, refused, stopped] = people as [string, string, string, string];
const secondMs = 1000;

/** Makes each kind of background work happen. */
async function live(server: TestApp, url: string): Promise<void> {
  const made = await server.call('POST', 'Application/', {
    app_name: 'replies',
    message_url: `${url}/reply`,
  });
  const settings = { application_type: 'xml', application_id: made.body.app_id };
  const { uuid } = await makePowerpack(server, 'hot', numbers, { settings });
  const { body: brand } = await server.call('POST', '10dlc/Brand/', { brand_alias: 'hot' });
  const campaign = { brand_id: brand.brand_id, usecase: 'MIXED', campaign_id: 'CHOT' };
  await server.call('POST', '10dlc/Campaign/', campaign);
  await server.call('POST', '10dlc/Campaign/CHOT/Number/', { numbers: numbers.slice(1) });
  addRule(server, throttled, { submit: 'throttled' });
  addRule(server, refused, { submit: 'spam' });
  addRule(server, answering, { overtake: true });
  const told = { powerpack_uuid: uuid, url: `${url}/status` };
  await send(server, { ...told, dst: people.join('<') });
  await server.advance(10 * secondMs);
  await sendText(server, answering, numbers[0] ?? '', 'hello');
  const { uuid: quiet } = await makePowerpack(server, 'quiet', ['12015550102'], {
    settings: { quiet_hours: '05:00-05:28', message_priority: 'bulk' },
  });
  const sendAt = new Date(server.time.now.getTime() + 5 * secondMs).toISOString();
  await send(server, { ...told, powerpack_uuid: quiet, dst: people.join('<'), send_at: sendAt });
  await server.call('POST', 'Webhook/Url/Pause/', { url: told.url });
  await server.advance(10 * secondMs);
  await server.call('POST', 'Webhook/Url/Resume/', { url: told.url });
  await send(server, { ...told, dst: stopped });
  await sendText(server, stopped, numbers[0] ?? '', 'STOP');
  await sendText(server, stopped, numbers[0] ?? '', 'START');
  await send(server, {
    ...told,
    type: 'mms',
    media_urls: ['https://example.com/a.png'],
    dst: people.join('<'),
  });
  await server.advance(60 * secondMs);
}

/** Rows of each table that grows with traffic or with customers; enough to make reading all of them look dear. */
const rows = 10_000;
const fillSql = [
  `insert into accounts (auth_id, name, created_at) select 'MAFILL' || lpad(n::text, 14, '0'), '', now() from generate_series(1, ${rows}) n`,
  `insert into numbers select (12020000000 + n)::text, (select min(auth_id) from accounts), null, null, '', 'longcode', 'local', 'US',
     'x', 'x', true, true, false, now() from generate_series(1, ${rows}) n`,
  `insert into powerpacks select gen_random_uuid(), gen_random_uuid(), (select min(auth_id) from accounts), 'p' || n, true, true, null,
     '{}', false, now() from generate_series(1, ${rows}) n`,
  `insert into alphanumeric_senders select gen_random_uuid(), (select min(auth_id) from accounts), 'N' || n, 'approved', null, null, now()
     from generate_series(1, ${rows}) n`,
  `insert into pool_members select (select pool_uuid from powerpacks where name = 'p1'), number, 'longcode', 'fixed', 'US', 'sms', now(),
     number from numbers where number > '1202'`,
  `insert into brands select (select min(auth_id) from accounts), 'B' || n, 'x', 'STANDARD', null, null, '{}', now()
     from generate_series(1, ${rows}) n`,
  `insert into campaigns select account_id, 'C' || substr(brand_id, 2), brand_id, 'x', 'MIXED', null, '{}', now() from brands on conflict do nothing`,
  `insert into brand_pace select account_id, brand_id from brands on conflict do nothing`,
  `insert into campaign_pace select account_id, campaign_id from campaigns on conflict do nothing`,
  `insert into sender_queues select number, now(), 9, 1, now(), 0, now() from numbers on conflict do nothing`,
  `insert into messages select gen_random_uuid(), (select min(auth_id) from accounts), null, 'outbound', 'queued', 'sms', number,
     '1212' || right(number, 7), 'US', 'hello', 1, 'true', null, null, now() from numbers`,
  `insert into outbox (queue, position, message_id, due_at, expires_at, busy_ms) select sender, 9, id, now(), now(), 1 from messages on conflict do nothing`,
  `insert into carrier_messages (carrier, carrier_message_id, message_id, at) select 'simulator', id::text, id, now() from messages`,
  `insert into webhook_calls select gen_random_uuid(), account_id, account_id, id, 'status', 'http://a', 'a', 'POST', '', false, now(),
     'pending', 0, now() from messages`,
  `insert into sender_hours select queue, now(), 1, 1 from sender_queues on conflict do nothing`,
  `insert into awaited_parts (message_id, due_at) select id, now() from messages`,
  `insert into sticky_senders select (select pool_uuid from powerpacks where name = 'p1'), destination, sender, 'US', now() from messages on conflict do nothing`,
  `insert into opt_outs select account_id, destination, sender, null, 'number', now(), false from messages on conflict do nothing`,
  `insert into message_events select id, now(), 'failed', '' from messages`,
  `insert into message_media select id, 0, null, 'http://a', now() from messages on conflict do nothing`,
  `insert into unmatched_reports (id, carrier, candidates, outcome, covers, reported_at, attempts, next_at)
     select id, 'simulator', '[]', 'delivered', 'message', now(), 1, now() from messages`,
  `insert into scheduled_messages select id, account_id, now(), 'request', null from messages on conflict do nothing`,
  `insert into webhook_pauses select account_id, id::text, now() from messages`,
  `insert into media select gen_random_uuid(), (select min(auth_id) from accounts), null, '', '', 1, '', now(), now()
     from generate_series(1, ${rows})`,
];

/** Statements that read a whole table on purpose: sender queues in order until there are enough. */
const readsWhole = [claimAnySql, listFreeSql, listPausedSql];
/** Statements of single requests and looks, which read none of what waits for others. */
const alsoByKeys = [lockJobsSql, countUnderWaySql, makeLeftDueSql];
/** A table with a row for each process, and an index that has short codes alone. */
const smallOnes = ['dispatchers', 'sender_queues_of_short_codes'];

test('statements that run for every message reach tables by keys, though statistics say that the tables are empty', async () => {
  const place = await openTestPlace();
  const { db } = place;
  try {
    await analyseOnce(db);
    const seen = await noteBackground(place);
    // In many partitions, planning it for each look costs ten times as much as the look.
    assert.ok(seen.includes(listSql), 'a look for waiting callbacks is planned once');
    for (const sql of fillSql) await db.query(sql);
    const statements = [...seen.filter((sql) => !readsWhole.includes(sql)), ...alsoByKeys];
    const whole: Record<string, readonly string[]> = {};
    for (const sql of statements) {
      const read = readWhole(await explainHot(db, sql)).filter((name) => !smallOnes.includes(name));
      if (read.length > 0) whole[sql] = read;
    }
    assert.deepEqual(whole, {});
    assert.ok(statements.length > 40, `${statements.length} statements were seen`);
  } finally {
    await db.close();
  }
});

/** Returns the statements that are planned once, of all kinds of background work. */
async function noteBackground(place: TestPlace): Promise<readonly string[]> {
  const seen = new Set<string>();
  const catcher = await startWebhookCatcher();
  let calls = 0;
  catcher.answer = () => ({ status: ++calls % 3 === 0 ? 503 : 200 });
  const server = await startTestApp({}, { ...place, db: noteHotStatements(place.db, seen) });
  try {
    await live(server, catcher.url);
  } finally {
    await server.stop();
    await catcher.close();
  }
  return [...seen].filter((sql) => !/^\s*(savepoint|release|rollback)/.test(sql));
}

/** Stores the statistics of every table as it is now, and switches later analyses off. */
async function analyseOnce(db: Db): Promise<void> {
  const tables = await db.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables
     where schemaname = current_schema() and tablename not in (select parent from partitions)`,
  );
  for (const { name } of tables) {
    await db.query(`alter table ${name} set (autovacuum_enabled = off)`);
    await db.query(`analyze ${name}`);
  }
}
