// Moving in: an account at the vendor, which another Rucksack plays, is made here with its ids, in one run or in several.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { readAccount } from '../../src/moving/account-endpoints.ts';
import { makeApiClient } from '../../src/moving/api-client.ts';
import { planExport } from '../../src/moving/export-plan.ts';
import { exportScript, planLines } from '../../src/moving/export-text.ts';
import { importAccount } from '../../src/moving/import-account.ts';
import { countMoves, reportLines } from '../../src/moving/report-text.ts';
import { startTestApp, type TestAccount, type TestApp } from '../support/app.ts';

let vendor: TestApp;
before(async () => {
  vendor = await startTestApp();
  await fillVendor();
});
after(() => vendor.stop());

const ids = { subaccount: '', token: '', xml: '', phlo: '', spare: '', first: '', pool: '', second: '' };

/** Makes an account with everything that can move: more numbers than a page and than a batch. */
async function fillVendor(): Promise<void> {
  const made = async (path: string, body: object, as?: TestAccount) => {
    const answer = await vendor.call('POST', path, body, { as });
    assert.ok(answer.status < 300, answer.text);
    return answer.body;
  };
  const sub = await made('Subaccount/', { name: 'marketing', enabled: true });
  await made('Subaccount/', { name: 'asleep', enabled: false });
  Object.assign(ids, { subaccount: sub.auth_id, token: sub.auth_token });
  const url = 'https://hooks.example.net/in';
  ids.xml = (
    await made('Application/', { app_name: 'replies', message_url: url, message_method: 'GET' })
  ).app_id;
  ids.phlo = (
    await made('Application/', { app_name: 'flow', application_type: 'PHLO', message_url: url })
  ).app_id;
  ids.spare = (await made('Application/', { app_name: 'spare' })).app_id;
  await made('Application/', { app_name: 'theirs', subaccount: sub.auth_id, log_incoming_messages: false });
  const numbers = Array.from({ length: 60 }, (_, index) => `${14155552000 + index}`);
  await made('Number/', {
    numbers: numbers.join(','),
    carrier: 'Plivo',
    region: 'California, UNITED STATES',
  });
  await made('Number/14155552000/', { alias: "o'clock", app_id: ids.xml });
  await made('Number/14155552059/', { subaccount: sub.auth_id });
  await made('Number/', { numbers: '18005552000', carrier: 'Plivo', region: 'UNITED STATES' });
  const priority = { priority1: 'tollfree', priority2: 'longcode' };
  const first = await made('Powerpack/', {
    name: 'checkout alerts',
    sticky_sender: false,
    application_id: ids.xml,
    application_type: 'XML',
    number_priority: [{ service_type: 'SMS', country_iso: 'US', priority }],
  });
  ids.first = first.uuid;
  ids.pool = first.number_pool.split('/')[5];
  await made(`${first.number_pool}Number/`, { numbers: numbers.slice(0, 55) });
  await made(`${first.number_pool}Number/14155552056/`, { service: 'mms' });
  await made(`${first.number_pool}Tollfree/18005552000/`, {});
  await made(`${first.number_pool}Shortcode/723450/`, { country_iso2: 'CA' });
  const as = { authId: sub.auth_id, authToken: sub.auth_token };
  const second = await made('Powerpack/', { name: 'of marketing', local_connect: false }, as);
  ids.second = second.uuid;
  await made(`${second.number_pool}Number/14155552059/`, {}, as);
}

interface Run {
  readonly isDryRun?: boolean;
  /** Ends the run at this request that makes resources, counted from 1, as an interruption would. */
  readonly endsAt?: number;
}

