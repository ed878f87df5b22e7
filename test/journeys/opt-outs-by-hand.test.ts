// Opt-outs as a resource: listed, checked, added and removed by hand, imported and exported, with a history and callbacks.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { TestAccount } from '../support/app.ts';
import { makePowerpack, readMessage, sendOne, sendText, stateOf } from '../support/messaging.ts';
import { startServerWithCatcher } from '../support/shared-server.ts';

const { server, catcher } = await startServerWithCatcher();

const secondMs = 1000;
const [first, second, third] = ['12015550101', '12015550102', '12015550103'];
let shop: { uuid: string; pool: string };
let bank: { uuid: string; pool: string };
let part: TestAccount;

before(async () => {
  shop = await makePowerpack(server, 'shop', [first, second]);
  bank = await makePowerpack(server, 'bank', [third]);
  const made = await server.call('POST', 'Subaccount/', { name: 'part', enabled: true });
  part = { authId: made.body.auth_id, authToken: made.body.auth_token };
});

const outcomeOf = async (fields: object) => {
  const id = await sendOne(server, fields);
  await server.advance(10 * secondMs);
  return stateOf(server, id);
};
const optOuts = async (query = '') => (await server.call('GET', `OptOut/?${query}`)).body.objects;
const history = async (person: string, as?: TestAccount) =>
  (await server.call('GET', `OptOut/${person}/History/`, undefined, { as })).body.objects;
const add = (body: object, as?: TestAccount) => server.call('POST', 'OptOut/', body, { as });
const remove = (person: string, body: object) => server.call('DELETE', `OptOut/${person}/`, body);
const isBlocked = async (person: string, body: object = {}) => {
  const { body: answer } = await server.call('POST', 'OptOut/Check/', { destinations: [person], ...body });
  return answer.objects[0].opted_out;
};

test('a STOP is listed with its message, and START ends it: both are in the history', async () => {
  const person = '12125550111';
  await sendOne(server, { powerpack_uuid: shop.uuid, dst: person });
  await server.advance(5 * secondMs);
  const said = (await readMessage(server, await sendOne(server, { powerpack_uuid: shop.uuid, dst: person })))
    .from_number;
  const stop = await sendText(server, person, said, 'STOP');
  const { body } = await server.call('GET', `OptOut/${person}/`);
  const expected = {
    author: null,
    destination: person,
    excepted: [],
    message_uuid: stop,
    number: said,
    opted_out_on: body.opt_outs[0].opted_out_on,
    powerpack_uuid: shop.uuid,
    reason: null,
    scope: 'powerpack',
    source: 'message',
  };
  assert.deepEqual([body.opted_out, body.opt_outs], [true, [expected]]);
  assert.deepEqual(await optOuts(`destination__startswith=${person}`), [expected]);
  await server.advance(secondMs);
  const start = await sendText(server, person, said, 'START');
  assert.equal((await server.call('GET', `OptOut/${person}/`)).body.opted_out, false);
  assert.deepEqual(
    (await history(person)).map((one: Record<string, unknown>) => [
      one.change,
      one.source,
      one.message_uuid,
      one.number,
      one.scope,
    ]),
    [
      ['removed', 'message', start, said, 'powerpack'],
      ['added', 'message', stop, said, 'powerpack'],
    ],
  );
});

