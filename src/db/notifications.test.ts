// Wake-ups between processes: the receivers, how often they are sent, and reconnecting.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, afterEach, before, describe, test } from 'node:test';
import { createServerDatabase, serverUrl } from '../../test/support/database.ts';
import { openSilentProxy } from '../../test/support/silent-proxy.ts';
import type { Timers } from '../base/timers.ts';
import { Notifications } from './notifications.ts';
import { openPostgres } from './postgres.ts';

const guardMs = 10_000;

/** Timers that run out only when the test says so. */
class HeldTimers implements Timers {
  readonly held: { readonly delayMs: number; readonly run: () => void }[] = [];
  readonly #start = new Date(0);
  readonly #added = new EventTarget();

  readonly now = () => this.#start;

  at(when: Date, run: () => void): () => void {
    const one = { delayMs: when.getTime() - this.#start.getTime(), run };
    this.held.push(one);
    this.#added.dispatchEvent(new Event('added'));
    return () => void this.held.splice(this.held.indexOf(one), 1);
  }

  /** Returns the next timer that is asked for, or the first that already was, and removes it. */
  async next(): Promise<{ delayMs: number; run: () => void }> {
    if (this.held.length === 0) {
      await once(this.#added, 'added', { signal: AbortSignal.timeout(guardMs) });
    }
    const [first] = this.held.splice(0, 1);
    assert.ok(first !== undefined);
    return first;
  }
}

/** Wake-ups and problems in the order of arrival, to be awaited one by one. */
class Inbox {
  readonly #items: string[] = [];
  readonly #added = new EventTarget();

  put(item: string): void {
    this.#items.push(item);
    this.#added.dispatchEvent(new Event('added'));
  }

  async take(): Promise<string> {
    if (this.#items.length === 0) {
      await once(this.#added, 'added', { signal: AbortSignal.timeout(guardMs) });
    }
    return this.#items.shift() ?? '';
  }

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }
}

interface Listener {
  readonly notifications: Notifications;
  readonly wakeUps: Inbox;
  readonly problems: Inbox;
  /** Gets an item whenever the listener begins to listen. */
  readonly beginnings: Inbox;
  readonly timers: HeldTimers;
}

let opened: Listener[] = [];

function open(databaseUrl: string, patienceMs?: number): Listener {
  const [wakeUps, problems, beginnings] = [new Inbox(), new Inbox(), new Inbox()];
  const timers = new HeldTimers();
  const notifications = new Notifications({
    databaseUrl,
    onWakeUp: (topic) => wakeUps.put(topic),
    onListening: () => beginnings.put('listening'),
    onProblem: (error) => problems.put(error instanceof Error ? error.message : String(error)),
    timers,
    ...(patienceMs !== undefined && { patienceMs }),
  });
  const listener = { notifications, wakeUps, problems, beginnings, timers };
  opened.push(listener);
  return listener;
}

afterEach(async () => {
  await Promise.all(opened.map(({ notifications }) => notifications.close()));
  opened = [];
});

test('an absent server is reported once, however often it is tried, with longer and longer waits', async () => {
  const { notifications, problems, timers } = open('postgres://someone@127.0.0.1:1/none');
  const waitsMs: number[] = [];
  for (let attempt = 1; attempt <= 10; attempt++) {
    const { delayMs, run } = await timers.next();
    waitsMs.push(delayMs);
    run();
  }
  assert.deepEqual(waitsMs, [100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000]);
  assert.match(await problems.take(), /ECONNREFUSED/);
  assert.ok(problems.isEmpty);
  notifications.notify('queues');
});

describe('on a server', { skip: serverUrl === undefined && 'needs a PostgreSQL server' }, () => {
  let database: { url: string; drop: () => Promise<void> };
  let admin: Awaited<ReturnType<typeof openPostgres>>;

  before(async () => {
    database = await createServerDatabase(serverUrl ?? '');
    admin = await openPostgres({
      databaseUrl: database.url,
      maxConnections: 1,
      onConnectionLost: assert.fail,
    });
  });

  after(async () => {
    await admin.end();
    await database.drop();
  });

  const wake = (topic: string) => admin.query(`select pg_notify('rucksack', $1)`, [topic]);

  /** Waits until a listener listens: earlier wake-ups are lost. */
  async function openListening(url = database.url, patienceMs?: number): Promise<Listener> {
    const listener = open(url, patienceMs);
    await untilItHears(listener);
    return listener;
  }

  async function untilItHears({ wakeUps }: Listener): Promise<void> {
    const guard = AbortSignal.timeout(guardMs);
    while (wakeUps.isEmpty) {
      guard.throwIfAborted();
      await wake('are you there');
    }
    // Wake-ups sent meanwhile have arrived before the answer to this.
    await wake('the last');
    while ((await wakeUps.take()) !== 'the last');
  }

  const processes = async (): Promise<number[]> => {
    const { rows } = await admin.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and application_name = 'rucksack wake-ups'`,
    );
    return rows.map(({ pid }) => pid);
  };

  test('a wake-up reaches the others and not its sender', async () => {
    const [one, other] = [await openListening(), await openListening()];
    // The first was sent along with the second.
    await wake('begin');
    while ((await one.wakeUps.take()) !== 'begin');
    while ((await other.wakeUps.take()) !== 'begin');
    one.notifications.notify('queues');
    assert.equal(await other.wakeUps.take(), 'queues');
    other.notifications.notify('webhooks');
    assert.equal(await one.wakeUps.take(), 'webhooks');
    assert.ok(other.wakeUps.isEmpty);
  });

  test('of many wake-ups on one topic the first is sent at once and the rest as one after 20 ms', async () => {
    const giver = await openListening();
    const taker = await openListening();
    for (let time = 1; time <= 100; time++) giver.notifications.notify('queues');
    giver.notifications.notify('reports');
    assert.equal(await taker.wakeUps.take(), 'queues');
    assert.equal(await taker.wakeUps.take(), 'reports');

    const first = await giver.timers.next();
    assert.equal(first.delayMs, 20);
    const second = await giver.timers.next();
    first.run();
    second.run();
    assert.equal(await taker.wakeUps.take(), 'queues');
    // This began another quiet time, in which nothing was sent.
    (await giver.timers.next()).run();
    giver.notifications.notify('webhooks');
    assert.equal(await taker.wakeUps.take(), 'webhooks');
    assert.ok(taker.wakeUps.isEmpty);
  });

  test('a connection that the server ends is reported and made again, and so is the new listening', async () => {
    const listener = await openListening();
    assert.equal(await listener.beginnings.take(), 'listening');
    for (let round = 1; round <= 3; round++) {
      const [before] = await processes();
      await admin.query('select pg_terminate_backend($1)', [before]);
      assert.match(await listener.problems.take(), /terminat/);
      listener.notifications.notify('lost without harm');
      const { delayMs, run } = await listener.timers.next();
      assert.equal(delayMs, 100);
      assert.ok(listener.beginnings.isEmpty);
      run();
      assert.equal(await listener.beginnings.take(), 'listening');
      await untilItHears(listener);
      assert.notEqual((await processes())[0], before);
    }
  });

  test('a connection that falls silent is made again, and a topic whose wake-up failed is no longer quiet', async (t) => {
    const proxy = await openSilentProxy(database.url);
    t.after(() => proxy.close());
    const taker = await openListening();
    const giver = await openListening(proxy.url, 1000);
    proxy.fallSilent();
    giver.notifications.notify('queues');
    assert.match(await giver.problems.take(), /terminat/);
    const [quiet, retry] = [await giver.timers.next(), await giver.timers.next()];
    assert.deepEqual([quiet.delayMs, retry.delayMs], [20, 100]);
    quiet.run();
    retry.run();
    await untilItHears(giver);
    giver.notifications.notify('queues');
    // Before that it received the wake-up of the sender.
    while ((await taker.wakeUps.take()) !== 'queues');

    proxy.fallSilent();
    const closing = giver.notifications.close();
    const kept = giver.timers.held.find(({ delayMs }) => delayMs === 1000);
    assert.ok(kept !== undefined);
    kept.run();
    await closing;
  });

  test('closing ends the connection, or the wait for the next one', async () => {
    const [listening, waiting] = [await openListening(), await openListening()];
    await admin.query('select pg_terminate_backend($1)', [Math.max(...(await processes()))]);
    await Promise.race([listening.problems.take(), waiting.problems.take()]);
    await Promise.all([listening.notifications.close(), waiting.notifications.close()]);
    assert.ok(listening.timers.held.length === 0 && waiting.timers.held.length === 0);
  });
});
