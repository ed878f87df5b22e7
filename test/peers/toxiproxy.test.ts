// A bad network between us and an SMSC: nothing is lost, what is in doubt is marked, and nothing else goes twice (carriers.md section 6.3, points
// 16 to 18).
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { systemTimers } from '../../src/base/timers.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { historyOf, send, stateOf } from '../support/messaging.ts';
import { ownNumbers, writeCarriers } from '../support/smpp-world.ts';
import { Smsc } from '../support/smsc.ts';
import { until } from '../support/until.ts';
import { skip, type Toxic, Toxiproxy } from './toxiproxy.ts';

const [ours] = ownNumbers;
const window = 20;

interface World {
  readonly server: TestApp;
  readonly smsc: Smsc;
  readonly proxy: Toxiproxy;
}

async function withWorld(body: (world: World) => Promise<void>): Promise<void> {
  const smsc = new Smsc(systemTimers);
  const { address, close } = await smsc.listen();
  const proxy = await Toxiproxy.start(address);
  const folder = await mkdtemp(join(tmpdir(), 'rucksack-toxiproxy-'));
  const path = await writeCarriers(folder, proxy.address, {
    window,
    enquire_link_seconds: 5,
    reconnect_seconds: [1, 1],
  });
  const server = await startTestApp({ RUCKSACK_CARRIERS: path, RUCKSACK_PACING: 'unlimited' });
  try {
    await server.call('POST', 'Number/', { numbers: ours, carrier: 'own', region: 'California' });
    await until(() => smsc.bound.length > 0);
    await body({ server, smsc, proxy });
  } finally {
    await server.stop();
    await proxy.stop();
    close();
    await rm(folder, { recursive: true });
  }
}

/** Sends a message of two parts to each of so many destinations; returns the ids by destination. */
async function sendMany(server: TestApp, count: number): Promise<ReadonlyMap<string, string>> {
  const destinations = Array.from({ length: count }, (_, index) => `1212555${2000 + index}`);
  const ids = await send(server, { src: ours, dst: destinations.join('<'), text: 'two parts '.repeat(20) });
  return new Map(destinations.map((destination, index) => [destination, ids[index] ?? '']));
}

async function allDelivered(server: TestApp, ids: Iterable<string>): Promise<void> {
  for (const id of ids) {
    await until(async () => {
      await server.advance(1000);
      return (await stateOf(server, id)) === 'delivered 000';
    }, 60_000);
  }
}

/** Returns how often the SMSC took each destination's parts beyond once. */
function doublesOf(smsc: Smsc): Map<string, number> {
  const parts = new Map<string, number>();
  for (const { destination, shortMessage } of smsc.taken) {
    const part = `${destination.digits} ${shortMessage[5]}`;
    parts.set(part, (parts.get(part) ?? 0) + 1);
  }
  const doubles = new Map<string, number>();
  for (const [part, count] of parts) {
    const [destination = ''] = part.split(' ');
    doubles.set(destination, (doubles.get(destination) ?? 0) + count - 1);
  }
  return doubles;
}

/** Checks that each message reached the SMSC, that no more parts went twice than a window has, and that each of these says so. */
async function checkDoubles({ server, smsc }: World, ids: ReadonlyMap<string, string>): Promise<number> {
  const doubles = doublesOf(smsc);
  assert.equal(doubles.size, ids.size);
  let sum = 0;
  for (const [destination, count] of doubles) {
    sum += count;
    if (count > 0) assert.match((await historyOf(server, ids.get(destination) ?? '')).join('\n'), /repeated/);
  }
  assert.ok(sum <= window, `${sum} parts went twice`);
  return sum;
}

describe('toxiproxy', { skip }, () => {
  test('cuts everything into pieces of three octets: nothing changes but time', () =>
    withWorld(async (world) => {
      const { server, smsc, proxy } = world;
      const slices = { average_size: 3, size_variation: 1, delay: 50 };
      await proxy.add(
        { type: 'slicer', stream: 'upstream', attributes: slices },
        { type: 'slicer', stream: 'downstream', attributes: slices },
        { type: 'latency', stream: 'upstream', attributes: { latency: 5 } },
      );
      const ids = await sendMany(server, 100);
      await allDelivered(server, ids.values());
      assert.equal(await checkDoubles(world, ids), 0);
      assert.equal(smsc.sessions.length, 1);
    }));

  const faults: [what: string, toxic: Toxic][] = [
    [
      'resets the connection under a full window',
      { type: 'reset_peer', stream: 'upstream', attributes: { timeout: 0 } },
    ],
    // The connection stays open: only an enquire_link finds out.
    [
      'swallows all that the SMSC says',
      { type: 'timeout', stream: 'downstream', attributes: { timeout: 0 } },
    ],
  ];
  for (const [what, toxic] of faults) {
    test(`${what}: what was in flight goes again and says so, and none has failed`, () =>
      withWorld(async (world) => {
        const { server, smsc, proxy } = world;
        // The SMSC has them, and has answered none, when the connection goes bad.
        smsc.script = { submit: () => ({ silent: true }) };
        const ids = await sendMany(server, 60);
        await until(async () => {
          await server.advance(1000);
          return smsc.taken.length === window;
        });
        await proxy.add(toxic);
        await until(async () => (await server.call('GET', 'Carrier/smsc/')).body.state === 'down', 60_000);
        smsc.script = {};
        await proxy.remove(toxic);
        await allDelivered(server, ids.values());
        assert.equal(await checkDoubles(world, ids), window);
      }));
  }

  test('swallows all that we say: what was in flight goes again and says so, and reaches the SMSC once', () =>
    withWorld(async (world) => {
      const { server, proxy } = world;
      const toxic: Toxic = { type: 'timeout', stream: 'upstream', attributes: { timeout: 0 } };
      await proxy.add(toxic);
      const ids = await sendMany(server, 60);
      await until(async () => {
        await server.advance(1000);
        return (await server.call('GET', 'Carrier/smsc/')).body.state === 'down';
      }, 60_000);
      await proxy.remove(toxic);
      await allDelivered(server, ids.values());
      assert.equal(await checkDoubles(world, ids), 0);
      const histories = await Promise.all([...ids.values()].map((id) => historyOf(server, id)));
      const marked = histories.filter((history) => history.some((event) => event.startsWith('repeated')));
      assert.equal(marked.length, window / 2, 'each message has two parts');
    }));
});
