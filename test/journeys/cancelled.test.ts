// Messages that leave their sender queue without being sent: what is behind them does not wait for them, and the number keeps its pace.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openTestPlace, startTestApp, type TestApp } from '../support/app.ts';
import { makeDraw } from '../support/draw.ts';
import { addRule, makePowerpack, seenOf, send, sendOne, stateOf } from '../support/messaging.ts';
import { startSharedServer } from '../support/shared-server.ts';

const { place, server } = await startSharedServer();

const secondMs = 1000;
const many = (area: number, count: number, from = 1000) =>
  Array.from({ length: count }, (_, index) => `1${area}555${from + index}`).join('<');

/** Returns in how many milliseconds a sender queue is free, for all but bulk messages and for bulk ones. */
async function freeInMs(queue: string): Promise<(number | null)[]> {
  const [row] = await place.db.query<{ next_free: Date; bulk_free: Date | null }>(
    'select next_free, bulk_free from sender_queues where queue = $1',
    [queue],
  );
  assert.ok(row);
  const inMs = (moment: Date) => Math.max(moment.getTime() - place.clock.now().getTime(), 0);
  return [inMs(row.next_free), row.bulk_free && inMs(row.bulk_free)];
}

const cancel = async (path: string, body?: object) => {
  const { status, body: answer, text } = await server.call('POST', `Message/${path}Cancel/`, body);
  assert.equal(status, 200, text);
  return answer;
};

test('messages behind cancelled ones go at once, at the pace of their number, and so do those that are sent afterwards', async () => {
  const { uuid } = await makePowerpack(server, 'behind', ['12015550100']);
  const first = await sendOne(server, { powerpack_uuid: uuid, dst: '12015551000' });
  const gone = await send(server, { powerpack_uuid: uuid, dst: many(212, 600) });
  const bulk = await sendOne(server, { powerpack_uuid: uuid, dst: '12015551001', priority: 'bulk' });
  const behind = await send(server, { powerpack_uuid: uuid, dst: many(201, 3, 2000) });
  assert.deepEqual(await freeInMs('12015550100'), [604_000, 605_000]);
  await cancel('', { powerpack_id: uuid, area_code: '212' });
  assert.deepEqual(await freeInMs('12015550100'), [4000, 5000]);
  const next = await sendOne(server, { powerpack_uuid: uuid, dst: '12015552009' });
  await server.advance(10 * secondMs);
  const seen = seenOf(server, [first, ...gone, bulk, ...behind, next]);
  const start = seen[0]?.atMs ?? 0;
  assert.deepEqual(
    seen.map(({ reference, atMs }) => [reference, atMs - start]),
    [first, ...behind, next, bulk].map((id, index) => [id, index * secondMs]),
  );
  assert.equal((await server.call('GET', `Message/${next}/Explain/`)).body.wait_seconds, 4);
  assert.ok((await server.call('GET', `Message/${behind[0]}/Explain/`)).body.wait_seconds <= 1);
});

test('a message that is tried again and is cancelled keeps nothing waiting', async () => {
  const { uuid } = await makePowerpack(server, 'tried again', ['12025550100']);
  addRule(server, '12025551000', { submit: 'throttled' });
  const failing = await sendOne(server, { powerpack_uuid: uuid, dst: '12025551000' });
  const behind = await sendOne(server, { powerpack_uuid: uuid, dst: '12025551001' });
  await server.advance(20 * secondMs);
  assert.equal(await stateOf(server, behind), 'queued');
  await cancel(`${failing}/`);
  await server.advance(0);
  assert.equal(seenOf(server, [behind]).length, 1);
});

test('messages to a person who says STOP meanwhile keep nothing waiting, and their number is free again', async () => {
  const { uuid } = await makePowerpack(server, 'stopped', ['12035550100']);
  const person = '12035551000';
  const first = await sendOne(server, { powerpack_uuid: uuid, dst: '12035551001' });
  const gone: string[] = [];
  for (let count = 0; count < 30; count += 1)
    gone.push(await sendOne(server, { powerpack_uuid: uuid, dst: person }));
  const behind = await sendOne(server, { powerpack_uuid: uuid, dst: '12035551002' });
  await server.call('POST', 'OptOut/', { destinations: person, scope: 'account', reason: 'asked' });
  await server.advance(secondMs);
  assert.equal(seenOf(server, [first, behind]).length, 2);
  assert.equal(seenOf(server, gone).length, 0);
  await server.advance(secondMs);
  assert.deepEqual(await freeInMs('12035550100'), [0, null]);
});

