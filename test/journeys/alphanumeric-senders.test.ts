// Names as senders: asked for, approved by the operator, and sent from where the recipient's country takes names.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { startTestApp, type TestAccount, type TestApp } from '../support/app.ts';
import { makePowerpack, seenOf, send, sendOne, stateOf } from '../support/messaging.ts';

let server: TestApp;
let operator: TestAccount;
before(async () => {
  // Britain asks for registration, which the operator has made; the US never takes names, whatever is allowed.
  server = await startTestApp({ RUCKSACK_ALPHANUMERIC_COUNTRIES: 'gb,US' });
  operator = server.account;
});
after(() => server.stop());

const toFrance = '33612345678';
const toBritain = '447400123456';
const toSpain = '34612345678';
const toJamaica = '18765551234';

async function call(method: string, path: string, body?: object, as?: TestAccount) {
  const answer = await server.call(method, path, body, { as });
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
  return answer.body;
}

async function decide(uuid: string, status: 'approved' | 'rejected', reason?: string) {
  return call('POST', `AlphanumericReview/${uuid}/`, { status, ...(reason === undefined ? {} : { reason }) });
}

let account: TestAccount;
let pack: { uuid: string; pool: string };
let name: { uuid: string };
let names = 0;
let shown = '';
beforeEach(async () => {
  account = await server.makeAccount('Brand');
  shown = `Brand ${++names}`;
  pack = await makePowerpack(server, 'alerts', [], { as: account });
  await call(
    'POST',
    'Number/',
    { numbers: `${33142685300 + names}`, carrier: 'x', region: 'Paris' },
    account,
  );
  await call('POST', `NumberPool/${pack.pool}/Number/${33142685300 + names}/`, {}, account);
  name = await call('POST', 'AlphanumericSender/', { name: shown, note: 'our brand' }, account);
  await call('POST', `NumberPool/${pack.pool}/AlphanumericSender/${encodeURIComponent(shown)}/`, {}, account);
});

const number = () => `${33142685300 + names}`;

async function senderTo(dst: string, fields: object = {}): Promise<string> {
  const ids = await send(server, { powerpack_uuid: pack.uuid, dst, ...fields }, account);
  await server.advance(10_000);
  return seenOf(server, ids)[0]?.sender ?? 'nobody';
}

const explain = (dst: string, fields: object = {}) =>
  call('POST', `Powerpack/${pack.uuid}/Explain/`, { dst, ...fields }, account);