describe('added by hand, an opt-out blocks', () => {
  test('every member of its powerpack, without an exemption for a confirmation', async () => {
    const person = '12125550112';
    const { body } = await add({ destinations: [person], powerpack_uuid: shop.uuid, reason: 'telephone' });
    assert.deepEqual([body.message, body.added, body.known], ['added', 1, 0]);
    assert.equal(await outcomeOf({ powerpack_uuid: shop.uuid, dst: person }), 'failed 200');
    assert.equal(await outcomeOf({ powerpack_uuid: bank.uuid, dst: person }), 'delivered 000');
    assert.deepEqual(
      [
        await isBlocked(person, { powerpack_uuid: shop.uuid }),
        await isBlocked(person, { powerpack_uuid: bank.uuid }),
      ],
      [true, false],
    );
    const again = await add({ destinations: [person, person], powerpack_uuid: shop.uuid });
    assert.deepEqual([again.body.added, again.body.known], [0, 2]);
    assert.deepEqual(
      (await history(person)).map((one: Record<string, unknown>) => [one.reason, one.author]),
      [['telephone', server.account.authId]],
    );
  });

  test('one number', async () => {
    const person = '12125550113';
    await add({ destinations: [person], number: first });
    assert.equal(await outcomeOf({ src: first, dst: person }), 'failed 200');
    assert.equal(await outcomeOf({ src: second, dst: person }), 'delivered 000');
    assert.deepEqual(
      [await isBlocked(person, { number: first }), await isBlocked(person, { number: second })],
      [true, false],
    );
  });

  test('each number of its powerpack, as the check of a number says', async () => {
    const person = '12125550123';
    await add({ destinations: [person], powerpack_uuid: shop.uuid });
    assert.equal(await outcomeOf({ src: second, dst: person }), 'failed 200');
    assert.equal(await outcomeOf({ src: third, dst: person }), 'delivered 000');
    assert.deepEqual(
      [
        await isBlocked(person, { number: second }),
        await isBlocked(person, { number: third }),
        await isBlocked(person, { number: second, powerpack_uuid: bank.uuid }),
      ],
      [true, false, true],
    );
  });

  test('the account; START takes out of it what it was written to, and nothing else', async () => {
    const person = '12125550114';
    await add({ destinations: [person], author: 'Ann' });
    for (const pack of [shop, bank]) {
      assert.equal(await outcomeOf({ powerpack_uuid: pack.uuid, dst: person }), 'failed 200');
    }
    await sendText(server, person, first, 'START');
    await server.advance(10 * secondMs);
    assert.equal(await outcomeOf({ powerpack_uuid: shop.uuid, dst: person }), 'delivered 000');
    assert.equal(await outcomeOf({ src: second, dst: person }), 'delivered 000');
    assert.equal(await outcomeOf({ powerpack_uuid: bank.uuid, dst: person }), 'failed 200');
    const [left] = (await server.call('GET', `OptOut/${person}/`)).body.opt_outs;
    assert.deepEqual([left.scope, left.excepted, left.author], ['account', [first, shop.uuid], 'Ann']);
    assert.deepEqual(
      [
        await isBlocked(person, { powerpack_uuid: shop.uuid }),
        await isBlocked(person, { powerpack_uuid: bank.uuid }),
      ],
      [false, true],
    );
    assert.equal(await isBlocked(person, { number: first }), false);
    await sendText(server, person, first, 'STOP');
    assert.equal(await isBlocked(person, { powerpack_uuid: shop.uuid }), true);
  });

  for (const [how, again] of [
    ['by hand', (person: string) => add({ destinations: [person], reason: 'again' })],
    [
      'by a file',
      (person: string) =>
        server.call('POST', 'OptOut/Import/', { csv: `destination,reason\n${person},again\n` }),
    ],
  ] as const) {
    test(`the account as a whole again, once it is added again ${how} after START`, async () => {
      const person = how === 'by hand' ? '12125550120' : '12125550121';
      await add({ destinations: [person] });
      await sendText(server, person, first, 'START');
      await server.advance(10 * secondMs);
      assert.equal(await outcomeOf({ powerpack_uuid: shop.uuid, dst: person }), 'delivered 000');
      const { body } = await again(person);
      assert.deepEqual([body.added, body.known], [1, 0]);
      const [optOut] = (await server.call('GET', `OptOut/${person}/`)).body.opt_outs;
      assert.deepEqual(optOut.excepted, []);
      assert.equal(await outcomeOf({ powerpack_uuid: shop.uuid, dst: person }), 'failed 200');
      assert.deepEqual(
        (await history(person)).map((one: Record<string, unknown>) => [one.change, one.reason]),
        [
          ['widened', 'again'],
          ['narrowed', null],
          ['added', null],
        ],
      );
      assert.equal((await again(person)).body.known, 1);
    });
  }

  test('a file that has the opt-out from before START leaves what START let through', async () => {
    const person = '12125550122';
    await add({ destinations: [person] });
    const { csv } = (await server.call('GET', 'OptOut/Export/')).body;
    await sendText(server, person, first, 'START');
    await server.advance(10 * secondMs);
    assert.equal((await server.call('POST', 'OptOut/Import/', { csv })).body.added, 0);
    assert.equal(await isBlocked(person, { powerpack_uuid: shop.uuid }), false);
  });
});

