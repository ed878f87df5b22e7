// The simulator and the clock over HTTP: what each account sees, what is refused, and 404 where they are off.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  openTestPlace,
  repeatableBytes,
  startTestApp,
  type TestAccount,
  type TestApp,
  testStart,
} from '../../test/support/app.ts';
import { sampleSubmission } from '../../test/support/submissions.ts';
import { OperatorError } from '../base/errors.ts';
import { uuidv7 } from '../base/id.ts';
import type { InboundMessage, Submission } from '../carriers/carrier.ts';

const randomBytes = repeatableBytes(7);
const newId = () => uuidv7(testStart, randomBytes);

let world: TestApp;
let subaccount: TestAccount;
let stranger: TestAccount;
const received: InboundMessage[] = [];

before(async () => {
  world = await startTestApp({ RUCKSACK_VIRTUAL_CLOCK: 'on' });
  stranger = await world.makeAccount('Stranger');
  const { body } = await world.call('POST', 'Subaccount/', { name: 'Part', enabled: true });
  subaccount = { authId: body.auth_id, authToken: body.auth_token };
  await world.app.simulator.start({
    report: async () => {},
    async receive(message) {
      received.push(message);
      // As the server does: were the request a transaction, this would wait for its end on the embedded database.
      await world.app.db.query('select');
      return message.text === 'to nobody' ? undefined : newId();
    },
    taken: async () => {},
    room() {},
  });
});
after(() => world.stop());

/** Returns a submission of one of our messages. */
async function makeSubmission(subaccountId: string | null = null): Promise<Submission> {
  const submission = sampleSubmission({ reference: newId() });
  await world.app.db.query(
    `insert into messages (id, account_id, subaccount_id, direction, status, service, sender, destination, country_iso2, text,
       segments, log, accepted_at)
     values ($1, $2, $3, 'outbound', 'queued', 'sms', $4, $5, 'US', 'Hello', 1, 'true', $6)`,
    [
      submission.reference,
      world.account.authId,
      subaccountId,
      submission.sender,
      submission.destination,
      testStart,
    ],
  );
  return submission;
}

describe('rules', () => {
  test('are shown in full, with how often each has decided', async () => {
    const given = { match: { destination: '1999*' }, submit: 'spam' };
    const replaced = await world.call('POST', 'Simulator/Rule/', { rules: [given] });
    assert.equal(replaced.status, 200);
    const submission = { ...(await makeSubmission()), destination: '19995550100' };
    await assert.rejects(world.app.simulator.submit(submission));
    const { body } = await world.call('GET', 'Simulator/Rule/');
    assert.deepEqual(body.decided, [1]);
    assert.deepEqual(body.rules, [
      {
        match: { destination: '1999*' },
        share: 1,
        times: null,
        throttle: null,
        submit: 'spam',
        outage_ms: 0,
        report: 'lost',
        error_code: 1000,
        delay_ms: [100, 100],
        duplicates: 0,
        overtake: false,
        in_parts: false,
        parts_taken: 0,
        late_ms: 0,
        progress: false,
      },
    ]);
  });

  test('that are wrong change nothing, and the error names the place', async () => {
    const { status, body } = await world.call('POST', 'Simulator/Rule/', { rules: [{}, { share: 7 }] });
    assert.deepEqual([status, body.error], [400, 'rules[1].share must be a number from 0 to 1']);
    const shown = await world.call('GET', 'Simulator/Rule/');
    assert.equal(shown.body.rules.length, 1);
  });

  test('belong to the whole server: a subaccount cannot change them', async () => {
    for (const [method, body] of [
      ['POST', { rules: [{}] }],
      ['DELETE', undefined],
    ] as const) {
      const answer = await world.call(method, 'Simulator/Rule/', body, { as: subaccount });
      assert.equal(answer.status, 404);
    }
    const shown = await world.call('GET', 'Simulator/Rule/', undefined, { as: subaccount });
    assert.equal(shown.body.rules.length, 1);
  });

  test('can be reset', async () => {
    assert.equal((await world.call('DELETE', 'Simulator/Rule/')).status, 204);
    assert.deepEqual((await world.call('GET', 'Simulator/Rule/')).body.rules, []);
  });
});

