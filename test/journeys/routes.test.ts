// Routes as an operator sees them: which carrier a message goes to, what happens without one, and what a change changes.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { openTestPlace, startTestApp, type TestApp } from '../support/app.ts';
import { historyOf, type MadePowerpack, makePowerpack } from '../support/messaging.ts';

const ours = '14155552671';
const fictitious = '14155550123';
const handset = '12125552368';

/** Nothing listens there, so that the carrier is down. */
const closed = { name: 'smsc', hosts: ['127.0.0.1:1'], system_id: 'rucksack', password: 'geheim12' };

let folder: string;
let path: string;
let world: TestApp;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rucksack-routes-'));
  path = join(folder, 'carriers.json');
});
after(() => rm(folder, { recursive: true }));

async function writeRoutes(...routes: object[]): Promise<void> {
  await writeFile(path, JSON.stringify({ carriers: [closed], routes }), { mode: 0o600 });
}

/** Starts a server with the routes of the file, on which both numbers are the account's, for one test. */
async function withServer(work: () => Promise<void>): Promise<void> {
  world = await startTestApp({ RUCKSACK_CARRIERS: path });
  try {
    await world.call('POST', 'Number/', { numbers: ours, carrier: 'own', region: 'California' });
    await world.call('POST', `PhoneNumber/${fictitious}/`);
    await work();
  } finally {
    await world.stop();
  }
}

/** Makes a powerpack of numbers that are the account's. */
async function packOf(...numbers: readonly string[]): Promise<MadePowerpack> {
  const made = await makePowerpack(world, `pack of ${numbers.join()}`, []);
  for (const number of numbers) {
    const added = await world.call('POST', `NumberPool/${made.pool}/Number/${number}/`, { service: 'sms' });
    assert.equal(added.status, 200, added.text);
  }
  return made;
}

interface Sent {
  readonly state: string;
  readonly code: string;
  readonly carrier: string;
  readonly route: [scope: string, carriers: string[]];
  readonly waiting: string | null;
  readonly history: string[];
}

/** Sends a message from a number, lets a second pass, and returns what became of it with its history. */
async function send(src: string, path = 'Message/'): Promise<Sent> {
  const { body } = await world.call('POST', path, { src, dst: handset, text: 'Hello' });
  await world.advance(1000);
  const [id] = body.message_uuid;
  const message = (await world.call('GET', `Message/${id}/`)).body;
  const explained = (await world.call('GET', `Message/${id}/Explain/`)).body;
  return {
    state: message.message_state,
    code: message.error_code,
    carrier: explained.carrier,
    route: [explained.route, explained.carriers],
    waiting: explained.waiting,
    history: explained.history.map(
      ({ event, detail }: { event: string; detail: string }) => `${event}: ${detail}`,
    ),
  };
}

beforeEach(() => writeRoutes());

test('with carriers and no route a message fails at once, and its history says why; fictitious numbers go to the simulator', () =>
  withServer(async () => {
    const { state, code, history } = await send(ours);
    assert.deepEqual([state, code], ['failed', '90']);
    assert.ok(history.includes('failed: no route leads its sender to a carrier'), history.join('\n'));
    assert.equal((await send(fictitious)).carrier, 'simulator');
  }));

test('a powerpack leaves out members without a route, and says so where none is left', async () => {
  await writeRoutes({ service: 'sms', carrier: 'smsc', country: 'GB' });
  await withServer(async () => {
    const both = await packOf(ours, fictitious);
    const { body } = await world.call('POST', 'Message/', {
      powerpack_uuid: both.uuid,
      dst: handset,
      text: 'Hello',
    });
    const explained = (await world.call('GET', `Message/${body.message_uuid[0]}/Explain/`)).body;
    assert.deepEqual(
      [explained.src, explained.rule, explained.rejected],
      [fictitious, 'only_member', { no_route: 1 }],
    );

    const other = '14155552672';
    await world.call('POST', 'Number/', { numbers: other, carrier: 'own', region: 'California' });
    const { uuid } = await packOf(other);
    const message = { powerpack_uuid: uuid, dst: handset, text: 'Hello' };
    const dryRun = async () =>
      (await world.call('POST', `Powerpack/${uuid}/Explain/`, { dst: handset })).body;
    const sentence = 'no route leads a member of the number pool that could send it to a carrier';
    const refused = await world.call('POST', 'Message/', message);
    assert.deepEqual(
      [refused.status, refused.body.error],
      [400, `no number available in the powerpack for this message: ${sentence}`],
    );
    const none = await dryRun();
    assert.deepEqual([none.sender, none.because, none.rejected], [null, sentence, { no_route: 1 }]);
    assert.deepEqual(
      none.others.map(({ reason, because }: { reason: string; because: string }) => [reason, because]),
      [['no_route', 'no route leads it to a carrier']],
    );

    const route = { service: 'sms', carrier: 'simulator', powerpack: uuid };
    assert.equal((await world.call('POST', 'Route/', route)).status, 201);
    await world.app.inFlight.idle();
    assert.equal((await dryRun()).sender.number, other);
    assert.equal((await world.call('POST', 'Message/', message)).status, 202);
  });
});