test('removed by hand, with a reason, the person hears again', async () => {
  const person = '12125550115';
  await add({ destinations: [person], powerpack_uuid: shop.uuid });
  await add({ destinations: [person], number: third });
  assert.equal((await remove(person, {})).status, 400);
  assert.equal((await remove(person, { reason: 'asked', powerpack_uuid: bank.uuid })).status, 404);
  const some = await remove(person, { reason: 'asked', powerpack_uuid: shop.uuid });
  assert.deepEqual([some.body.message, some.body.removed], ['removed', 1]);
  assert.equal(await outcomeOf({ powerpack_uuid: shop.uuid, dst: person }), 'delivered 000');
  assert.equal(await outcomeOf({ src: third, dst: person }), 'failed 200');
  assert.equal((await remove(person, { reason: 'asked in the shop', author: 'Bo' })).body.removed, 1);
  assert.equal((await remove(person, { reason: 'again' })).status, 404);
  const [last] = await history(person);
  assert.deepEqual(
    [last.change, last.reason, last.author, last.source, last.number],
    ['removed', 'asked in the shop', 'Bo', 'api', third],
  );
});

test('the list is filtered by every fact, and paged', async () => {
  const people = Array.from({ length: 25 }, (_, index) => `13125550${100 + index}`);
  await add({ destinations: people, powerpack_uuid: bank.uuid });
  const page = await server.call('GET', 'OptOut/?destination__startswith=1312&limit=20');
  assert.deepEqual([page.body.objects.length, page.body.meta.next !== null], [20, true]);
  const next = await server.call('GET', 'OptOut/?destination__startswith=%2B1312&offset=20');
  assert.deepEqual([next.body.objects.length, next.body.meta.next], [5, null]);
  const counts = async (query: string) => (await optOuts(`destination__startswith=1312&${query}`)).length;
  const found = [
    await counts(`powerpack_uuid=${bank.uuid}&limit=3`),
    await counts(`powerpack_uuid=${shop.uuid}`),
    await counts('scope=powerpack&source=api&limit=2'),
    await counts('scope=number'),
    await counts('source=import'),
    await counts(`number=${third}`),
    await counts('opted_out_on__gte=2026-03-14&limit=1'),
    await counts('opted_out_on__gte=2030-01-01'),
    await counts('opted_out_on__lte=2026-03-13'),
    await counts('opted_out_on__lte=2026-03-14&limit=1'),
  ];
  assert.deepEqual(found, [3, 0, 2, 0, 0, 0, 1, 0, 0, 1]);
});

