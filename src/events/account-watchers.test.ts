// Watchers of accounts: which changes each is notified of, how often, and how many there may be.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { systemTimers } from '../base/timers.ts';
import { VirtualClock } from '../base/virtual-clock.ts';
import type { AccountChange } from './account-change.ts';
import { AccountWatchers, type Changed, type Watch, type Watched } from './account-watchers.ts';
import { Notifier } from './notifier.ts';

const main = { mainId: 'MAIN', subaccountId: undefined, callerId: 'MAIN' };
const part = { mainId: 'MAIN', subaccountId: 'PART', callerId: 'PART' };
const other = { mainId: 'OTHER', subaccountId: undefined, callerId: 'OTHER' };

let clock: VirtualClock;
let notifier: Notifier;
let watchers: AccountWatchers;
beforeEach(() => {
  clock = new VirtualClock(systemTimers);
  clock.freeze();
  notifier = new Notifier();
  watchers = new AccountWatchers(notifier, clock);
});

const advance = (ms: number) => clock.advance(ms, async () => {});

const change = (more: Partial<AccountChange> = {}): AccountChange => ({
  mainId: 'MAIN',
  subaccountId: undefined,
  topics: ['messages'],
  ...more,
});

function watch(watched: Watched = main): { received: Changed[]; watch: Watch } {
  const made = watchers.watch(watched) ?? assert.fail('too many');
  const received: Changed[] = [];
  made.start((changed) => received.push(changed));
  return { received, watch: made };
}

test('changes within 20 ms make one notification, with topics in order', async () => {
  const { received } = watch();
  notifier.announce(change({ topics: ['webhooks'] }));
  notifier.announce(change({ topics: ['messages', 'webhooks'] }));
  assert.deepEqual(received, []);
  await advance(20);
  assert.deepEqual(received, [['messages', 'webhooks']]);
});

test('where reads may lag a watcher is notified once more of each topic, when it has not changed for so long', async () => {
  watchers = new AccountWatchers(notifier, clock, 3000);
  const { received, watch: made } = watch();
  notifier.announce(change({ topics: ['webhooks', 'messages'] }));
  await advance(20);
  await advance(2000);
  notifier.announce(change());
  await advance(20);
  assert.deepEqual(received, [['messages', 'webhooks'], ['messages']]);
  await advance(980);
  assert.deepEqual(received.slice(2), [['webhooks']]);
  await advance(2020);
  assert.deepEqual(received.slice(3), [['messages']]);
  watchers.recordAnything();
  await advance(20);
  await advance(3000);
  assert.deepEqual(received.slice(4), ['anything', 'anything']);
  await advance(10_000);
  assert.equal(received.length, 6);
  notifier.announce(change());
  await advance(20);
  made.end();
  await advance(3000);
  assert.equal(received.length, 7);
});

test('a watcher is notified at most four times a second', async () => {
  const { received } = watch();
  for (let tenth = 0; tenth < 100; tenth++) {
    notifier.announce(change());
    await advance(10);
  }
  assert.equal(received.length, 4);
});

test('changes before the start are notified at the start', () => {
  const made = watchers.watch(main) ?? assert.fail('too many');
  notifier.announce(change());
  const received: Changed[] = [];
  made.start((changed) => received.push(changed));
  assert.deepEqual(received, [['messages']]);
});

test('a main account is notified of its subaccounts, a subaccount of itself only', async () => {
  const [ofMain, ofPart] = [watch(main), watch(part)];
  notifier.announce(change({ mainId: 'OTHER' }));
  notifier.announce(change({ topics: ['numbers'] }));
  notifier.announce(change({ subaccountId: 'PART', topics: ['media'] }));
  notifier.announce(change({ subaccountId: 'ANOTHER', topics: ['webhooks'] }));
  await advance(1000);
  assert.deepEqual(
    [ofMain, ofPart].map(({ received }) => received),
    [[['numbers', 'media', 'webhooks']], [['media']]],
  );
});

test('a watcher that has ended is not notified', async () => {
  const { received, watch: ended } = watch();
  notifier.announce(change());
  ended.end();
  await advance(1000);
  assert.deepEqual(received, []);
});

/** Adds so many watchers. */
function fill(count: number, watched: Watched): Watch[] {
  return Array.from({ length: count }, () => watchers.watch(watched) ?? assert.fail('too many'));
}

test('the same credentials have twenty watchers, of any account; one that ends makes room', () => {
  const [first] = fill(20, part);
  assert.equal(watchers.watch(part), undefined);
  fill(19, main);
  const partByMain = { ...part, callerId: 'MAIN' };
  fill(1, partByMain);
  assert.equal(watchers.watch(partByMain), undefined);
  assert.equal(watchers.watch(main), undefined);
  first?.end();
  first?.end();
  fill(1, part);
  assert.equal(watchers.watch(part), undefined);
});

test('a main account with its subaccounts has two hundred watchers, however many subaccounts there are', () => {
  for (let count = 0; count < 10; count++) fill(20, { ...part, callerId: `PART${count}` });
  assert.equal(watchers.watch(main), undefined);
  fill(20, other);
});

test('a process has a thousand watchers; one that ends makes room for another account', () => {
  const [first] = fill(20, { mainId: 'MAIN0', subaccountId: undefined, callerId: 'MAIN0' });
  for (let count = 1; count < 50; count++) {
    fill(20, { mainId: `MAIN${count}`, subaccountId: undefined, callerId: `MAIN${count}` });
  }
  assert.equal(watchers.watch(other), undefined);
  first?.end();
  fill(1, other);
  assert.equal(watchers.watch(other), undefined);
});

test('a change of an account or subaccount makes its watchers revalidate at once, and no others', () => {
  const revalidated: string[] = [];
  for (const watched of [main, part, other]) {
    watch(watched).watch.onRevalidate(() => revalidated.push(watched.callerId));
  }
  const ended = watch(main).watch;
  ended.onRevalidate(() => assert.fail('has ended'));
  ended.end();
  notifier.announce(change({ topics: ['numbers', 'messages'] }));
  assert.deepEqual(revalidated, []);
  notifier.announce(change({ topics: ['subaccounts', 'numbers'] }));
  notifier.announce(change({ subaccountId: 'ANOTHER', topics: ['account'] }));
  assert.deepEqual(revalidated, ['MAIN', 'PART', 'MAIN', 'PART']);
});

test('after missed changes of other processes all watchers revalidate, and are notified that anything may have changed', async () => {
  const revalidated: Watched[] = [];
  const all = [main, part, other].map((watched) => {
    const made = watch(watched);
    made.watch.onRevalidate(() => revalidated.push(watched));
    return made;
  });
  notifier.announce(change());
  watchers.recordAnything();
  assert.deepEqual(revalidated, [main, part, other]);
  await advance(1000);
  for (const { received } of all) assert.deepEqual(received, ['anything']);
  notifier.announce(change());
  await advance(1000);
  assert.deepEqual(all[0]?.received, ['anything', ['messages']]);
});