describe('submissions', () => {
  const list = async (query: string, as: TestAccount) =>
    (await world.call('GET', `Simulator/Submission/${query}`, undefined, { as })).body;

  test('are listed with their reports, the newest first, to the account of the message', async () => {
    const first = await makeSubmission();
    const second = await makeSubmission(subaccount.authId);
    const { simulator } = world.app;
    const { parts } = await simulator.submit(first);
    await simulator.submit(second);
    await world.advance(100);
    const { meta, objects } = await list('', world.account);
    assert.ok(meta.total_count >= 2);
    const references = objects.map((one: { message_uuid: string }) => one.message_uuid);
    assert.deepEqual(references.slice(0, 2), [second.reference, first.reference]);
    assert.deepEqual(objects[1], {
      attempt: 1,
      carrier_message_id: parts[0]?.name,
      dst: '12125550199',
      failure: null,
      media_urls: [],
      message_uuid: first.reference,
      reports: [{ error_code: null, outcome: 'delivered', reported_at: '2026-03-14T09:26:53.689000Z' }],
      src: '14155550100',
      submitted_at: '2026-03-14T09:26:53.589000Z',
      text: 'Hello',
      type: 'sms',
      units: 1,
    });
    const part = await list('', subaccount);
    assert.deepEqual(
      part.objects.map((one: { message_uuid: string }) => one.message_uuid),
      [second.reference],
    );
    assert.equal((await list('', stranger)).meta.total_count, 0);
  });

  test('are found by message, and come in pages', async () => {
    const submission = await makeSubmission();
    await world.app.simulator.submit(submission);
    await world.app.simulator.submit({ ...submission, attempt: 2 });
    const query = `?message_uuid=${submission.reference.toUpperCase()}&limit=1`;
    const { meta, objects } = await list(query, world.account);
    assert.deepEqual([meta.total_count, objects.length, objects[0].attempt], [2, 1, 2]);
    assert.equal((await list(`${query}&offset=1`, world.account)).objects[0].attempt, 1);
  });

  test('show how they failed', async () => {
    await world.call('POST', 'Simulator/Rule/', { rules: [{ submit: 'invalid_sender' }] });
    const submission = await makeSubmission();
    await assert.rejects(world.app.simulator.submit(submission));
    await world.call('DELETE', 'Simulator/Rule/');
    const { objects } = await list(`?message_uuid=${submission.reference}`, world.account);
    assert.deepEqual([objects[0].failure, objects[0].carrier_message_id], ['invalid_sender', null]);
  });
});

