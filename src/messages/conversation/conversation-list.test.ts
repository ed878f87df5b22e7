// The list of conversations where messages are divided by time: as ever, and without asking every partition for every person.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repeatableBytes } from '../../../test/support/app.ts';
import { openTestDatabase } from '../../../test/support/database.ts';
import { daysBefore } from '../../base/days.ts';
import { uuidv7 } from '../../base/id.ts';
import type { Db } from '../../db/db.ts';
import { addPartition } from '../../db/partitions.ts';
import { messageTables } from '../message-retention.ts';
import { listConversations, ofWritersSql } from './conversation-list.ts';

const account = 'MA000000000000000001';
const powerpack = '018f0000-0000-7000-8000-000000000001';
const now = new Date('2026-03-14T12:00:00.000Z');
const randomBytes = repeatableBytes(3);

async function insert(
  db: Db,
  direction: 'inbound' | 'outbound',
  handset: string,
  daysAgo: number,
): Promise<string> {
  const at = daysBefore(now, daysAgo);
  const id = uuidv7(at, randomBytes);
  const [sender, destination] = direction === 'inbound' ? [handset, '12015550100'] : ['12015550100', handset];
  await db.query(
    `insert into messages (id, account_id, direction, status, service, sender, destination, country_iso2, text, segments, log, powerpack_uuid, accepted_at)
     values ($1, $2, $3, 'delivered', 'sms', $4, $5, 'US', 'hello', 1, 'true', $6, $7)`,
    [id, account, direction, sender, destination, powerpack, at],
  );
  return id;
}

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly PlanNode[];
}

/** Returns how often a plan reads each table by a person's number. */
function readsByNumber(node: PlanNode): [table: string, loops: number][] {
  const isByNumber = node['Index Cond']?.includes('destination =') === true;
  const own: [string, number][] =
    isByNumber && node['Relation Name'] !== undefined ? [[node['Relation Name'], node['Actual Loops']]] : [];
  return [...own, ...(node.Plans ?? []).flatMap(readsByNumber)];
}

test('conversations are told by what came after a person’s last message, and of what is shown all is counted', async () => {
  const db = await openTestDatabase();
  try {
    const [messages] = messageTables;
    assert.ok(messages);
    for (let daysAgo = 75; daysAgo >= 0; daysAgo -= 15)
      await addPartition(db, messages, daysBefore(now, daysAgo));
    // A person who wrote long ago and was answered since, one who wrote last, and many who wrote today.
    await insert(db, 'outbound', '12125550101', 80);
    await insert(db, 'inbound', '12125550101', 70);
    const answer = await insert(db, 'outbound', '12125550101', 20);
    await insert(db, 'outbound', '12125550102', 80);
    await insert(db, 'outbound', '12125550102', 40);
    const word = await insert(db, 'inbound', '12125550102', 30);
    for (let person = 0; person < 300; person += 1)
      await insert(db, 'inbound', String(12_125_560_000 + person), 0);
    await db.query('analyze messages');

    const scope = { mainId: account, accountId: account, callerId: account, subaccountId: undefined };
    const list = async (kind: 'replied' | 'unanswered', digits: string) => {
      const filters = { kind, powerpackUuid: undefined, digits };
      const { conversations } = await listConversations(
        db,
        scope,
        filters,
        { limit: 20, offset: 0 },
        undefined,
      );
      return conversations.map(({ handset, received, sent, isUnanswered, last }) => [
        handset,
        received,
        sent,
        isUnanswered,
        last.id,
      ]);
    };
    const [answered, waiting] = [
      ['12125550101', 1, 2, false, answer],
      ['12125550102', 1, 2, true, word],
    ];
    assert.deepEqual(await list('replied', '1212555'), [answered, waiting]);
    assert.deepEqual(await list('unanswered', '1212555'), [waiting]);

    const filters = { kind: 'replied', powerpackUuid: undefined, digits: undefined } as const;
    const behind = await listConversations(db, scope, filters, { limit: 20, offset: 400 }, undefined);
    assert.deepEqual(behind, { conversations: [], total: 302 }, 'a page behind the last one counts them too');

    await db.transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off');
      const values = [account, null, null, null, 'replied', 1, 0];
      const [row] = await tx.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `explain (analyze, format json) ${ofWritersSql}`,
        values,
      );
      assert.ok(row);
      const reads = readsByNumber(row['QUERY PLAN'][0].Plan).filter(([, loops]) => loops > 10);
      assert.ok(reads.length > 0 && reads.length <= 2, `partitions that are read for each person: ${reads}`);
    });
  } finally {
    await db.close();
  }
});