async function moveIn(here: TestApp, { isDryRun = false, endsAt = Number.POSITIVE_INFINITY }: Run = {}) {
  let posts = 0;
  const outside = { fetch, wait: async () => {} };
  const source = makeApiClient({ origin: vendor.url, who: 'the vendor', ...outside }, vendor.account);
  const target = makeApiClient(
    {
      ...outside,
      origin: here.url,
      who: 'the server here',
      fetch: (input, init) => {
        if (init?.method === 'POST' && ++posts >= endsAt) throw new Interrupted();
        return fetch(input, init);
      },
    },
    here.account,
  );
  const report = await importAccount({
    source,
    sourceOf: ({ id, fields }) =>
      fields.enabled === true
        ? source.of(id, { authId: id, authToken: String(fields.auth_token) })
        : undefined,
    target,
    targetOf: (id) => target.of(id, here.account),
    isDryRun,
    onProgress: () => {},
  });
  return { ...countMoves(report.moves), lines: reportLines(report, isDryRun), report, posts };
}

class Interrupted extends Error {}

async function startHere(t: { after: (run: () => Promise<void>) => void }): Promise<TestApp> {
  const here = await startTestApp();
  t.after(() => here.stop());
  return here;
}

/** Returns an answer without what two servers cannot have in common: ids of accounts and of requests. */
function comparable(text: string, app: TestApp): unknown {
  const { api_id: _, ...rest } = JSON.parse(text.replaceAll(app.account.authId, 'MAIN'));
  return rest;
}

const paths = () => [
  'Subaccount/',
  'Application/',
  `Application/${ids.phlo}/`,
  'Number/?limit=20&offset=40',
  'Number/14155552000/',
  'Number/18005552000/',
  `Powerpack/${ids.first}/`,
  `NumberPool/${ids.pool}/Number/?limit=20&offset=40`,
  `NumberPool/${ids.pool}/Tollfree/`,
  `NumberPool/${ids.pool}/Shortcode/`,
  `/v1/Account/${ids.subaccount}/Powerpack/`,
];

async function assertSame(here: TestApp): Promise<void> {
  for (const path of paths()) {
    const there = await vendor.call('GET', path);
    const copy = await here.call('GET', path);
    assert.equal(copy.status, 200, `${path}: ${copy.text}`);
    // Members are as old as their membership here.
    const ageless = (text: string) => text.replaceAll(/"added_on":"[^"]+T[^"]+"/g, '"added_on":""');
    assert.deepEqual(comparable(ageless(copy.text), here), comparable(ageless(there.text), vendor), path);
  }
}

