// Who is told what of a watched account, how often, and what is remembered for those who come back.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { systemTimers } from '../base/timers.ts';
import { VirtualClock } from '../base/virtual-clock.ts';
import { type AccountChange, type ChangeDigest, changeTopics } from './account-change.ts';
import { ChangeLogs, type Watch, type Watched } from './change-logs.ts';
import { Notifier } from './notifier.ts';

const main = { mainId: 'MAIN', subaccountId: undefined, callerId: 'MAIN' };
const part = { mainId: 'MAIN', subaccountId: 'PART', callerId: 'PART' };
const other = { mainId: 'OTHER', subaccountId: undefined, callerId: 'OTHER' };

let clock: VirtualClock;
let notifier: Notifier;
let feeds: ChangeLogs;
beforeEach(() => {
  clock = new VirtualClock(systemTimers);
  clock.freeze();
  notifier = new Notifier();
  feeds = new ChangeLogs(notifier, clock, 'process');
});

const advance = (ms: number) => clock.advance(ms, async () => {});

const change = (more: Partial<AccountChange> = {}): AccountChange => ({
  mainId: 'MAIN',
  subaccountId: undefined,
  topics: ['messages'],
  messageIds: [],
  ...more,
});

function watch(watched: Watched = main, since?: string): { told: ChangeDigest[]; watch: Watch } {
  const made = feeds.watch(watched, since) ?? assert.fail('too many');
  const told: ChangeDigest[] = [];
  made.start((digest) => told.push(digest));
  return { told, watch: made };
}

test('changes that come together are told together, in the order of topics', async () => {
  const { told } = watch();
  notifier.announce(change({ topics: ['webhooks'], messageIds: ['1'] }));
  notifier.announce(change({ topics: ['messages'], messageIds: ['1', '2'] }));
  assert.deepEqual(told, []);
  await advance(20);
  assert.deepEqual(told, [{ topics: ['messages', 'webhooks'], messageIds: ['1', '2'] }]);
});

test('nobody is told more than four times a second', async () => {
  const { told } = watch();
  for (let tenth = 0; tenth < 100; tenth++) {
    notifier.announce(change());
    await advance(10);
  }
  assert.equal(told.length, 4);
});

test('more than a hundred messages are not named, and neither are unknown ones', async () => {
  const { told } = watch();
  const ids = Array.from({ length: 101 }, (_, index) => `${index}`);
  notifier.announce(change({ messageIds: ids.slice(1) }));
  await advance(1000);
  notifier.announce(change({ messageIds: ids }));
  await advance(1000);
  notifier.announce(change({ messageIds: ['1'] }));
  notifier.announce(change({ messageIds: undefined }));
  await advance(1000);
  assert.deepEqual(
    told.map(({ messageIds }) => messageIds?.length),
    [100, undefined, undefined],
  );
});

test('a main account hears of its subaccounts, a subaccount of itself alone, and nobody of others', async () => {
  const [ofMain, ofPart] = [watch(main), watch(part)];
  notifier.announce(change({ mainId: 'OTHER' }));
  notifier.announce(change({ topics: ['numbers'] }));
  notifier.announce(change({ subaccountId: 'PART', topics: ['media'] }));
  notifier.announce(change({ subaccountId: 'ANOTHER', topics: ['webhooks'] }));
  await advance(1000);
  assert.deepEqual(
    [ofMain, ofPart].map(({ told }) => told.map(({ topics }) => topics)),
    [[['numbers', 'media', 'webhooks']], [['media']]],
  );
});

test('who comes back is told at once what was missed, and nothing twice', async () => {
  const before = watch();
  notifier.announce(change({ messageIds: ['seen'] }));
  await advance(1000);
  before.watch.end();
  const cursor = watch().watch.cursor;
  notifier.announce(change({ messageIds: ['missed'] }));
  const { told, watch: again } = watch(main, cursor);
  assert.deepEqual([again.isCaughtUp, again.cursor], [true, cursor]);
  assert.deepEqual(told, [{ topics: ['messages'], messageIds: ['missed'] }]);
});

test('a minute after the last one left nothing is remembered', async () => {
  const { watch: first } = watch();
  first.end();
  await advance(59_000);
  assert.equal(watch(main, first.cursor).watch.isCaughtUp, true);
  feeds = new ChangeLogs(notifier, clock, 'process');
  const { watch: second } = watch();
  second.end();
  await advance(60_000);
  watch(other);
  notifier.announce(change({ mainId: 'OTHER' }));
  assert.equal(watch(main, second.cursor).watch.isCaughtUp, false);
});

