// Why messages did not arrive, counted; and finding messages by number, text and area.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApp, type TestApp } from '../support/app.ts';
import { addRule, type MadePowerpack, makePowerpack, send, sendText } from '../support/messaging.ts';

const [ours, ours2] = ['14155550100', '12125550100'];

let server: TestApp;
let parcels: MadePowerpack;
let codes: MadePowerpack;
before(async () => {
  server = await startTestApp();
  parcels = await makePowerpack(server, 'Parcels', [ours]);
  codes = await makePowerpack(server, 'Codes', [ours2]);
  addRule(server, '1312*', { report: 'undelivered', errorCode: 30 });
  addRule(server, '1305*', { report: 'undelivered', errorCode: 80 });
  const dst = ['13125550120', '13125550121', '13055550120', '14155550120'].join('<');
  await send(server, { powerpack_uuid: parcels.uuid, dst, text: 'Your parcel: 100 % there' });
  await send(server, { powerpack_uuid: codes.uuid, dst: '13125550122', text: 'Code 1', log: 'number_only' });
  await server.advance(10_000);
  await sendText(server, '14155550120', ours, 'STOP');
  await server.advance(6 * 60_000);
  await send(server, { powerpack_uuid: parcels.uuid, dst: '14155550120', text: 'Never sent' });
  await server.advance(10_000);
});
after(() => server.stop());

const failures = async (query = '') => (await server.call('GET', `Failure/${query}`)).body;
const listed = async (query: string) => {
  const { status, body, text } = await server.call('GET', `Message/?${query}`);
  assert.equal(status, 200, text);
  return body.objects.map(({ to_number: to }: { to_number: string }) => to).sort();
};
const counted = async (query: string) => (await server.call('GET', `Message/Count/?${query}`)).body.count;

test('failures are counted by code, sender, powerpack and area', async () => {
  const { api_id: _, ...counts } = await failures();
  assert.deepEqual(counts, {
    messages: 5,
    complete: true,
    complete_from: null,
    codes: [
      { error_code: '30', error_message: 'Spam detected', messages: 3, undelivered: 3, failed: 0 },
      {
        error_code: '80',
        error_message: 'Destination temporarily unavailable',
        messages: 1,
        undelivered: 1,
        failed: 0,
      },
      {
        error_code: '200',
        error_message: 'Source number blocked by STOP from destination number',
        messages: 1,
        undelivered: 0,
        failed: 1,
      },
    ],
    buckets: [
      {
        start: '2026-03-14T09:00:00.000000Z',
        codes: [
          { error_code: '30', messages: 3 },
          { error_code: '80', messages: 1 },
          { error_code: '200', messages: 1 },
        ],
      },
    ],
    senders: [
      { number: ours, messages: 4 },
      { number: ours2, messages: 1 },
    ],
    powerpacks: [
      { powerpack_uuid: parcels.uuid, messages: 4 },
      { powerpack_uuid: codes.uuid, messages: 1 },
    ],
    areas: [
      { country_iso2: 'US', area_code: '312', region: 'Illinois', messages: 3 },
      { country_iso2: 'US', area_code: '305', region: 'Florida', messages: 1 },
      { country_iso2: 'US', area_code: '415', region: 'California', messages: 1 },
    ],
  });
});

test('the filters of the list narrow them', async () => {
  const of = async (query: string) => (await failures(`?${query}`)).messages;
  assert.equal(await of('error_code=30'), 3);
  assert.equal(await of('error_code=30&from_number=%2B1 415 555 0100'), 2);
  assert.equal(await of(`powerpack_id=${codes.uuid}`), 1);
  assert.equal(await of('area_code=312&message_state=undelivered'), 3);
  assert.equal(await of('message_state=failed'), 1);
  assert.equal(await of('message_state=delivered'), 0);
  assert.equal(await of('message_time__lt=2020-01-01'), 0);
  assert.equal((await server.call('GET', 'Failure/?area_code=41')).status, 400);
});

test('failures are counted over time, by hour or by day', async () => {
  const as = await server.makeAccount();
  const moments = [
    '2026-03-12T23:59:59.999Z',
    '2026-03-13T00:00:00Z',
    '2026-03-13T00:59:00Z',
    '2026-03-14T09:00:00Z',
  ];
  await server.app.db.query(
    `insert into failed_messages (message_id, account_id, status, error_code, service, sender, country_iso2, area_code)
     select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || '7000800000000000000' || n)::uuid, $1, 'failed',
       case when n = 2 then 30 else 80 end, 'sms', '14155550100', 'US', '415'
     from unnest($2::timestamptz[]) with ordinality as moments (at, n)`,
    [as.authId, moments],
  );
  const over = async (by: string) => {
    const query = `?by=${by}&message_time__gte=2026-03-01`;
    const { status, body, text } = await server.call('GET', `Failure/${query}`, undefined, { as });
    assert.equal(status, 200, text);
    return body.buckets.map(
      ({ start, codes: found }: { start: string; codes: { error_code: string; messages: number }[] }) => [
        start.slice(0, 13),
        ...found.map(({ error_code: code, messages }) => `${code}: ${messages}`),
      ],
    );
  };
  assert.deepEqual(await over('hour'), [
    ['2026-03-12T23', '80: 1'],
    ['2026-03-13T00', '30: 1', '80: 1'],
    ['2026-03-14T09', '80: 1'],
  ]);
  assert.deepEqual(await over('day'), [
    ['2026-03-12T00', '80: 1'],
    ['2026-03-13T00', '30: 1', '80: 1'],
    ['2026-03-14T00', '80: 1'],
  ]);
  assert.equal((await server.call('GET', 'Failure/?by=week')).status, 400);
});

test('another account has failures of its own only', async () => {
  const stranger = await server.makeAccount();
  const { body } = await server.call('GET', 'Failure/', undefined, { as: stranger });
  assert.equal(body.messages, 0);
});

test('messages are found by a number in any spelling, on either side', async () => {
  for (const spelling of ['(312) 555-0120', '312 555 0120', '+1 312 555 0120', '13125550120']) {
    assert.deepEqual(await listed(`number=${encodeURIComponent(spelling)}`), ['13125550120'], spelling);
    assert.deepEqual(await listed(`to_number=${encodeURIComponent(spelling)}`), ['13125550120'], spelling);
  }
  // Five to people, a STOP, and the confirmation of it.
  assert.equal(await counted(`number=${ours}`), 7);
  assert.equal(await counted('number=14155550120'), 4);
});

test('messages are found by a part of their text, which is no pattern, and where it may be shown', async () => {
  assert.equal(await counted('text=PARCEL'), 4);
  assert.equal(await counted(`text=${encodeURIComponent('0 % t')}`), 4);
  assert.equal(await counted(`text=${encodeURIComponent('%r_el')}`), 0);
  assert.equal(await counted(`text=${encodeURIComponent('Code')}`), 0);
});

test('messages are found by the area code that they went to', async () => {
  assert.deepEqual(await listed('area_code=312'), ['13125550120', '13125550121', '13125550122']);
  assert.equal(await counted('area_code=312'), 3);
});

test('the health of a number is shown by hour, to its account', async () => {
  const { body } = await server.call('GET', `Number/${ours}/Health/`);
  assert.deepEqual(
    body.hours.map(({ finished, delivered }: { finished: number; delivered: number }) => [
      finished,
      delivered,
    ]),
    // Four to people, of which one arrived, and the confirmation of STOP.
    [[5, 2]],
  );
  const stranger = await server.makeAccount();
  assert.equal((await server.call('GET', `Number/${ours}/Health/`, undefined, { as: stranger })).status, 404);
});