describe('a name', () => {
  test('sends once the operator has approved it, and no more once he has rejected it', async () => {
    assert.equal(await senderTo(toFrance), number());
    const waiting = await explain(toFrance);
    assert.deepEqual(
      waiting.others.map((other: { number: string; reason: string }) => [other.number, other.reason]),
      [[shown, 'unapproved']],
    );
    await decide(name.uuid, 'approved', 'seen the trade mark');
    assert.equal(await senderTo(`${Number(toFrance) + 1}`), shown);
    await decide(name.uuid, 'rejected', 'complaints');
    assert.equal(await senderTo(`${Number(toFrance) + 2}`), number());
    const own = await call(
      'GET',
      `AlphanumericSender/${encodeURIComponent(shown.toUpperCase())}/`,
      undefined,
      account,
    );
    assert.deepEqual([own.status, own.reason, own.name], ['rejected', 'complaints', shown]);
  });

  test('goes to countries that take names and those that the operator allows, else a number sends', async () => {
    await decide(name.uuid, 'approved');
    for (const [dst, sender] of [
      [toFrance, shown],
      [toBritain, shown],
      [toSpain, number()],
      [toJamaica, number()],
    ] as const) {
      assert.equal(await senderTo(dst), sender, dst);
    }
    const reach = (await explain(toSpain)).others;
    assert.deepEqual([reach[0].number, reach[0].reason, reach[0].type], [shown, 'reach', 'alphanumeric']);
  });

  test('never goes to the US or Canada: without a number that reaches, the message is refused', async () => {
    await decide(name.uuid, 'approved');
    for (const dst of ['12125552001', '14165552001']) {
      const sent = await server.call(
        'POST',
        'Message/',
        { powerpack_uuid: pack.uuid, dst, text: 'x' },
        { as: account },
      );
      assert.equal(sent.status, 400, sent.text);
      assert.match(sent.body.error, /reaches (US|CA); it has long codes \(FR\), names$/);
    }
  });

  test('carries no MMS', async () => {
    await decide(name.uuid, 'approved');
    await server.call('DELETE', `NumberPool/${pack.pool}/Number/${number()}/`, undefined, { as: account });
    const sent = await server.call(
      'POST',
      'Message/',
      { powerpack_uuid: pack.uuid, dst: toFrance, text: 'x', type: 'mms' },
      { as: account },
    );
    assert.equal(sent.status, 400, sent.text);
  });

  test('comes behind numbers where the powerpack says so', async () => {
    await decide(name.uuid, 'approved');
    await call('POST', `Powerpack/${pack.uuid}/`, { alphanumeric_first: false }, account);
    assert.equal(await senderTo(toFrance), number());
    await server.call('DELETE', `NumberPool/${pack.pool}/Number/${number()}/`, undefined, { as: account });
    assert.equal(await senderTo(`${Number(toFrance) + 1}`), shown);
  });

  test('never takes a conversation from its number: who has written to it is answered from it', async () => {
    await decide(name.uuid, 'approved');
    const person = `${Number(toFrance) + 10}`;
    assert.equal(await senderTo(person), shown);
    await call(
      'POST',
      `Simulator/Handset/${person}/Message/`,
      { dst: number(), text: 'Who is this?' },
      account,
    );
    assert.equal(await senderTo(person), number());
    const stickies = await call('GET', `Powerpack/${pack.uuid}/Sticky/`, undefined, account);
    assert.deepEqual(
      stickies.objects.map(({ number: sender }: { number: string }) => sender),
      [number()],
    );
  });

  test('is told by Explain: nobody can answer it', async () => {
    await decide(name.uuid, 'approved');
    const before = await explain(toFrance);
    assert.deepEqual([before.sender.number, before.sender.type], [shown, 'alphanumeric']);
    assert.match(before.warnings[0], /cannot write STOP to it/);
    const id = await sendOne(server, { powerpack_uuid: pack.uuid, dst: toFrance }, account);
    const after = await call('GET', `Message/${id}/Explain/`, undefined, account);
    assert.match(after.explanation, /nobody can answer it/);
  });

  test('keeps to opt-outs by hand', async () => {
    await decide(name.uuid, 'approved');
    await call('POST', 'OptOut/', { destinations: [toFrance], powerpack_uuid: pack.uuid }, account);
    const id = await sendOne(server, { powerpack_uuid: pack.uuid, dst: toFrance }, account);
    assert.equal(await stateOf(server, id, account), 'failed 200');
  });

  test('is a member of several pools of its account, and of none of another', async () => {
    const second = await makePowerpack(server, 'news', [], { as: account });
    const path = `AlphanumericSender/${encodeURIComponent(shown)}/`;
    await call('POST', `NumberPool/${second.pool}/${path}`, { sms_per_second: '5' }, account);
    const list = await call('GET', `NumberPool/${second.pool}/AlphanumericSender/`, undefined, account);
    assert.deepEqual(
      list.objects.map((one: { name: string; status: string; sms_per_second: number }) => [
        one.name,
        one.status,
        one.sms_per_second,
      ]),
      [[shown, 'pending', 5]],
    );
    const other = await makePowerpack(server, 'other', []);
    assert.equal((await server.call('POST', `NumberPool/${other.pool}/${path}`, {})).status, 404);
    await call('DELETE', `NumberPool/${second.pool}/${path}`, undefined, account);
    assert.equal(
      (await server.call('DELETE', `NumberPool/${second.pool}/${path}`, undefined, { as: account })).status,
      404,
    );
    // Lists of the vendor's know nothing of it.
    const numbers = await call('GET', `NumberPool/${pack.pool}/Number/`, undefined, account);
    assert.equal(numbers.meta.total_count, 1);
  });

  test('comes back with its powerpack', async () => {
    await decide(name.uuid, 'approved');
    await call('DELETE', `Powerpack/${pack.uuid}/`, undefined, account);
    const { restored } = await call('POST', `Powerpack/${pack.uuid}/Restore/`, {}, account);
    assert.ok(restored === undefined || restored.includes(shown));
    assert.equal(await senderTo(toFrance), shown);
  });
});