test('who missed more than is remembered is told so', () => {
  const { cursor } = watch().watch;
  for (let count = 0; count < 2000; count++) notifier.announce(change());
  assert.equal(watch(main, cursor).watch.isCaughtUp, false);
});

for (const cursor of [
  '',
  'process',
  'process.1',
  'process.x',
  'another.0',
  'process.-1',
  'process.99999999999999999',
]) {
  test(`the cursor "${cursor}" is of nowhere`, () => {
    assert.equal(watch(main, cursor).watch.isCaughtUp, false);
  });
}

/** Takes so many places, and answers how to leave each. */
function fill(places: number, watched: Watched): Watch[] {
  return Array.from({ length: places }, () => feeds.watch(watched, undefined) ?? assert.fail('too many'));
}

test('twenty may watch with the same credentials, whatever it is; a place that is left is free', () => {
  const [first] = fill(20, part);
  assert.equal(feeds.watch(part, undefined), undefined);
  fill(19, main);
  const partByMain = { ...part, callerId: 'MAIN' };
  fill(1, partByMain);
  assert.equal(feeds.watch(partByMain, undefined), undefined);
  assert.equal(feeds.watch(main, undefined), undefined);
  first?.end();
  first?.end();
  fill(1, part);
  assert.equal(feeds.watch(part, undefined), undefined);
});

test('a main account with its subaccounts has two hundred places, however many these are', () => {
  for (let count = 0; count < 10; count++) fill(20, { ...part, callerId: `PART${count}` });
  assert.equal(feeds.watch(main, undefined), undefined);
  fill(20, other);
});

test('a process has a thousand places, and remembers nothing of accounts that found none', () => {
  const [first] = fill(20, { mainId: 'MAIN0', subaccountId: undefined, callerId: 'MAIN0' });
  for (let count = 1; count < 50; count++) {
    fill(20, { mainId: `MAIN${count}`, subaccountId: undefined, callerId: `MAIN${count}` });
  }
  assert.equal(feeds.watch(other, undefined), undefined);
  notifier.announce(change({ mainId: 'OTHER' }));
  first?.end();
  // Only what is remembered is counted.
  assert.equal(feeds.watch(other, undefined)?.cursor, 'process.0');
});

test('a change of an account makes everybody doubt who watches its family, at once, and nobody else', () => {
  const doubted: string[] = [];
  for (const watched of [main, part, other]) {
    watch(watched).watch.onDoubt(() => doubted.push(watched.callerId));
  }
  const left = watch(main).watch;
  left.onDoubt(() => assert.fail('has left'));
  left.end();
  notifier.announce(change({ topics: ['numbers', 'messages'] }));
  assert.deepEqual(doubted, []);
  notifier.announce(change({ topics: ['subaccounts', 'numbers'] }));
  notifier.announce(change({ subaccountId: 'ANOTHER', topics: ['account'] }));
  assert.deepEqual(doubted, ['MAIN', 'PART', 'MAIN', 'PART']);
});

test('where other processes cannot name what they changed, anything may have, in subaccounts too', async () => {
  const watchers = [watch(main), watch(part), watch(other)];
  const doubted: Watched[] = [];
  for (const [index, watched] of [main, part, other].entries()) {
    watchers[index]?.watch.onDoubt(() => doubted.push(watched));
  }
  feeds.noteEverywhere();
  assert.deepEqual(doubted, [main, part, other]);
  await advance(1000);
  for (const { told } of watchers) assert.deepEqual(told, [{ topics: changeTopics, messageIds: undefined }]);
});

test('who was away then is not caught up, and who was told of it is', async () => {
  const { watch: left } = watch(part);
  notifier.announce(change({ subaccountId: 'PART' }));
  left.end();
  feeds.noteEverywhere();
  const back = feeds.watch(part, left.cursor) ?? assert.fail();
  assert.equal(back.isCaughtUp, false);
  assert.equal(feeds.watch(part, back.cursor)?.isCaughtUp, true);
});

test('who has left is told nothing', async () => {
  const { told, watch: left } = watch();
  notifier.announce(change());
  left.end();
  await advance(1000);
  assert.deepEqual(told, []);
});
