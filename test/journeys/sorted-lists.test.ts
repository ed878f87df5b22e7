// Lists that are put in order over all of their pages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApp, type TestApp } from '../support/app.ts';
import { makePowerpack, send, sendText } from '../support/messaging.ts';

let server: TestApp;
before(async () => {
  server = await startTestApp();
  for (const [name, role] of [
    ['beta', 'sender'],
    ['Alpha', 'read_only'],
    ['gamma', 'operator'],
  ] as const)
    await make('Key/', { name, role });
  for (const name of ['beta', 'Alpha', 'gamma'])
    await make('Subaccount/', { name, enabled: name !== 'beta' });
  await make('10dlc/Brand/', { brand_alias: 'beta' });
  await make('10dlc/Brand/', { brand_alias: 'Alpha', vetting_score: 70 });
  await make('10dlc/Brand/', { brand_alias: 'gamma', vetting_score: 50 });
  const { body } = await server.call('GET', '10dlc/Brand/');
  const usecases = { beta: 'MIXED', Alpha: '2FA', gamma: 'MARKETING' };
  for (const [campaign_alias, usecase] of Object.entries(usecases))
    await make('10dlc/Campaign/', { brand_id: body.brands[0].brand_id, campaign_alias, usecase });
  for (const name of ['second', 'first'])
    await make('Carrier/', {
      config: { name, type: 'smpp', hosts: ['127.0.0.1:1'], system_id: 'rucksack', password: 'geheim12' },
    });
  await make('Route/', { country: 'US', carrier: 'second', service: 'sms' });
  await make('Route/', { country: 'CA', carrier: 'simulator', service: 'mms' });
  await make('Route/', { kind: 'tollfree', carrier: 'first', service: 'sms' });
  for (const name of ['beta', 'Alpha', 'gamma']) {
    await server.advance(1000);
    const { uuid } = await makePowerpack(server, name, name === 'beta' ? ['14155550170', '14155550171'] : []);
    await server.call('DELETE', `Powerpack/${uuid}/`);
  }
});
after(() => server.stop());

async function make(path: string, fields: object): Promise<void> {
  await server.advance(1000);
  const { status, text } = await server.call('POST', path, fields);
  assert.ok(status < 300, text);
}

// biome-ignore lint/suspicious/noExplicitAny: the shape of an answer is what tests are about
type NameOf = (one: any) => string;

/** Returns what a list has on all of its pages, one object a page. */
async function allOf(path: string, query: string, nameOf: NameOf): Promise<string[]> {
  const found: string[] = [];
  for (let next: string | null = `${path}?limit=1&${query}`; next !== null; ) {
    const { status, body, text } = await server.call('GET', next);
    assert.equal(status, 200, text);
    found.push(...(body.objects ?? body.brands ?? body.campaigns).map(nameOf));
    next = body.meta.next;
  }
  return found;
}

type Lists = readonly (readonly [
  path: string,
  nameOf: NameOf,
  orders: readonly (readonly [string, readonly string[]])[],
])[];

const lists: Lists = [
  [
    'Key/',
    ({ name }) => name,
    [
      ['order_by=name', ['Alpha', 'beta', 'gamma']],
      ['order_by=role&descending=true', ['beta', 'Alpha', 'gamma']],
      ['order_by=created_on&descending=true', ['gamma', 'Alpha', 'beta']],
    ],
  ],
  [
    'Subaccount/',
    ({ name }) => name,
    [
      ['order_by=name&descending=true', ['gamma', 'beta', 'Alpha']],
      ['order_by=enabled', ['beta', 'Alpha', 'gamma']],
      ['order_by=created', ['beta', 'Alpha', 'gamma']],
    ],
  ],
  [
    '10dlc/Brand/',
    ({ brand_alias: name }) => name,
    [
      ['order_by=brand_alias', ['Alpha', 'beta', 'gamma']],
      ['order_by=vetting_score', ['gamma', 'Alpha', 'beta']],
      ['order_by=vetting_score&descending=true', ['Alpha', 'gamma', 'beta']],
    ],
  ],
  [
    '10dlc/Campaign/',
    ({ campaign_alias: name }) => name,
    [
      ['order_by=campaign_alias', ['Alpha', 'beta', 'gamma']],
      ['order_by=usecase', ['Alpha', 'gamma', 'beta']],
    ],
  ],
  [
    'Route/',
    ({ country, kind, carrier }) => `${country ?? kind} ${carrier}`,
    [
      ['order_by=senders&descending=true', ['tollfree first', 'US second', 'CA simulator']],
      ['order_by=service', ['CA simulator', 'US second', 'tollfree first']],
      ['order_by=carrier', ['tollfree first', 'US second', 'CA simulator']],
    ],
  ],
  [
    'Powerpack/Deleted/',
    ({ name }) => name,
    [
      ['', ['gamma', 'Alpha', 'beta']],
      ['order_by=name', ['Alpha', 'beta', 'gamma']],
      ['order_by=deleted_on', ['beta', 'Alpha', 'gamma']],
      ['order_by=members&descending=true', ['beta', 'gamma', 'Alpha']],
    ],
  ],
];

for (const [path, nameOf, orders] of lists) {
  test(`${path} is put in order over all pages`, async () => {
    for (const [query, expected] of orders)
      assert.deepEqual(await allOf(path, query, nameOf), expected, query);
    const refused = await server.call('GET', `${path}?order_by=colour`);
    assert.equal(refused.status, 400);
    assert.match(refused.body.error, /order_by/);
  });
}

test('Conversation/ is put in order over all pages', async () => {
  const ours = '14155550190';
  const { uuid } = await makePowerpack(server, 'Parcels', [ours]);
  const [often, once, never] = ['14155550122', '14155550123', '14155550121'];
  await send(server, { powerpack_uuid: uuid, dst: [often, once, never].join('<'), text: 'It is here' });
  await server.advance(1000);
  for (const text of ['one', 'two']) {
    await sendText(server, often, ours, text);
    await server.advance(1000);
  }
  await sendText(server, once, ours, 'Thanks');
  const orders: [query: string, numbers: string[]][] = [
    ['kind=all', [once, often, never]],
    ['kind=all&order_by=last_message', [never, often, once]],
    ['kind=all&order_by=received&descending=true', [often, once, never]],
    ['order_by=received', [once, often]],
    ['kind=all&order_by=number', [never, often, once]],
  ];
  for (const [query, expected] of orders)
    assert.deepEqual(await allOf('Conversation/', query, ({ number }) => number), expected, query);
  assert.equal((await server.call('GET', 'Conversation/?order_by=sent')).status, 400);
});