describe('a handset', () => {
  const handset = 'Simulator/Handset/12125550199/Message/';
  const number = '14155550123';
  const send = (body: object, as = world.account) => world.call('POST', handset, body, { as });

  before(async () => {
    await world.call('POST', `PhoneNumber/${number}/`);
    const { body } = await world.call('POST', 'Powerpack/', { name: 'codes' });
    const pool = body.number_pool.split('/').at(-2);
    const added = await world.call('POST', `NumberPool/${pool}/Shortcode/234567/`);
    assert.equal(added.status, 200);
  });

  test('sends to a number of the account', async () => {
    const { status, body } = await send({ dst: `+${number}`, text: 'Hello' });
    assert.equal(status, 202);
    assert.equal(body.message_uuid.length, 1);
    const { name, ...message } = received.at(-1) ?? assert.fail();
    assert.match(name, /^[0-9a-f-]{36}$/);
    assert.deepEqual(message, {
      sender: '12125550199',
      destination: number,
      service: 'sms',
      text: 'Hello',
      mediaUrls: [],
    });
  });

  test('sends media, and to short codes', async () => {
    const media = ['https://example.net/cat.png'];
    assert.equal((await send({ dst: '234567', media_urls: media })).status, 202);
    const { service, text, mediaUrls, destination } = received.at(-1) ?? assert.fail();
    assert.deepEqual([service, text, mediaUrls, destination], ['mms', '', media, '234567']);
  });

  test('sends with an Idempotency-Key as well, without a transaction around it', async () => {
    const options = { headers: { 'idempotency-key': 'once' } };
    const answer = await world.call('POST', handset, { dst: number, text: 'Hello' }, options);
    assert.equal(answer.status, 202);
  });

  const refusals: [what: string, body: object, status: number, error: string][] = [
    ['no destination', { text: 'Hello' }, 400, 'dst is required'],
    ['nothing to say', { dst: number }, 400, 'text is required'],
    [
      'media in an SMS',
      { dst: number, type: 'sms', media_urls: ['https://example.net/a'] },
      400,
      'media_urls needs type to be mms',
    ],
    [
      'media without an address',
      { dst: number, media_urls: ['cat.png'] },
      400,
      'media_urls[0] must be an address that begins with http:// or https://, of at most 2048 characters',
    ],
    ['a number of nobody', { dst: '13105550100', text: 'Hello' }, 404, 'dst is not a number of the account'],
    ['what is no number', { dst: 'hello', text: 'Hello' }, 404, 'dst is not a number of the account'],
    [
      'what the server does not take',
      { dst: number, text: 'to nobody' },
      404,
      'dst is not a number of the account',
    ],
  ];
  for (const [what, body, status, error] of refusals) {
    test(`is refused ${what}`, async () => {
      const answer = await send(body);
      assert.deepEqual([answer.status, answer.body.error], [status, error]);
    });
  }

  test('must be a number itself', async () => {
    const { status, body } = await world.call('POST', 'Simulator/Handset/123/Message/', {
      dst: number,
      text: 'Hello',
    });
    assert.deepEqual([status, body.error], [400, 'number must be a telephone number with its country code']);
  });

  test('does not reach the short code of its own country through the one of another', async () => {
    const { body } = await world.call('POST', 'Powerpack/', { name: 'Canada' }, { as: stranger });
    const path = `NumberPool/${body.number_pool.split('/').at(-2)}/Shortcode/234567/`;
    await world.call('POST', path, { country_iso2: 'CA' }, { as: stranger });
    const message = { dst: '234567', text: 'Hello' };
    assert.equal((await send(message, stranger)).status, 404);
    const canadian = 'Simulator/Handset/16045550199/Message/';
    assert.equal((await world.call('POST', canadian, message, { as: stranger })).status, 202);
    assert.equal((await world.call('POST', canadian, message)).status, 404);
  });

  test('does not reach the numbers of others through an account', async () => {
    for (const [dst, as] of [
      [number, stranger],
      [number, subaccount],
      ['234567', stranger],
      ['234567', subaccount],
    ] as const) {
      assert.equal((await send({ dst, text: 'Hello' }, as)).status, 404);
    }
  });
});

describe('the clock', () => {
  const time = async () => (await world.call('GET', 'Simulator/Clock/')).body.time;

  test('advances, and runs what fell due on the way', async () => {
    const start = world.time.now;
    await world.call('POST', 'Simulator/Rule/', { rules: [{ delay_ms: 60_000 }] });
    await world.app.simulator.submit(await makeSubmission());
    await world.call('DELETE', 'Simulator/Rule/');
    const { status, body } = await world.call('POST', 'Simulator/Clock/', {
      action: 'advance',
      seconds: 240,
    });
    assert.equal(status, 200);
    const [report] = world.app.simulator.records.reports.newestFirst();
    assert.equal(report?.at.getTime(), start.getTime() + 60_000);
    assert.equal(world.time.now.getTime(), start.getTime() + 240_000);
    assert.equal(body.time, `${world.time.now.toISOString().slice(0, -1)}000Z`);
    assert.equal(await time(), body.time);
  });

  test('freezes and runs on', async () => {
    const resumed = await world.call('POST', 'Simulator/Clock/', { action: 'resume' });
    assert.equal(resumed.body.frozen, false);
    const frozen = await world.call('POST', 'Simulator/Clock/', { action: 'freeze' });
    assert.equal(frozen.body.frozen, true);
    assert.equal(await time(), frozen.body.time);
  });

  const refusals: [body: object, error: string][] = [
    [{}, 'action is required'],
    [{ action: 'rewind' }, 'action must be one of freeze, resume, advance'],
    [{ action: 'advance' }, 'seconds is required'],
    [{ action: 'advance', seconds: -1 }, 'seconds must be a whole number from 0 to 31622400'],
  ];
  for (const [body, error] of refusals) {
    test(`refuses ${JSON.stringify(body)}`, async () => {
      const answer = await world.call('POST', 'Simulator/Clock/', body);
      assert.deepEqual([answer.status, answer.body.error], [400, error]);
    });
  }
});