describe('CSV:', () => {
  const importCsv = (csv: string, more: object = {}) =>
    server.call('POST', 'OptOut/Import/', { csv, ...more });

  test('a file is imported in one transaction, and known lines count as known', async () => {
    const csv = [
      'destination,scope,powerpack_uuid,number,opted_out_on,reason',
      `+1 415 555 0111,powerpack,${shop.uuid},,2025-01-02T03:04:05Z,"moved, from elsewhere"`,
      `14155550112,number,,${second},,`,
      '14155550113,account,,,,',
      '14155550113,,,,,again',
    ].join('\r\n');
    const { body } = await importCsv(csv, { author: 'Ann' });
    assert.deepEqual([body.message, body.added, body.known, body.bad_lines_count], ['imported', 3, 1, 0]);
    const [one] = (await server.call('GET', 'OptOut/14155550111/')).body.opt_outs;
    assert.deepEqual(
      [one.opted_out_on, one.reason, one.author, one.source],
      ['2025-01-02T03:04:05.000000Z', 'moved, from elsewhere', 'Ann', 'import'],
    );
    assert.equal(await outcomeOf({ src: second, dst: '14155550112' }), 'failed 200');
    assert.equal((await importCsv(csv)).body.known, 4);
    const ofSpreadsheet = '\ufeffdestination;scope;reason\r\n14155550113;account;"moved; again"\r\n';
    assert.equal((await importCsv(ofSpreadsheet)).body.known, 1);
  });

  test('a bad line is named and nothing is imported, unless bad lines are skipped', async () => {
    const other = '0198a000-0000-7000-8000-00000000dead';
    const csv = [
      'destination,scope,powerpack_uuid,number,opted_out_on',
      '16175550111,account,,,',
      '4155550111,account,,,',
      `16175550112,powerpack,${other},,`,
      '16175550113,number,,,',
      '16175550114,account,,,2031-01-01',
      '16175550115,planet,,,',
      '16175550116',
    ].join('\n');
    const refused = await importCsv(csv);
    assert.equal(refused.status, 400);
    assert.match(
      refused.body.error,
      /^line 3: destination must be a phone number with its country code.*; 5 more lines are bad; nothing was imported$/,
    );
    assert.deepEqual(await optOuts('destination__startswith=1617'), []);
    const { body } = await importCsv(csv, { skip_bad_lines: true });
    assert.deepEqual([body.added, body.bad_lines_count], [1, 6]);
    assert.deepEqual(
      body.bad_lines.map(({ line, error }: { line: number; error: string }) => `${line}: ${error}`).slice(1),
      [
        '4: powerpack_uuid must be a powerpack of the account',
        '5: number is required with the scope number',
        '6: opted_out_on must not be in the future',
        '7: scope must be one of number, powerpack, account',
        '8: it has not as many fields as the header',
      ],
    );
  });

  test('a powerpack in two spellings is one', async () => {
    const csv = [
      'destination,powerpack_uuid',
      `14155550114,${shop.uuid}`,
      `14155550114,${shop.uuid.toUpperCase()}`,
    ];
    const { status, body } = await importCsv(csv.join('\n'));
    assert.deepEqual([status, body.added, body.known], [200, 1, 1]);
  });

  for (const [what, csv, error] of [
    ['without a header', '16175550111\n', /unknown column "16175550111"; known are destination, scope/],
    ['without people', 'number,reason\n', /header that has a column destination/],
    ['with a column twice', 'destination,destination\n', /a column twice/],
    ['with an open quote', 'destination\n"161', /must be valid CSV/],
    ['with too many lines', `destination\n${'16175550111\n'.repeat(10_001)}`, /at most 10000 lines/],
  ] as const) {
    test(`a file ${what} is refused`, async () => {
      const { status, body } = await importCsv(csv);
      assert.equal(status, 400);
      assert.match(body.error, error);
    });
  }

  test('an export is imported again as it was', async () => {
    const seen = (await server.call('GET', 'OptOut/Export/')).body;
    assert.equal(seen.next, null);
    assert.match(seen.csv, /^destination,scope,powerpack_uuid,number,opted_out_on,reason,author\n/);
    assert.match(seen.csv, /\n14155550111,powerpack,.*,"moved, from elsewhere",Ann\n/);
    assert.equal(seen.csv.split('\n').length - 2, seen.count);
    const { body } = await importCsv(seen.csv);
    assert.deepEqual([body.added, body.known, body.bad_lines_count], [0, seen.count, 0]);
    const [, , third = ''] = seen.csv.split('\n');
    const [destination, , uuid, number] = third.split(',');
    const rest = await server.call('GET', `OptOut/Export/?after=${destination}|${number}|${uuid}`);
    assert.equal(rest.body.count, seen.count - 2);
    assert.equal((await server.call('GET', 'OptOut/Export/?after=abc')).status, 400);
  });
});

describe('callbacks', () => {
  const callsTo = (path: string) => catcher.calls.filter(({ url }) => new URL(url).pathname === path);

  test('tell each change to the URL of the account, signed', async () => {
    const person = '12125550116';
    const url = `${catcher.url}/opt-outs?mine=1`;
    assert.equal((await server.call('POST', '', { opt_out_url: url })).status, 202);
    const account = (await server.call('GET', '')).body;
    assert.deepEqual([account.opt_out_url, account.opt_out_method], [url, 'POST']);
    await add({ destinations: [person], powerpack_uuid: shop.uuid, reason: 'asked', author: 'Ann' });
    await server.advance(secondMs);
    await sendText(server, person, first, 'START');
    await server.advance(secondMs);
    const stop = await sendText(server, person, third, 'STOP');
    await server.advance(secondMs);
    const calls = callsTo('/opt-outs');
    assert.ok(calls.every((call) => call.isSignedWith(server.account.authToken)));
    assert.deepEqual(
      calls.map(({ parameters }) =>
        ['Event', 'Scope', 'PowerpackUUID', 'Number', 'Source'].map((name) => parameters[name]),
      ),
      [
        ['opt_out_added', 'powerpack', shop.uuid, '', 'api'],
        ['opt_out_removed', 'powerpack', shop.uuid, '', 'message'],
        ['opt_out_added', 'powerpack', bank.uuid, third, 'message'],
      ],
    );
    const [added, , stopped] = calls.map(({ parameters }) => parameters);
    assert.deepEqual([added?.Destination, added?.Reason, added?.Author], [person, 'asked', 'Ann']);
    assert.equal(stopped?.MessageUUID, stop);
    const { body } = await server.call('GET', `Webhook/?message_uuid=${stop}`);
    assert.deepEqual(
      body.objects.map(({ kind }: { kind: string }) => kind),
      ['opt_out'],
    );
  });

  test('are not made for imports, nor once the URL is taken away', async () => {
    const before = callsTo('/opt-outs').length;
    await server.call('POST', 'OptOut/Import/', { csv: 'destination\n18085550111\n' });
    await server.call('POST', '', { opt_out_url: null });
    assert.equal((await server.call('GET', '')).body.opt_out_url, null);
    await add({ destinations: ['18085550112'] });
    await server.advance(secondMs);
    assert.equal(callsTo('/opt-outs').length, before);
  });

  for (const [what, body, error] of [
    [
      'that cannot be called',
      { opt_out_url: 'ftp://x.example' },
      /^opt_out_url must be an http or https URL/,
    ],
    ['of a method alone', { opt_out_method: 'GET' }, /^opt_out_method needs an opt_out_url$/],
  ] as const) {
    test(`a URL ${what} is refused`, async () => {
      const refused = await server.call('POST', '', body);
      assert.equal(refused.status, 400);
      assert.match(refused.body.error, error);
    });
  }
});