describe('moving in', () => {
  test('a dry run says what would be made, and makes nothing', async (t) => {
    const here = await startHere(t);
    const { made, present, refused, lines } = await moveIn(here, { isDryRun: true });
    assert.deepEqual([made, present, refused], [2 + 4 + 61 + 2 + 58 + 1, 0, 0]);
    assert.ok(lines.includes(`make     powerpack    ${ids.first} "checkout alerts"`));
    assert.ok(lines.includes(`make     powerpack    ${ids.second} "of marketing" (of ${ids.subaccount})`));
    assert.ok(lines.includes('Nothing was changed.'));
    for (const path of ['Subaccount/', 'Application/', 'Number/', 'Powerpack/']) {
      assert.equal((await here.call('GET', path)).body.meta.total_count, 0);
    }
  });

  test('makes the same here, ids included, and a second run changes nothing', async (t) => {
    const here = await startHere(t);
    const first = await moveIn(here);
    assert.deepEqual([first.refused, first.different, first.made], [0, 0, 128]);
    await assertSame(here);
    const second = await moveIn(here);
    assert.deepEqual([second.made, second.present, second.different, second.posts], [0, 128, 0, 0]);
  });

  test('credentials of a subaccount, and the ids that programs know, go on working', async (t) => {
    const here = await startHere(t);
    await moveIn(here);
    const as = { authId: ids.subaccount, authToken: ids.token };
    const sent = await here.call(
      'POST',
      'Message/',
      { powerpack_uuid: ids.second, dst: '14155553000', text: 'still here' },
      { as },
    );
    assert.equal(sent.status, 202, sent.text);
  });

  test('a run that is interrupted at any request is finished by the next', async (t) => {
    for (const endsAt of [1, 2, 4, 5, 6, 8]) {
      const here = await startHere(t);
      await assert.rejects(moveIn(here, { endsAt }));
      const { made, present, refused } = await moveIn(here);
      assert.deepEqual([made + present, refused], [128, 0], `ended at ${endsAt}`);
      await assertSame(here);
    }
  });

  test('powerpacks that cannot be read are named: those of a subaccount that is disabled', async (t) => {
    const { lines } = await moveIn(await startHere(t), { isDryRun: true });
    assert.ok(
      lines.some((line) => /^left {5}powerpacks of subaccount SA\w+ "asleep": it is disabled/.test(line)),
    );
    assert.ok(lines.some((line) => line.startsWith('- sticky senders')));
  });

  test('a resource that differs is told field by field, and left as it is', async (t) => {
    const here = await startHere(t);
    await moveIn(here);
    await here.call('POST', `Powerpack/${ids.first}/`, { sticky_sender: true, name: 'renamed' });
    await here.call('POST', `Subaccount/${ids.subaccount}/`, { name: 'sales' });
    const { made, different, lines } = await moveIn(here);
    assert.deepEqual([made, different], [0, 2]);
    assert.ok(
      lines.includes(
        `differs  powerpack    ${ids.first} "checkout alerts": name is checkout alerts there, renamed here; sticky_sender is false there, true here`,
      ),
    );
    assert.equal((await here.call('GET', `Powerpack/${ids.first}/`)).body.name, 'renamed');
  });

  test('conflicts are refused by name, before and in the run, and the rest is made', async (t) => {
    const here = await startHere(t);
    // Another account of the server has moved in before with the same resources; this one has a powerpack of the same name.
    const other = await here.makeAccount('Other');
    const numbers = { numbers: '14155552003', carrier: 'x', region: 'x' };
    assert.equal((await here.call('POST', 'Number/', numbers, { as: other })).status, 202);
    const theirs = {
      applications: [{ app_id: ids.spare, app_name: 'first come' }],
      subaccounts: [{ auth_id: ids.subaccount, name: 'first come', enabled: true }],
    };
    const taken = await here.call('POST', 'Import/', theirs, { as: other });
    assert.equal(taken.body.made, 2, taken.text);
    assert.equal((await here.call('POST', 'Powerpack/', { name: 'checkout alerts' })).status, 200);

    const plan = await moveIn(here, { isDryRun: true });
    const expected = [
      `refused  subaccount   ${ids.subaccount} "marketing": auth_id already in use`,
      `refused  application  ${ids.spare} "spare": app_id is in use by another account`,
      'refused  number       14155552003: number belongs to another account',
      `refused  powerpack    ${ids.first} "checkout alerts": powerpack name already in use`,
    ];
    for (const line of expected) assert.ok(plan.lines.includes(line), `${line}\n${plan.lines.join('\n')}`);
    const run = await moveIn(here);
    for (const line of expected) assert.ok(run.lines.includes(line), `${line}\n${run.lines.join('\n')}`);
    // Whatever refers to those is refused too, each with its reason.
    assert.ok(run.lines.some((line) => /^refused {2}member .*14155552003 in pool/.test(line)));
    assert.equal((await here.call('GET', 'Number/14155552001/')).status, 200);
    assert.equal((await here.call('GET', `Application/${ids.phlo}/`)).status, 200);
  });

  test('a powerpack that was deleted here is not made again', async (t) => {
    const here = await startHere(t);
    await moveIn(here);
    await here.call('DELETE', `Powerpack/${ids.first}/`);
    const { lines } = await moveIn(here);
    assert.ok(
      lines.includes(
        `refused  powerpack    ${ids.first} "checkout alerts": uuid or number pool is in use by another or a deleted powerpack`,
      ),
    );
  });
});

