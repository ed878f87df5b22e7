// Pools in memory while messages are accepted: unchanged before the commit, with the loads of the database after it.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { acceptParts, textTo } from '../../../test/support/accepting.ts';
import { testStart } from '../../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import { insertPool, poolAccount, powerpackUuid } from '../../../test/support/pool-rows.ts';
import { type Db, type Reader, RunAgain, type Transaction } from '../../db/db.ts';
import { type AcceptParts, acceptRequest, acceptRequests } from './accept-requests.ts';

const members = ['12015550100', '12015550101', '12015550102'];
const uuid = powerpackUuid(1);
const from = { kind: 'powerpack', uuid } as const;

let db: Db;
let parts: AcceptParts;

before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(async () => {
  await emptyTables(db);
  await insertPool(db, 1, members, { stickySender: false });
  parts = acceptParts();
});

/** Returns how many segments each member has sent today, as the pool in memory knows it. */
async function segmentsKnown(reader: Reader = db): Promise<(number | undefined)[]> {
  const snapshot = (await parts.pools.get(reader, [uuid], testStart)).get(uuid);
  return members.map((queue) => snapshot?.pool.find(queue)?.segmentsToday);
}

/** Sends a text to so many people. Returns their senders. */
const accept = (people: number): Promise<string[]> => db.transaction((tx) => acceptIn(tx, people));

async function acceptIn(tx: Transaction, people: number): Promise<string[]> {
  const accepted = await acceptRequest(
    tx,
    textTo(people, { accountId: poolAccount, from }),
    testStart,
    parts,
  );
  const ids = accepted.map(({ messageId }) => messageId);
  const rows = await tx.query<{ sender: string }>(
    'select sender from messages join unnest($1::uuid[]) with ordinality as asked (id, place) using (id) order by place',
    [ids],
  );
  return rows.map(({ sender }) => sender);
}

test('within a batch each choice knows those before it, and the next batch knows the batch', async () => {
  assert.deepEqual(await accept(2), [members[0], members[1]]);
  assert.deepEqual(await segmentsKnown(), [1, 1, 0]);
  assert.deepEqual(await accept(2), [members[2], members[0]]);
  assert.deepEqual(await segmentsKnown(), [2, 1, 1]);
});

test('the loads that are known after a commit are those of the database', async () => {
  await accept(5);
  const snapshot = (await parts.pools.get(db, [uuid], testStart)).get(uuid);
  const rows = await db.query<{ queue: string; next_free: Date; segments_today: number }>(
    'select queue, next_free, segments_today from sender_queues order by queue',
  );
  assert.equal(rows.length, members.length);
  for (const row of rows) {
    const member = snapshot?.pool.find(row.queue);
    assert.equal(member?.freeAtMs, row.next_free.getTime());
    assert.equal(member?.segmentsToday, row.segments_today);
  }
});

test('a batch that is rolled back leaves the loads as they were', async () => {
  await accept(1);
  const known = await segmentsKnown();
  const failure = new Error('the transaction fails after all');
  const failing = db.transaction(async (tx) => {
    assert.deepEqual(await acceptIn(tx, 2), [members[1], members[2]]);
    assert.deepEqual(await segmentsKnown(tx), known);
    throw failure;
  });
  await assert.rejects(failing, failure);
  assert.deepEqual(await segmentsKnown(), known);
  assert.deepEqual(await accept(1), [members[1]]);
});

test('a batch that is run again chooses as it did the first time', async () => {
  const runs: string[][] = [];
  await db.transaction(async (tx) => {
    runs.push(await acceptIn(tx, 2));
    if (runs.length === 1) throw new RunAgain('as if another process had been quicker');
  });
  assert.deepEqual(runs, [members.slice(0, 2), members.slice(0, 2)]);
  assert.deepEqual(await segmentsKnown(), [1, 1, 0]);
});

test('two messages to one person go out from one number where the mapping of before does not count any more', async () => {
  const [old, ...others] = members;
  await emptyTables(db);
  const { poolUuid } = await insertPool(db, 1, members);
  const request = textTo(1, { accountId: poolAccount, from });
  const [person] = request.destinations;
  await db.query(
    `insert into sticky_senders (pool_uuid, destination, sender, country_iso2, last_message_at) values ($1, $2, $3, 'US', $4)`,
    [poolUuid, person?.number, old, testStart],
  );
  await db.query("update pool_members set state = 'aside' where sender = $1", [old]);
  await db.transaction((tx) => acceptRequests(tx, [request, request], testStart, parts));
  const sent = await db.query<{ sender: string }>('select distinct sender from messages');
  assert.deepEqual(
    sent.map(({ sender }) => sender),
    [others[0]],
  );
  const mapped = await db.query<{ sender: string }>('select sender from sticky_senders');
  assert.deepEqual(mapped, sent);
});
