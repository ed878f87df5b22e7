// The queue of a restored database: messages that may have gone since the backup are marked, others are not.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import type { Db } from '../../db/db.ts';
import { markPerhapsSubmitted } from './restored-queue.ts';

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());
beforeEach(() => emptyTables(db));

test('marks what was due between the backup and now', async () => {
  const madeAt = new Date('2026-03-14T09:00:00Z');
  const now = new Date('2026-03-14T10:00:00Z');
  const marked = new Date('2026-03-14T08:59:59Z');
  await db.query(
    `insert into outbox (queue, position, message_id, due_at, expires_at, busy_ms, submitting_at, unknown_attempts)
     select '14155550100', position, gen_random_uuid(), due_at, '2026-03-15T00:00:00Z', 1000, submitting_at, attempts
     from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::smallint[]) as jobs (position, due_at, submitting_at, attempts)`,
    [
      [1, 2, 3],
      ['2026-03-14T08:59:00Z', '2026-03-14T09:30:00Z', '2026-03-14T10:00:01Z'],
      [marked, null, null],
      [2, 0, 0],
    ],
  );
  await markPerhapsSubmitted(db, madeAt, now);
  const rows = await db.query(
    'select position, submitting_at, unknown_attempts from outbox order by position',
  );
  assert.deepEqual(rows, [
    { position: 1, submitting_at: marked, unknown_attempts: 2 },
    { position: 2, submitting_at: madeAt, unknown_attempts: 1 },
    { position: 3, submitting_at: null, unknown_attempts: 0 },
  ]);
});

test('the history of messages that went early if others were cancelled says that the carrier may have them twice', async () => {
  const idOf = (index: number) => `00000000-0000-7000-8000-00000000010${index}`;
  const later = '2026-03-14T10:30:00Z';
  const jobs: [
    queue: string,
    position: number,
    dueAt: string,
    notBefore: string | null,
    isMarked: boolean,
  ][] = [
    ['14155550101', 1, '2026-03-14T09:59:00Z', null, false],
    ['14155550101', 2, later, null, true],
    ['14155550101', 3, later, '2026-03-14T09:30:00Z', true],
    // Quiet hours keep it until a moment that is still to come.
    ['14155550101', 4, later, '2026-03-14T10:15:00Z', false],
    // Its number was busy with what had been sent: nothing before it could be cancelled.
    ['14155550102', 7, later, null, false],
  ];
  for (const [index, [queue, position, dueAt, notBefore]] of jobs.entries()) {
    await db.query(
      `insert into outbox (queue, position, message_id, due_at, expires_at, busy_ms, not_before)
       values ($1, $2, $3, $4, '2026-03-15T00:00:00Z', 1000, $5)`,
      [queue, position, idOf(index), dueAt, notBefore],
    );
  }
  const now = new Date('2026-03-14T10:00:00Z');
  await markPerhapsSubmitted(db, new Date('2026-03-14T09:00:00Z'), now);
  assert.deepEqual(
    await db.query('select message_id, at, event from message_events order by message_id'),
    jobs.flatMap(([, , , , isMarked], index) =>
      isMarked ? [{ message_id: idOf(index), at: now, event: 'repeated' }] : [],
    ),
  );
});

test('the history of scheduled messages whose moment has come says at once that the carrier may have them twice', async () => {
  const madeAt = new Date('2026-03-14T09:00:00Z');
  const now = new Date('2026-03-14T10:00:00Z');
  const idOf = (sendAt: string) => `00000000-0000-7000-8000-0000000000${sendAt.slice(11, 13)}`;
  const moments = ['2026-03-14T08:00:00Z', '2026-03-14T10:00:00Z', '2026-03-14T11:00:00Z'];
  await db.query(
    `insert into scheduled_messages (message_id, account_id, send_at, reason, ended_at)
     select message_id, 'MAACCOUNT', send_at, 'request', ended_at
     from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) as waiting (message_id, send_at, ended_at)`,
    [
      [...moments.map(idOf), idOf('2026-03-14T07:00:00Z')],
      [...moments, '2026-03-14T07:00:00Z'],
      [null, null, null, madeAt],
    ],
  );
  await markPerhapsSubmitted(db, madeAt, now);
  const rows = await db.query('select message_id, at, event from message_events order by message_id');
  assert.deepEqual(
    rows,
    moments.slice(0, 2).map((sendAt) => ({ message_id: idOf(sendAt), at: now, event: 'repeated' })),
  );
});