test('the clock answers 404 unless it is on', async () => {
  const plain = await startTestApp();
  try {
    assert.equal((await plain.call('GET', 'Simulator/Clock/')).status, 404);
    assert.equal((await plain.call('POST', 'Simulator/Clock/', { action: 'freeze' })).status, 404);
    assert.equal((await plain.call('GET', 'Simulator/Rule/')).status, 200);
  } finally {
    await plain.stop();
  }
});

describe('the file of rules', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rucksack-rules-'));
  });
  after(() => rm(folder, { recursive: true }));

  test('has the rules of the start, and of a reset', async () => {
    const path = join(folder, 'rules.json');
    await writeFile(path, '[{"submit": "spam"}]');
    const ruled = await startTestApp({ RUCKSACK_SIMULATOR_RULES: path });
    try {
      const first = (await ruled.call('GET', 'Simulator/Rule/')).body.rules;
      assert.deepEqual([first.length, first[0].submit], [1, 'spam']);
      await ruled.call('POST', 'Simulator/Rule/', { rules: [{}, {}] });
      await ruled.call('DELETE', 'Simulator/Rule/');
      assert.deepEqual((await ruled.call('GET', 'Simulator/Rule/')).body.rules, first);
    } finally {
      await ruled.stop();
    }
  });

  test('keeps the server from starting when it cannot be read', async () => {
    const start = startTestApp({ RUCKSACK_SIMULATOR_RULES: join(folder, 'none.json') });
    await assert.rejects(start, OperatorError);
  });
});

test('while the server starts or stops, a handset is told to try again', async () => {
  const app = await startTestApp();
  try {
    await app.call('POST', 'PhoneNumber/14155550101/');
    await app.app.simulator.stop();
    const answer = await app.call('POST', 'Simulator/Handset/12125550199/Message/', {
      dst: '14155550101',
      text: 'hello',
    });
    assert.deepEqual(
      [answer.status, answer.headers.get('retry-after'), answer.body.error],
      [503, '1', 'the simulator is not connected: the server is starting or stopping'],
    );
  } finally {
    await app.stop();
  }
});

test('where processes share the work by roles, the answer says where the simulator and the API are', async () => {
  // Nothing listens there: the processes of this test hear no others.
  const elsewhere = { DATABASE_URL: 'postgres://127.0.0.1:9/none' };
  const place = await openTestPlace();
  const api = await startTestApp({ ...elsewhere, RUCKSACK_ROLES: 'api' }, place);
  const dispatcher = await startTestApp({ ...elsewhere, RUCKSACK_ROLES: 'dispatcher' }, place);
  try {
    for (const path of ['Simulator/Rule/', 'Simulator/Submission/']) {
      const onApi = await api.call('GET', path);
      assert.equal(onApi.status, 404);
      assert.match(
        onApi.body.error,
        /^the simulator is in the process that talks to carriers: .*RUCKSACK_ROLES/,
      );
      const onDispatcher = await dispatcher.call('GET', path);
      assert.equal(onDispatcher.status, 404);
      assert.match(onDispatcher.body.error, /^this process does not answer the API: its RUCKSACK_ROLES/);
    }
  } finally {
    await Promise.all([api.stop(), dispatcher.stop()]);
    await place.db.close();
  }
});