describe('the import of the API', () => {
  test('is for the token of the account: an API key may not put tokens in place', async () => {
    const key = await vendor.call('POST', 'Key/', { name: 'k', role: 'operator' });
    const as = { authId: key.body.key_id, authToken: key.body.secret };
    assert.equal((await vendor.call('POST', 'Import/', {}, { as })).status, 403);
  });

  for (const [what, body, sentence] of [
    [
      'an id that is none',
      { subaccounts: [{ auth_id: 'SA1', name: 'x', enabled: true }] },
      /^subaccounts\[0\]\.auth_id must be/,
    ],
    [
      'a powerpack without a pool',
      { powerpacks: [{ uuid: crypto.randomUUID(), name: 'x' }] },
      /number_pool_uuid is required/,
    ],
    ['a day that is none', { numbers: [{ number: '14155552000', added_on: '2026-13-45' }] }, /is no date$/],
    [
      'a pool that is none',
      { members: [{ number_pool_uuid: 'x', number: '1' }] },
      /^number_pool_uuid must be a UUID/,
    ],
    [
      'an unknown field',
      { numbers: [{ number: '14155552000', colour: 'red' }] },
      /numbers\[0\]\.colour is not a parameter/,
    ],
    [
      'too many at once',
      { numbers: Array.from({ length: 101 }, () => ({ number: '14155552000' })) },
      /^numbers must be a list of at most 100/,
    ],
  ] as const) {
    test(`refuses ${what}`, async () => {
      const answer = await vendor.call('POST', 'Import/', body);
      assert.equal(answer.status, 400, answer.text);
      assert.match(answer.body.error, sentence);
    });
  }
});

describe('the plan of moving out', () => {
  test('its script makes the same at a vendor that has the numbers, under new ids', async (t) => {
    const there = await startHere(t);
    const numbers = Array.from({ length: 60 }, (_, index) => `${14155552000 + index}`);
    const rented = [...numbers, '18005552000'].join(',');
    await there.call('POST', 'Number/', { numbers: rented, carrier: 'Plivo', region: 'US' });
    const client = makeApiClient(
      { origin: vendor.url, who: 'the server here', fetch, wait: async () => {} },
      vendor.account,
    );
    const copy = await readAccount(client, ({ id }) => client.of(id, vendor.account));
    const steps = planExport(copy.resources);
    const plan = planLines(steps, copy.notes);
    assert.ok(plan.some((line) => /hand {2}make application .* "flow" as a PHLO/.test(line)));
    assert.ok(plan.some((line) => /hand {2}have the vendor attach short code 723450 \(CA\)/.test(line)));
    assert.ok(
      plan.some((line) =>
        /hand {2}rent or port to the vendor, before what follows: 14155552000, /.test(line),
      ),
    );
    assert.ok(
      plan.some((line) => /call {2}POST NumberPool\/\{pool_\d+\}\/Tollfree\/18005552000\/ /.test(line)),
    );

    const script = spawn('bash', ['-s'], {
      env: {
        PATH: process.env.PATH,
        PLIVO_URL: there.url,
        PLIVO_AUTH_ID: there.account.authId,
        PLIVO_AUTH_TOKEN: there.account.authToken,
      },
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    script.stdin.end(exportScript(steps));
    const [stderr, [status]] = await Promise.all([text(script.stderr), once(script, 'close')]);
    assert.deepEqual([status, stderr], [0, '']);
    const pack = (await there.call('GET', 'Powerpack/')).body.objects[0];
    assert.deepEqual([pack.name, pack.sticky_sender], ['checkout alerts', false]);
    assert.notEqual(pack.uuid, ids.first);
    const application = (await there.call('GET', `Application/${pack.application_id}/`)).body;
    assert.deepEqual([application.app_name, application.message_method], ['replies', 'GET']);
    const count = (await there.call('GET', `${pack.number_pool}Number/`)).body.meta.total_count;
    assert.equal(count, 57);
    assert.equal((await there.call('GET', 'Number/14155552000/')).body.alias, "o'clock");
    // Two were made in one millisecond of this clock, so their order in the list is open.
    const marketing = (await there.call('GET', 'Subaccount/')).body.objects.find(
      ({ name }: { name: string }) => name === 'marketing',
    );
    const own = await there.call('GET', `/v1/Account/${marketing.auth_id}/Powerpack/`);
    assert.equal(own.body.objects[0].name, 'of marketing');
  });
});
