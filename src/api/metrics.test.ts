// The backlog in the metrics: counted less often the longer counting takes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemTimers } from '../base/timers.ts';
import { VirtualClock } from '../base/virtual-clock.ts';
import { makeMetrics } from './metrics.ts';

/** Makes metrics on a clock that the test sets; each count stays in progress until it is ended. */
function heldMetrics() {
  const clock = new VirtualClock(systemTimers, { at: new Date(0), isFrozen: true });
  const counts: { end: (messages: number) => void; fail: () => void }[] = [];
  const metrics = makeMetrics(
    () =>
      new Promise((resolve, reject) => {
        counts.push({
          end: (messages) => resolve({ messages, webhooks: 0 }),
          fail: () => reject(new Error('away')),
        });
      }),
    clock,
  );
  const read = async (name: string) => {
    const { text } = await metrics.expose();
    return Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]);
  };
  const readQueued = () => read('rucksack_queued_messages');
  const readFailures = () => read('rucksack_backlog_failures_total');
  const turn = (ms: number) => clock.advance(ms, async () => undefined);
  return { counts, readQueued, readFailures, turn };
}

test('requests during a count share it, and so do later ones for twenty times its duration', async () => {
  const { counts, readQueued, turn } = heldMetrics();
  const asked = [readQueued(), readQueued()];
  await turn(100);
  counts[0]?.end(1);
  assert.deepEqual(await Promise.all(asked), [1, 1]);
  await turn(1999);
  assert.equal(await readQueued(), 1);
  assert.equal(counts.length, 1);
  await turn(1);
  const next = readQueued();
  assert.equal(counts.length, 2);
  counts[1]?.end(2);
  assert.equal(await next, 2);
});

for (const { tookMs, shownMs } of [
  { tookMs: 300, shownMs: 2000 },
  { tookMs: 3000, shownMs: 3000 },
]) {
  test(`a count that took ${tookMs} ms is shown for ${shownMs} ms`, async () => {
    const { counts, readQueued, turn } = heldMetrics();
    const asked = readQueued();
    await turn(tookMs);
    counts[0]?.end(1);
    assert.equal(await asked, 1);
    await turn(shownMs - 1);
    assert.equal(await readQueued(), 1);
    await turn(1);
    const next = readQueued();
    assert.equal(counts.length, 2);
    counts[1]?.end(0);
    assert.equal(await next, 0);
  });
}

test('a count that fails is repeated by the next request', async () => {
  const { counts, readFailures, turn } = heldMetrics();
  const failed = readFailures();
  await turn(100);
  counts[0]?.fail();
  assert.equal(await failed, 1);
  const next = readFailures();
  assert.equal(counts.length, 2);
  counts[1]?.end(1);
  assert.equal(await next, 1);
});

test('a silent database costs a scrape five seconds, and counts as a failure', async () => {
  const { counts, readFailures, readQueued, turn } = heldMetrics();
  const first = readFailures();
  await turn(4999);
  const second = readFailures();
  await turn(1);
  assert.equal(await first, 1);
  await turn(4999);
  assert.equal(await second, 2);
  assert.equal(counts.length, 1);
  counts[0]?.end(3);
  assert.equal(await readQueued(), 3);
});

test('carriers are measured as they are when Prometheus asks', async () => {
  const metrics = makeMetrics(async () => ({ messages: 0, webhooks: 0 }), systemTimers);
  let state: 'up' | 'down' = 'up';
  const counts = { submitted: 3, 'reports delivered': 2 };
  const names = { warnings: ['names_repeat'] as const, nameRule: 'numeric' };
  const link = { bind: 1, role: 'transceiver', since: new Date(0), host: 'a:1', peer: 'b' } as const;
  const facts = {
    answers: { '0x58': 5 },
    rate: 2.5,
    throttledMs: 1500,
    links: [
      { ...link, state: 'bound', unanswered: 2, unansweredSince: new Date(4500) },
      { ...link, state: 'bound', unanswered: 1, unansweredSince: new Date(3500) },
      { ...link, state: 'bound', unanswered: 0, unansweredSince: undefined },
    ],
  } as const;
  const running = [
    {
      name: 'smsc',
      status: () => ({ state, room: 7, lastError: undefined, counts, ...names, ...facts }),
    },
  ];
  metrics.measureCarriers(() => running);
  const read = async () => (await metrics.expose()).text;
  const first = await read();
  for (const line of [
    'rucksack_carrier_up{carrier="smsc"} 1',
    'rucksack_carrier_room{carrier="smsc"} 7',
    'rucksack_carrier_warning{carrier="smsc",warning="names_repeat"} 1',
    'rucksack_carrier_name_rule{carrier="smsc",rule="numeric"} 1',
    'rucksack_carrier_events_total{carrier="smsc",event="submitted"} 3',
    'rucksack_carrier_answers_total{carrier="smsc",code="0x58"} 5',
    'rucksack_carrier_rate{carrier="smsc"} 2.5',
    'rucksack_carrier_throttled_seconds_total{carrier="smsc"} 1.5',
    'rucksack_carrier_binds{carrier="smsc",state="bound"} 3',
    'rucksack_carrier_unanswered{carrier="smsc"} 3',
    'rucksack_carrier_unanswered_since_seconds{carrier="smsc"} 3.5',
    'rucksack_carrier_events_total{carrier="smsc",event="reports delivered"} 2',
  ]) {
    assert.ok(first.includes(`${line}\n`), line);
  }
  state = 'down';
  counts.submitted = 4;
  const second = await read();
  assert.ok(second.includes('rucksack_carrier_up{carrier="smsc"} 0\n'));
  assert.ok(second.includes('rucksack_carrier_events_total{carrier="smsc",event="submitted"} 4\n'));
  running.pop();
  assert.ok(!(await read()).includes('carrier="smsc"'), 'what no longer runs is not shown');
});