describe('a subaccount', () => {
  test('opts out of its own powerpacks and numbers, and sees nothing else', async () => {
    const person = '12125550117';
    const own = await makePowerpack(server, 'of the part', ['12025550170'], { as: part });
    await add({ destinations: [person] });
    assert.equal((await add({ destinations: [person], powerpack_uuid: own.uuid }, part)).body.added, 1);
    assert.equal((await add({ destinations: [person], number: '12025550170' }, part)).body.added, 1);
    for (const [body, error] of [
      [{}, 'the scope account is for the main account'],
      [{ powerpack_uuid: shop.uuid }, 'powerpack_uuid must be a powerpack of the account'],
      [{ number: first }, 'number must be a number of the subaccount'],
    ] as const) {
      const refused = await add({ destinations: [person], ...body }, part);
      assert.deepEqual([refused.status, refused.body.error], [400, error]);
    }
    const seen = await server.call('GET', `OptOut/${person}/`, undefined, { as: part });
    assert.deepEqual(seen.body.opt_outs.map(({ scope }: { scope: string }) => scope).sort(), [
      'number',
      'powerpack',
    ]);
    assert.equal((await history(person, part)).length, 2);
    assert.equal((await history(person)).length, 3, 'the main account sees all');
    const removed = await server.call('DELETE', `OptOut/${person}/`, { reason: 'asked' }, { as: part });
    assert.equal(removed.body.removed, 2, 'that of the account is not its own');
    assert.equal((await add({ destinations: [person], powerpack_uuid: own.uuid })).body.added, 1);
    const refused = await server.call('POST', '', { opt_out_url: 'http://x.example' }, { as: part });
    assert.equal(refused.body.error, 'opt_out_url is a setting of the main account');
  });

  test('another account learns nothing', async () => {
    const stranger = await server.makeAccount();
    await add({ destinations: ['12125550118'] });
    const seen = await server.call('GET', 'OptOut/12125550118/', undefined, { as: stranger });
    assert.deepEqual(seen.body.opt_outs, []);
    const refused = await add({ destinations: ['12125550118'], powerpack_uuid: shop.uuid }, stranger);
    assert.equal(refused.status, 400);
  });
});

describe('refused is', () => {
  for (const [what, body, error] of [
    ['no number of a person', {}, 'destinations is required'],
    [
      'a number that is none',
      { destinations: ['12125550119', 'abc'] },
      'destinations[1] must be a phone number with its country code',
    ],
    [
      'the scope powerpack without a powerpack',
      { destinations: ['12125550119'], scope: 'powerpack' },
      'powerpack_uuid is required with the scope powerpack',
    ],
    [
      'the scope number without a number',
      { destinations: ['12125550119'], scope: 'number' },
      'number is required with the scope number',
    ],
    [
      'more people than a thousand',
      { destinations: Array.from({ length: 1001 }, () => '12125550119') },
      'destinations must be a list of at most 1000 entries',
    ],
  ] as const) {
    test(what, async () => {
      const refused = await add(body);
      assert.deepEqual([refused.status, refused.body.error], [400, error]);
    });
  }
});
