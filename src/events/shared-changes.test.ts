// What processes tell each other of changes: how often, how much, and that it is read as it was written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemTimers } from '../base/timers.ts';
import { VirtualClock } from '../base/virtual-clock.ts';
import type { AccountChange } from './account-change.ts';
import { makeTellChange, readChanges } from './shared-changes.ts';

/** What is told when these changes come at once. */
async function tell(changes: readonly AccountChange[]): Promise<string[]> {
  const clock = new VirtualClock(systemTimers);
  clock.freeze();
  const told: string[] = [];
  const tellChange = makeTellChange(clock, (text) => told.push(text));
  for (const change of changes) tellChange(change);
  assert.deepEqual(told, []);
  await clock.advance(250, async () => {});
  return told;
}

const longId = (kind: string, at: number) => `${kind}${String(at).padStart(18, '0')}`;
const ofAccount = (at: number): AccountChange => ({
  mainId: longId('MA', at),
  subaccountId: longId('SA', at),
  topics: ['messages', 'webhooks'],
  messageIds: ['not told'],
});

test('the changes of an account are told together, without messages', async () => {
  const main = { mainId: 'MAIN', subaccountId: undefined, messageIds: ['1'] };
  const texts = await tell([
    { ...main, topics: ['webhooks'] },
    { ...main, topics: ['messages'] },
    { ...main, subaccountId: 'PART', topics: ['media'] },
  ]);
  assert.equal(texts.length, 1);
  assert.deepEqual(readChanges(texts[0] ?? ''), [
    { mainId: 'MAIN', subaccountId: undefined, topics: ['messages', 'webhooks'], messageIds: undefined },
    { mainId: 'MAIN', subaccountId: 'PART', topics: ['media'], messageIds: undefined },
  ]);
});

test('many accounts are told in texts that PostgreSQL takes', async () => {
  const texts = await tell(Array.from({ length: 200 }, (_, at) => ofAccount(at)));
  assert.equal(texts.length, 4);
  assert.ok(texts.every((text) => Buffer.byteLength(text) < 8000));
  const read = texts.flatMap((text) => {
    const changes = readChanges(text);
    return changes === undefined || changes === 'everybody' ? assert.fail(text) : changes;
  });
  assert.equal(new Set(read.map(({ mainId }) => mainId)).size, 200);
});

test('of too many accounts everybody is told', async () => {
  const texts = await tell(Array.from({ length: 201 }, (_, at) => ofAccount(at)));
  assert.deepEqual(texts.map(readChanges), ['everybody']);
});

for (const text of ['', 'queues', 'changes', 'changes [', 'changes 1']) {
  test(`"${text}" tells of no change`, () => assert.equal(readChanges(text), undefined));
}