describe('messages that wait to be sent from a name', () => {
  for (const [how, end] of [
    ['rejected', () => decide(name.uuid, 'rejected', 'complaints')],
    ['deleted', () => call('DELETE', `AlphanumericSender/${encodeURIComponent(shown)}/`, undefined, account)],
  ] as const) {
    test(`fail with code 40 when it is ${how}`, async () => {
      await decide(name.uuid, 'approved');
      const slow = { sms_per_second: '0.05' };
      const path = `NumberPool/${pack.pool}/AlphanumericSender/${encodeURIComponent(shown)}/`;
      await call('POST', path, slow, account);
      const [first = '', second = ''] = await send(
        server,
        { powerpack_uuid: pack.uuid, dst: `${toFrance}<${Number(toFrance) + 1}` },
        account,
      );
      await server.advance(500);
      await end();
      await server.advance(60_000);
      assert.deepEqual(
        [await stateOf(server, first, account), await stateOf(server, second, account)],
        ['delivered 000', 'failed 40'],
      );
      assert.deepEqual(seenOf(server, [second]), []);
      assert.equal(await senderTo(`${Number(toFrance) + 2}`), number());
    });
  }

  test('take no time of it once they have failed, bulk messages neither', async () => {
    await decide(name.uuid, 'approved');
    const path = `NumberPool/${pack.pool}/AlphanumericSender/${encodeURIComponent(shown)}/`;
    await call('POST', path, { sms_per_second: '0.05' }, account);
    const bulk = (dst: string) => send(server, { powerpack_uuid: pack.uuid, dst, priority: 'bulk' }, account);
    await bulk(Array.from({ length: 5 }, (_, index) => Number(toFrance) + index).join('<'));
    await server.advance(500);
    await decide(name.uuid, 'rejected', 'complaints');
    await decide(name.uuid, 'approved');
    const [id = ''] = await bulk(`${Number(toFrance) + 9}`);
    const { wait_seconds: wait } = await call('GET', `Message/${id}/Explain/`, undefined, account);
    assert.ok(wait <= 20, `${wait} s`);
  });
});

describe('a request for a name', () => {
  for (const wrong of ['123456', '', 'TwelveLetter', '-Brand', 'Bränd', 'Brand!', 'a/b']) {
    test(`is refused for "${wrong}"`, async () => {
      const answer = await server.call('POST', 'AlphanumericSender/', { name: wrong }, { as: account });
      assert.equal(answer.status, 400, answer.text);
      assert.match(answer.body.error, /^name (must be 1 to 11 letters|is required)/);
    });
  }

  test('is refused for a name that the account has, in whatever case', async () => {
    const again = await server.call(
      'POST',
      'AlphanumericSender/',
      { name: shown.toUpperCase() },
      { as: account },
    );
    assert.equal(again.status, 409, again.text);
  });

  test('is seen and decided by the operator alone; one account has a name', async () => {
    const other = await server.makeAccount('Impostor');
    const same = await call('POST', 'AlphanumericSender/', { name: shown.toLowerCase() }, other);
    await decide(name.uuid, 'approved');
    const second = await server.call('POST', `AlphanumericReview/${same.uuid}/`, { status: 'approved' });
    assert.deepEqual([second.status, second.body.error], [409, 'the name is approved for another account']);
    const pending = await call('GET', 'AlphanumericReview/?status=pending');
    assert.ok(pending.objects.some((one: { auth_id: string }) => one.auth_id === other.authId));
    for (const [method, path] of [
      ['GET', 'AlphanumericReview/'],
      ['POST', `AlphanumericReview/${same.uuid}/`],
    ] as const) {
      const refused = await server.call(
        method,
        path,
        method === 'POST' ? { status: 'approved' } : undefined,
        {
          as: account,
        },
      );
      assert.equal(refused.status, 404);
    }
    const silent = await server.call('POST', `AlphanumericReview/${same.uuid}/`, { status: 'rejected' });
    assert.match(silent.body.error, /^reason is required/);
    const entries = await call('GET', 'Audit/', undefined, operator);
    assert.ok(
      entries.objects.some(
        ({ path, after }: { path: string; after: { status?: string } | null }) =>
          path === `AlphanumericReview/${name.uuid}/` && after?.status === 'approved',
      ),
    );
  });
});

test('names that are asked for at once are no more than an account may have', async () => {
  for (let place = 2; place < 100; place++)
    await call('POST', 'AlphanumericSender/', { name: `N${place}`, note: 'ours' }, account);
  const made = await Promise.all(
    ['A', 'B', 'C', 'D'].map((last) =>
      server.call('POST', 'AlphanumericSender/', { name: `Last ${last}`, note: 'ours' }, { as: account }),
    ),
  );
  assert.deepEqual(made.map(({ status }) => status).toSorted(), [201, 409, 409, 409]);
});
