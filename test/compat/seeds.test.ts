// The two pages that this project began from: every argument, every rule in its own words, and every sample.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { basicAuth } from '../support/app.ts';
import { type DropIn, hasProgram, openDropIn } from './drop-in.ts';
import { sendRaw } from './raw-request.ts';
import { type RecordedRequest, type RecordedSdk, readRecording } from './recorded-requests.ts';
import { curlDelete, curlUpdate, filledIn, nodeDelete, nodeUpdate, updateResponse } from './seed-samples.ts';
import { inWorld, makeWorld, members, type World } from './world.ts';

let world: World;
let dropIn: DropIn;
let path: string;

before(async () => {
  world = await makeWorld();
  dropIn = await openDropIn(world.app);
  path = `Powerpack/${world.powerpackUuid}/`;
});
beforeEach(() => world.reset());
after(async () => {
  await world.app.stop();
  await dropIn.close();
});

const update = (parameters: object) => world.app.call('POST', path, parameters);
const powerpack = async () => (await world.must('GET', path)).body;
/** Returns how many numbers the account rents. */
const rentedCount = async () => (await world.must('GET', 'Number/')).body.meta.total_count;

describe('Update a Powerpack', () => {
  test("changes the Powerpack's name, sticky_sender, local_connect or the application to it", async () => {
    const before = await powerpack();
    const changes = [
      { name: 'another name' },
      { sticky_sender: false },
      { local_connect: false },
      { application_type: 'XML', application_id: world.appId },
    ];
    let expected = before;
    for (const change of changes) {
      const { status, body } = await update(change);
      expected = { ...expected, ...change };
      assert.equal(status, 200);
      assert.deepEqual({ ...body, api_id: '' }, { ...expected, api_id: '' });
      assert.deepEqual({ ...(await powerpack()), api_id: '' }, { ...expected, api_id: '' });
    }
  });

  describe('Arguments', () => {
    test("name: optional; must be unique across all Powerpacks in customer's account", async () => {
      assert.equal((await update({})).body.name, 'powerpack 0');
      const taken = await update({ name: 'powerpack 1' });
      assert.equal(taken.status, 409);
      assert.equal((await powerpack()).name, 'powerpack 0');
      assert.equal((await update({ name: 'powerpack 0' })).status, 200, 'its own name is not taken');

      const stranger = await world.app.makeAccount('Stranger');
      const theirs = await world.app.call('POST', 'Powerpack/', { name: 'powerpack 0' }, { as: stranger });
      assert.equal(theirs.status, 200, "another customer's names do not count");
    });

    for (const setting of ['sticky_sender', 'local_connect']) {
      const word = setting === 'sticky_sender' ? 'Sticky sender' : 'Local connect';
      test(`${setting}: optional; ${word} will be enabled by default`, async () => {
        assert.equal((await world.must('POST', 'Powerpack/', { name: 'defaults' })).body[setting], true);
        assert.equal((await update({ [setting]: false })).body[setting], false);
        assert.equal(
          (await update({ name: 'not given' })).body[setting],
          false,
          'an update without it changes nothing',
        );
        assert.equal((await update({ [setting]: true })).body[setting], true);
      });
    }

    test("application_type: conditional; must be specified if the application id is specified and is not 'none'", async () => {
      const refused = await update({ application_id: world.appId });
      assert.equal(refused.status, 400);
      assert.match(refused.body.error, /application_type/);
      assert.equal((await powerpack()).application_id, world.presentAppId);
      assert.equal((await update({ application_id: world.appId, application_type: 'xml' })).status, 200);
      assert.equal((await update({ application_id: 'none' })).status, 200);
    });

    test("application_id: optional; must be set to a valid PHLO or XML App Id or 'none' (String)", async () => {
      const flow = { app_name: 'flow', application_type: 'PHLO', message_url: 'https://example.com/flow' };
      const phlo = (await world.must('POST', 'Application/', flow)).body.app_id;
      for (const [id, type] of [
        [world.appId, 'XML'],
        [phlo, 'PHLO'],
      ]) {
        const { body } = await update({ application_id: id, application_type: type });
        assert.deepEqual([body.application_id, body.application_type], [id, type]);
      }
      for (const [id, type] of [
        ['12345678901234567', 'XML'],
        [world.appId, 'PHLO'],
        [phlo, 'XML'],
      ]) {
        assert.equal(
          (await update({ application_id: id, application_type: type })).status,
          400,
          `${id} as ${type}`,
        );
      }
      assert.equal((await powerpack()).application_id, phlo);
    });

    test("application_id: if set to 'none', no application to be associated with phone numbers added to this Powerpack", async () => {
      const number = `Number/12125550101/`;
      const ofPowerpack = `/v1/Account/${world.app.account.authId}/Application/${world.presentAppId}/`;
      assert.equal((await world.must('GET', number)).body.application, ofPowerpack);
      const { body } = await update({ application_id: 'none' });
      assert.deepEqual([body.application_id, body.application_type], ['', '']);
      assert.equal((await world.must('GET', number)).body.application, null);
    });

    test('application_id: if not specified when a powerpack is created, no application is associated', async () => {
      const { body } = await world.must('POST', 'Powerpack/', { name: 'no application' });
      assert.deepEqual([body.application_id, body.application_type], ['', '']);
    });

    test('application_id: if not specified in an update, it stays: the samples rename and lose nothing', async () => {
      assert.equal((await update({ name: 'renamed' })).body.application_id, world.presentAppId);
    });
  });

  test('Response: HTTP Status Code 200, with the fields of the sample', async () => {
    const { status, body } = await update({
      name: 'test',
      application_id: world.appId,
      application_type: 'xml',
    });
    assert.equal(status, 200);
    for (const [field, sample] of Object.entries(updateResponse)) {
      assert.equal(typeof body[field], typeof sample, field);
    }
    assert.match(body.created_on, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    assert.equal(body.number_pool, `/v1/Account/${world.app.account.authId}/NumberPool/${world.poolUuid}/`);
    assert.deepEqual(
      [body.name, body.application_id, body.application_type, body.uuid],
      ['test', world.appId, 'XML', world.powerpackUuid],
    );
  });

  describe('Example Request', () => {
    interface UpdateSample {
      readonly changes: Readonly<Record<string, unknown>>;
      readonly run: () => Promise<void>;
    }

    const samples: Readonly<Record<string, UpdateSample>> = {
      Python: {
        changes: { name: 'powerpack_name' },
        run: () => send(...fetchThen('python', 'POST', '{"name": "powerpack_name"}')),
      },
      Ruby: {
        changes: {
          name: 'your_powerpack_name',
          sticky_sender: true,
          local_connect: true,
          application_id: 'given',
        },
        run: () => replay('ruby', 'seed_update'),
      },
      Node: {
        changes: { name: 'your_powerpack_name' },
        run: async () =>
          assert.match(await runNode(nodeUpdate), /^UpdatePowerpackResponse .*your_powerpack_name/s),
      },
      PHP: { changes: { name: 'your-powerpack-name' }, run: () => replay('php', 'seed_update') },
      Java: {
        changes: { name: 'your_powerpack_name' },
        run: () => send(...fetchThen('java', 'POST', '{"name":"your_powerpack_name"}')),
      },
      '.NET': {
        changes: { name: 'your_powerpack_name', sticky_sender: false, local_connect: false },
        run: () => replay('dotnet', 'seed_update'),
      },
      'curl, as recorded': {
        changes: { name: 'your_powerpack_name', sticky_sender: true, local_connect: true },
        run: () => replay('curl', 'seed_update'),
      },
      // The sample compiles with the SDK up to 7.42 only, whose StickySender is a string.
      Go: {
        changes: { name: 'your_powerpack_name', sticky_sender: true },
        run: () =>
          send(...fetchThen('go', 'POST', '{"name":"your_powerpack_name","sticky_sender":"true"}\n')),
      },
    };

    for (const [language, { changes, run }] of Object.entries(samples)) {
      test(language, () => checkUpdate(changes, run));
    }

    test('curl', async (context) => {
      if (!(await hasProgram('curl'))) return context.skip('curl is not installed');
      const changes = { name: 'your_powerpack_name', sticky_sender: true, local_connect: true };
      await checkUpdate(changes, async () => assert.match(await runShell(curlUpdate), /HTTP\/1\.1 200 OK/));
    });
  });

  /** Runs a sample on a powerpack that differs from what it sets; what it does not set must stay. */
  async function checkUpdate(
    changes: Readonly<Record<string, unknown>>,
    run: () => Promise<void>,
  ): Promise<void> {
    const present = { sticky_sender: !changes.sticky_sender, local_connect: !changes.local_connect };
    const before = (await update(present)).body;
    await run();
    const wanted = { ...before, ...changes, api_id: '' };
    if (changes.application_id !== undefined) wanted.application_id = world.appId;
    assert.deepEqual({ ...(await powerpack()), api_id: '' }, wanted);
  }
});

describe('Delete a Powerpack', () => {
  test("unrents the phone numbers in the Powerpack's NumberPool from your account", async () => {
    await world.must('DELETE', path, { unrent_numbers: true });
    assert.equal(await rentedCount(), 0);
    assert.equal((await world.app.call('GET', path)).status, 404);
  });

  describe('Arguments', () => {
    test("unrent_numbers: if set to True, then all the phone numbers in the Powerpack's NumberPool will be unrented from the account", async () => {
      const other = '14155550150';
      await world.must('POST', `PhoneNumber/${other}/`);
      await world.must('DELETE', path, { unrent_numbers: 'True' });
      assert.equal(await rentedCount(), 1);
      assert.equal(
        (await world.app.call('GET', `Number/${other}/`)).status,
        200,
        'no other number is unrented',
      );
    });

    for (const given of [undefined, {}, { unrent_numbers: false }, { unrent_numbers: 'False' }]) {
      test(`unrent_numbers: default value is False; ${JSON.stringify(given) ?? 'no body'} unrents nothing`, async () => {
        assert.equal((await world.app.call('DELETE', path, given)).status, 204);
        assert.equal(await rentedCount(), members.length);
      });
    }
  });

  test('Response: HTTP Status Code 204', async () => {
    const { status, text } = await world.app.call('DELETE', path);
    assert.deepEqual([status, text], [204, '']);
    assert.equal(
      (await world.app.call('DELETE', path)).status,
      404,
      'a second time there is nothing to delete',
    );
  });

  describe('Example Request', () => {
    interface DeleteSample {
      readonly unrents: boolean;
      readonly run: () => Promise<void>;
    }

    const samples: Readonly<Record<string, DeleteSample>> = {
      Python: {
        unrents: false,
        run: () => send(...fetchThen('python', 'DELETE', '{"unrent_numbers": false}')),
      },
      Ruby: { unrents: true, run: () => replay('ruby', 'seed_delete') },
      Node: {
        unrents: false,
        run: async () => assert.equal(await runNode(nodeDelete), 'PlivoGenericResponse {}\n'),
      },
      // The sample asks to unrent, but the SDK drops that.
      PHP: { unrents: false, run: () => replay('php', 'seed_delete') },
      Java: {
        unrents: true,
        run: () => send(...fetchThen('java', 'DELETE', javaDelete(world.powerpackUuid))),
      },
      '.NET': { unrents: false, run: () => replay('dotnet', 'seed_delete') },
      'curl, as recorded': { unrents: false, run: () => replay('curl', 'seed_delete') },
      Go: { unrents: false, run: () => send(...fetchThen('go', 'DELETE', '{}\n')) },
    };

    for (const [language, { unrents, run }] of Object.entries(samples)) {
      test(language, () => checkDelete(unrents, run));
    }

    test('curl', async (context) => {
      if (!(await hasProgram('curl'))) return context.skip('curl is not installed');
      await checkDelete(false, async () =>
        assert.match(await runShell(curlDelete), /HTTP\/1\.1 204 No Content/),
      );
    });
  });

  async function checkDelete(unrents: boolean, run: () => Promise<void>): Promise<void> {
    await run();
    assert.equal((await world.app.call('GET', path)).status, 404);
    assert.equal(await rentedCount(), unrents ? 0 : members.length);
  }
});

const javaDelete = (uuid: string) => `{"id":"${uuid}","secondary_id":null,"unrent_numbers":true}`;

/** Headers of the SDKs that nobody recorded (wire-control-plane 1.1): of a request without a body, and of one with. */
const sdkHeaders = {
  python: { get: { 'content-type': 'application/json' }, change: { 'content-type': 'application/json' } },
  go: {
    get: { 'content-type': 'application/json', 'accept-encoding': 'gzip' },
    change: { 'content-type': 'application/json', 'accept-encoding': 'gzip' },
  },
  java: {
    get: { 'accept-encoding': 'gzip' },
    change: { 'content-type': 'application/json; charset=UTF-8', 'accept-encoding': 'gzip' },
  },
} as const;

/** Returns the requests of these samples: the powerpack is fetched, then changed. Go fetches it with two slashes. */
function fetchThen(sdk: keyof typeof sdkHeaders, method: string, body: string): RecordedRequest[] {
  const { get, change } = sdkHeaders[sdk];
  const target = `/v1/Account/${world.app.account.authId}/${path}`;
  const fetched = {
    method: 'GET',
    path: sdk === 'go' ? `${target}/` : target,
    query: '',
    headers: get,
    body: '',
  };
  return [fetched, { method, path: target, query: '', headers: change, body }];
}

/** Repeats the requests that an SDK sent when the sample ran on it. */
function replay(sdk: RecordedSdk, flowName: string): Promise<void> {
  const flow = readRecording(sdk).flows.find(({ name }) => name === flowName);
  assert.ok(flow !== undefined);
  return send(...flow.steps.map(({ request }) => inWorld(world, request)));
}

async function send(...requests: readonly RecordedRequest[]): Promise<void> {
  for (const { method, path: target, headers, body } of requests) {
    const authorization = basicAuth(world.app.account);
    const answer = await sendRaw(world.app.url, {
      method,
      target,
      headers: { ...headers, authorization },
      body,
    });
    assert.equal(answer.status, method === 'DELETE' ? 204 : 200, answer.text);
  }
}

const runNode = (sample: string) => runSample(process.execPath, '-e', sample);
const runShell = (sample: string) => runSample('sh', '-c', sample);

/** Runs a sample as printed, only the placeholders filled in; TLS leads it here. Answers what it prints. */
async function runSample(command: string, flag: string, sample: string): Promise<string> {
  const { authId, authToken } = world.app.account;
  const { code, stdout, stderr } = await dropIn.run(command, [
    flag,
    filledIn(sample, authId, authToken, world.powerpackUuid),
  ]);
  assert.equal(code, 0, stderr);
  return stdout;
}