test('a carrier that is down is passed over where the route names another, and waited for where it does not', async () => {
  await writeRoutes(
    { service: 'sms', carrier: 'smsc' },
    { service: 'sms', carrier: 'smsc', fallback: ['simulator'], number: ours },
  );
  await withServer(async () => {
    const passed = await send(ours);
    assert.equal(passed.carrier, 'simulator');
    assert.deepEqual(passed.route, [`number:${ours}`, ['smsc', 'simulator']]);
    await writeRoutes({ service: 'sms', carrier: 'smsc' });
    await world.app.reloadCarriers();
    await world.app.inFlight.idle();
    const waiting = await send(ours);
    assert.deepEqual([waiting.state, waiting.waiting], ['queued', 'smsc is down']);
    // Of processes that all have it down, the first one's word counts.
    for (const [state, words] of [
      ['draining', 'smsc is draining'],
      ['refused', 'smsc refuses everything, and its last error says why'],
    ]) {
      await world.app.db.query(
        `insert into carrier_states (carrier, process, state, at)
         values ('smsc', '00000000-0000-7000-8000-000000000000', $1, clock_timestamp())
         on conflict (carrier, process) do update set state = excluded.state`,
        [JSON.stringify({ state, room: 0, counts: {} })],
      );
      assert.equal((await send(ours)).waiting, words);
    }
  });
});

test('a message that a carrier perhaps has waits for it, with those behind it, until the carrier is deleted', async (t) => {
  const place = await openTestPlace();
  const settings = { RUCKSACK_CARRIERS: path };
  const explain = async (id: string) => (await world.call('GET', `Message/${id}/Explain/`)).body;
  const accept = async () =>
    (await world.call('POST', 'Message/', { src: ours, dst: handset, text: 'Hello' })).body.message_uuid[0];

  await writeRoutes({ service: 'sms', carrier: 'smsc' });
  world = await startTestApp(settings, place);
  t.after(async () => {
    await world.stop();
    await place.db.close();
  });
  await world.call('POST', 'Number/', { numbers: ours, carrier: 'own', region: 'California' });
  const [first, second] = [await accept(), await accept()];
  await world.stop();
  // As a process leaves it that dies while the carrier has the message.
  await place.db.query(
    `update outbox set carrier = 'smsc', attempts = 1, unknown_attempts = 1, submitting_at = $2 where message_id = $1`,
    [first, place.clock.now()],
  );

  await writeRoutes({ service: 'sms', carrier: 'smsc', fallback: ['simulator'] });
  world = await startTestApp(settings, place);
  await world.advance(60_000);
  assert.equal((await explain(first)).waiting, 'smsc is down');
  assert.equal(
    (await explain(second)).waiting,
    'a message before it goes to the carrier that perhaps has it: smsc is down',
  );

  await writeFile(path, JSON.stringify({ carriers: [], routes: [{ service: 'sms', carrier: 'simulator' }] }));
  await world.app.reloadCarriers();
  await world.app.inFlight.idle();
  await world.advance(60_000);
  const history = await historyOf(world, first);
  assert.ok(history.includes('failed: its carrier is gone'), history.join('\n'));
  assert.ok(
    history.some((line) => line.startsWith('doubtful: ')),
    history.join('\n'),
  );
  assert.equal((await explain(second)).carrier, 'simulator');
});

test('the file is read again on request: new routes count from the next message on, a wrong file changes nothing', async () => {
  await writeRoutes({ service: 'sms', carrier: 'simulator' });
  await withServer(async () => {
    assert.equal((await send(ours)).carrier, 'simulator');
    await writeFile(path, '{"carriers": 7}');
    await world.app.reloadCarriers();
    assert.equal((await send(ours)).carrier, 'simulator');
    await writeRoutes();
    await world.app.reloadCarriers();
    await world.app.inFlight.idle();
    assert.equal((await send(ours)).code, '90');
  });
});

test('a test message goes to its carrier, whatever the routes say', async () => {
  await writeRoutes({ service: 'sms', carrier: 'smsc' });
  await withServer(async () => {
    const sent = await send(ours, 'Carrier/simulator/Test/');
    assert.deepEqual([sent.carrier, sent.route], ['simulator', ['test', ['simulator']]]);
    const none = await world.call('POST', 'Carrier/up/Test/', { src: ours, dst: handset, text: 'Hello' });
    assert.equal(none.status, 404);
    const unreal = await world.call('POST', 'Carrier/smsc/Test/', {
      src: fictitious,
      dst: handset,
      text: 'Hello',
    });
    assert.deepEqual(
      [unreal.status, unreal.body.error],
      [400, 'src is a fictitious number, which goes to the simulator only'],
    );
  });
});

test('carriers and routes of the file are shown, and refuse to be changed over the API', async () => {
  await writeRoutes({ service: 'sms', carrier: 'smsc' });
  await withServer(async () => {
    const carrier = await world.call('GET', 'Carrier/smsc/');
    assert.deepEqual([carrier.body.source, carrier.body.state], ['file', 'down']);
    assert.ok(!carrier.text.includes('geheim12'));
    const { body } = await world.call('GET', 'Route/');
    const route = `Route/${body.objects[0].route_id}/`;
    for (const [method, target, input] of [
      ['POST', 'Carrier/smsc/', { config: closed }],
      ['DELETE', 'Carrier/smsc/', undefined],
      ['POST', route, { service: 'sms', carrier: 'simulator' }],
      ['DELETE', route, undefined],
    ] as const) {
      const answer = await world.call(method, target, input);
      assert.equal(answer.status, 409, `${method} ${target}`);
      assert.match(answer.body.error, /file of carriers, and is changed there$/);
    }
  });
});

test('a file that is wrong keeps the server from starting', async () => {
  await writeRoutes({ service: 'sms', carrier: 'up' });
  await assert.rejects(startTestApp({ RUCKSACK_CARRIERS: path }), {
    message: `RUCKSACK_CARRIERS: ${path}: routes[0].carrier names up, and there is no such carrier`,
  });
});
