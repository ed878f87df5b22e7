// Changes sent between processes: how often, how much, and that they are read as they were written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemTimers } from '../base/timers.ts';
import { VirtualClock } from '../base/virtual-clock.ts';
import type { AccountChange } from './account-change.ts';
import { makeSendChange, readChanges } from './shared-changes.ts';

/** Returns the texts that are sent when these changes come at once. */
async function send(changes: readonly AccountChange[]): Promise<string[]> {
  const clock = new VirtualClock(systemTimers);
  clock.freeze();
  const sent: string[] = [];
  const sendChange = makeSendChange(clock, (text) => sent.push(text));
  for (const change of changes) sendChange(change);
  assert.deepEqual(sent, []);
  await clock.advance(250, async () => {});
  return sent;
}

const longId = (kind: string, at: number) => `${kind}${String(at).padStart(18, '0')}`;
const ofAccount = (at: number): AccountChange => ({
  mainId: longId('MA', at),
  subaccountId: longId('SA', at),
  topics: ['messages', 'webhooks'],
});

test('the changes of an account are sent together', async () => {
  const main = { mainId: 'MAIN', subaccountId: undefined };
  const texts = await send([
    { ...main, topics: ['webhooks'] },
    { ...main, topics: ['messages'] },
    { ...main, subaccountId: 'PART', topics: ['media'] },
  ]);
  assert.equal(texts.length, 1);
  assert.deepEqual(readChanges(texts[0] ?? ''), [
    { mainId: 'MAIN', subaccountId: undefined, topics: ['messages', 'webhooks'] },
    { mainId: 'MAIN', subaccountId: 'PART', topics: ['media'] },
  ]);
});

test('many accounts are sent in texts that PostgreSQL accepts', async () => {
  const texts = await send(Array.from({ length: 200 }, (_, at) => ofAccount(at)));
  assert.equal(texts.length, 4);
  assert.ok(texts.every((text) => Buffer.byteLength(text) < 8000));
  const read = texts.flatMap((text) => {
    const changes = readChanges(text);
    return changes === undefined || changes === 'anything' ? assert.fail(text) : changes;
  });
  assert.equal(new Set(read.map(({ mainId }) => mainId)).size, 200);
});

test('of too many accounts only is sent that anything may have changed', async () => {
  const texts = await send(Array.from({ length: 201 }, (_, at) => ofAccount(at)));
  assert.deepEqual(texts.map(readChanges), ['anything']);
});

for (const text of ['', 'queues', 'changes', 'changes [', 'changes 1']) {
  test(`"${text}" contains no change`, () => assert.equal(readChanges(text), undefined));
}