test('a message that is put before its slot does not go in quiet hours', async () => {
  const [hour, minute] = [place.clock.now().getUTCHours(), place.clock.now().getUTCMinutes()];
  // In New York, four hours behind, quiet hours begin two minutes from now and last a quarter of an hour.
  const minutes = (hour + 20) * 60 + minute + 2;
  const written = (at: number) =>
    [Math.floor(at / 60) % 24, at % 60].map((part) => String(part).padStart(2, '0')).join(':');
  const settings = { quiet_hours: `${written(minutes)}-${written(minutes + 15)}` };
  const { uuid } = await makePowerpack(server, 'quiet', ['12125550100'], { settings });
  const ahead = await send(server, { src: '12125550100', dst: many(646, 1000) });
  await send(server, { src: '12125550100', dst: many(917, 100) });
  const quiet = await sendOne(server, { powerpack_uuid: uuid, dst: '12125551000' });
  assert.equal((await server.call('GET', `Message/${quiet}/Explain/`)).body.wait_seconds, 1100);
  const acceptedAt = place.clock.now().getTime();
  await cancel('', { from_number: '12125550100', area_code: '646' });
  await cancel('', { from_number: '12125550100', area_code: '917' });
  await server.advance(1200 * secondMs);
  const [seen] = seenOf(server, [quiet]);
  assert.equal(seen && seen.atMs - acceptedAt, 1100 * secondMs);
  assert.ok(seenOf(server, ahead).length <= 1);
});

describe('sends, cancellations and restarts in any order', () => {
  for (let seed = 1; seed <= 8; seed += 1) {
    test(`a number keeps its pace, loses no message and sends none that was cancelled: ${seed}`, async () => {
      const own = await openTestPlace();
      const below = makeDraw(seed);
      // Two servers share the sender queue in one half of the runs; one alone loses no time between messages.
      const isShared = seed % 2 === 0;
      const number = '12015550100';
      const servers = [await startTestApp({}, own), ...(isShared ? [await startTestApp({}, own)] : [])];
      const past: TestApp[] = [];
      const any = (): TestApp => {
        const found = servers[below(servers.length)];
        assert.ok(found);
        return found;
      };
      const { uuid } = await makePowerpack(any(), 'random', [number]);
      const sentAt = new Map<string, number>();
      const cancelled = new Set<string>();
      for (let step = 0; step < 40; step += 1) {
        const chosen = below(10);
        if (chosen < 4) {
          const dst = many(201, 1 + below(8), 1000 + step * 10);
          const priority = below(3) === 0 ? 'bulk' : 'transactional';
          const now = own.clock.now().getTime();
          for (const id of await send(any(), { powerpack_uuid: uuid, dst, priority })) sentAt.set(id, now);
        } else if (chosen < 7) {
          const ids = [...sentAt.keys()].filter((id) => !cancelled.has(id));
          if (ids.length === 0) continue;
          const id = ids[below(ids.length)];
          assert.ok(id);
          const { status } = await any().call('POST', `Message/${id}/Cancel/`);
          if (status === 200) cancelled.add(id);
        } else if (chosen === 7 && isShared) {
          const index = below(2);
          const stopping = servers[index];
          assert.ok(stopping);
          await stopping.stop();
          past.push(stopping);
          servers[index] = await startTestApp({}, own);
        } else await any().advance(below(5000));
      }
      await any().advance(600 * secondMs);
      const seen = [...past, ...servers]
        .flatMap((one) => seenOf(one, [...sentAt.keys()]))
        .toSorted((a, b) => a.atMs - b.atMs);
      assert.deepEqual(
        seen.map(({ reference }) => reference).toSorted(),
        [...sentAt.keys()].filter((id) => !cancelled.has(id)).toSorted(),
      );
      for (const [index, { reference, atMs }] of seen.entries()) {
        const free = (seen[index - 1]?.atMs ?? Number.NEGATIVE_INFINITY) + secondMs;
        const soonest = Math.max(free, sentAt.get(reference) ?? 0);
        assert.ok(atMs >= soonest, `${reference} went ${soonest - atMs} ms too early`);
        if (!isShared) assert.equal(atMs, soonest, 'it waits for nothing but its number');
      }
      for (const one of servers) await one.stop();
      await own.db.close();
    });
  }
});
