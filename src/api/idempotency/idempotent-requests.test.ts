// `Idempotency-Key` over HTTP: a request may be sent any number of times, at any time; its work is done once.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { type ApiAnswer, type CallOptions, startTestApp, type TestApp } from '../../../test/support/app.ts';

let world: TestApp;
before(async () => {
  world = await startTestApp();
});
after(() => world.stop());

const withKey = (key: string, options: CallOptions = {}): CallOptions => ({
  ...options,
  headers: { 'idempotency-key': key },
});
const isReplay = ({ headers }: ApiAnswer) => headers.get('idempotent-replayed') === 'true';
const isNew = ({ headers }: ApiAnswer) => !headers.has('idempotent-replayed');

async function countSubaccounts(): Promise<number> {
  return (await world.call('GET', 'Subaccount/?limit=1')).body.meta.total_count;
}

describe('the same request under the same key', () => {
  test('gets the first answer again, unchanged, and is not carried out again', async () => {
    const send = () => world.call('POST', 'Powerpack/', { name: 'once' }, withKey('create once'));
    const first = await send();
    assert.deepEqual([first.status, isNew(first)], [200, true]);
    for (const again of [await send(), await send()]) {
      assert.ok(isReplay(again));
      assert.deepEqual([again.status, again.text], [first.status, first.text]);
      assert.equal(again.headers.get('content-type'), first.headers.get('content-type'));
    }
  });

  test('is carried out again without the key', async () => {
    await world.call('POST', 'Powerpack/', { name: 'twice' }, withKey('create twice'));
    assert.equal((await world.call('POST', 'Powerpack/', { name: 'twice' })).status, 409);
  });

  test('replays an answer without a body', async () => {
    const { body } = await world.call('POST', 'Powerpack/', { name: 'deleted once' });
    const send = () => world.call('DELETE', `Powerpack/${body.uuid}/`, undefined, withKey('delete once'));
    const answers = [await send(), await send()];
    assert.deepEqual(
      answers.map(({ status, text }) => [status, text]),
      [
        [204, ''],
        [204, ''],
      ],
    );
    assert.deepEqual(answers.map(isReplay), [false, true]);
    assert.equal((await world.call('DELETE', `Powerpack/${body.uuid}/`)).status, 404);
  });

  test('is the same with more slashes at the end', async () => {
    const first = await world.call('POST', 'Powerpack/', { name: 'slashes' }, withKey('slashes'));
    const again = await world.call('POST', 'Powerpack//', { name: 'slashes' }, withKey('slashes'));
    assert.ok(isReplay(again));
    assert.equal(again.text, first.text);
  });

  test('stores a new token encrypted, and shows it again', async () => {
    const account = await world.makeAccount();
    const send = (authToken: string) =>
      world.call('POST', 'Token/', {}, withKey('rotate once', { as: { ...account, authToken } }));
    const first = await send(account.authToken);
    assert.equal(first.status, 200);
    const again = await send(first.body.auth_token);
    assert.ok(isReplay(again));
    assert.equal(again.body.auth_token, first.body.auth_token);
    const kept = await world.app.db.query<{ text: string }>(
      `select encode(encrypted_body, 'escape') as text from idempotency_keys where account_id = $1`,
      [account.authId],
    );
    assert.equal(kept.length, 1);
    assert.ok(!kept[0]?.text.includes(first.body.auth_token));
  });
});

describe('an error', () => {
  const refusals: { title: string; path: string; body?: unknown; rawBody?: string; status: number }[] = [
    { title: 'of a parameter', path: 'Powerpack/', body: {}, status: 400 },
    { title: 'of a body', path: 'Powerpack/', rawBody: '{', status: 400 },
    {
      title: 'of a path',
      path: 'Powerpack/00000000-0000-4000-8000-000000000000/',
      body: {},
      status: 404,
    },
    { title: 'of a conflict', path: 'Powerpack/', body: { name: 'taken' }, status: 409 },
  ];

  for (const { title, path, body, rawBody, status } of refusals) {
    test(`${title} is replayed, and only it is stored`, async () => {
      if (title === 'of a conflict') await world.call('POST', 'Powerpack/', body);
      const options = withKey(`refused ${title}`, rawBody === undefined ? {} : { rawBody });
      const answers = [
        await world.call('POST', path, body, options),
        await world.call('POST', path, body, options),
      ];
      assert.deepEqual(
        answers.map((answer) => answer.status),
        [status, status],
      );
      assert.deepEqual(answers.map(isReplay), [false, true]);
      assert.equal(answers[0]?.text, answers[1]?.text);
    });
  }

  test('is replayed even when the request would succeed by now', async () => {
    const { body } = await world.call('POST', 'Powerpack/', { name: 'protected' });
    const path = `Powerpack/${body.uuid}/`;
    await world.call('POST', path, { deletion_protection: true });
    assert.equal((await world.call('DELETE', path, undefined, withKey('protected'))).status, 409);
    await world.call('POST', path, { deletion_protection: false });
    const again = await world.call('DELETE', path, undefined, withKey('protected'));
    assert.deepEqual([again.status, isReplay(again)], [409, true]);
    assert.equal((await world.call('GET', path)).status, 200);
  });

  test('of credentials is not stored', async () => {
    const as = { ...world.account, authToken: 'wrong' };
    const refused = await world.call('POST', 'Powerpack/', { name: 'later' }, withKey('later', { as }));
    assert.equal(refused.status, 401);
    const accepted = await world.call('POST', 'Powerpack/', { name: 'later' }, withKey('later'));
    assert.deepEqual([accepted.status, isNew(accepted)], [200, true]);
  });
});

describe('another request under the same key', () => {
  const others: { title: string; method: string; path: string; body: unknown }[] = [
    { title: 'another body', method: 'POST', path: 'Powerpack/', body: { name: 'other' } },
    {
      title: 'another query',
      method: 'POST',
      path: 'Powerpack/?sticky_sender=false',
      body: { name: 'mine' },
    },
    { title: 'another path', method: 'POST', path: 'Subaccount/', body: { name: 'mine' } },
    { title: 'another method', method: 'DELETE', path: 'Application/1/', body: { name: 'mine' } },
  ];

  for (const { title, method, path, body } of others) {
    test(`is refused: ${title}`, async () => {
      await world.call('POST', 'Powerpack/', { name: 'mine' }, withKey('mine'));
      const refused = await world.call(method, path, body, withKey('mine'));
      assert.equal(refused.status, 409);
      assert.match(refused.body.error, /^this Idempotency-Key was used for another request/);
      assert.ok(isNew(refused));
      const own = await world.call('POST', 'Powerpack/', { name: 'mine' }, withKey('mine'));
      assert.deepEqual([own.status, isReplay(own)], [200, true]);
    });
  }

  test('is a different one for another account', async () => {
    const as = await world.makeAccount();
    for (const account of [world.account, as]) {
      const answer = await world.call(
        'POST',
        'Powerpack/',
        { name: 'ours' },
        withKey('ours', { as: account }),
      );
      assert.deepEqual([answer.status, isNew(answer)], [200, true]);
    }
  });
});

test('an invalid key is refused by the name of its header, and ignored on GET', async () => {
  for (const key of ['', 'x'.repeat(256), 'caf\xe9', 'a\tb']) {
    const { status, body } = await world.call('POST', 'Powerpack/', { name: 'badly named' }, withKey(key));
    assert.equal(status, 400);
    assert.match(body.error, /^the header Idempotency-Key must be /);
    assert.equal((await world.call('GET', 'Powerpack/', undefined, withKey(key))).status, 200);
  }
  assert.equal((await world.call('POST', 'Powerpack/', { name: 'badly named' })).status, 200);
});

test('an error of the server leaves neither the changes nor the key', async () => {
  const { db } = world.app;
  await db.query(
    `create function fail() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$`,
  );
  // Deferred, so that it fails at the commit, when all the work is done.
  await db.query(
    `create constraint trigger fails after insert on powerpacks deferrable initially deferred
     for each row execute function fail()`,
  );
  const send = () => world.call('POST', 'Powerpack/', { name: 'in the end' }, withKey('in the end'));
  assert.equal((await send()).status, 500);
  assert.equal((await send()).status, 500);
  await db.query('drop trigger fails on powerpacks');
  const answer = await send();
  assert.deepEqual([answer.status, isNew(answer)], [200, true]);
  assert.ok(isReplay(await send()));
});

test('after 24 hours a key is free again', async () => {
  const start = world.time.now;
  const send = () => world.call('POST', 'Subaccount/', { name: 'daily' }, withKey('daily'));
  const at = (afterMs: number) => {
    world.time.now = new Date(start.getTime() + afterMs);
  };
  const dayMs = 24 * 3600 * 1000;
  const first = await send();
  at(dayMs - 1);
  assert.equal((await send()).text, first.text);
  at(dayMs);
  const second = await send();
  assert.ok(isNew(second));
  assert.notEqual(second.text, first.text);
  at(2 * dayMs - 1);
  assert.equal((await send()).text, second.text);
  world.time.now = start;
});

test('of many at once one is carried out, and all get its answer', async () => {
  for (let round = 1; round <= 8; round++) {
    const before = await countSubaccounts();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        world.call('POST', 'Subaccount/', { name: 'race' }, withKey(`race ${round}`)),
      ),
    );
    assert.equal(await countSubaccounts(), before + 1);
    assert.equal(answers.filter(isNew).length, 1);
    assert.equal(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, 1);
  }
});

test('requests in any order and at any time have as many effects as they have keys', async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(fc.nat({ max: 3 }), { freq: 5 }), { minLength: 1, maxLength: 12 }),
      async (keys) => {
        runs += 1;
        const before = await countSubaccounts();
        const answers = await Promise.all(
          keys.map((key) => {
            const options = key === null ? {} : withKey(`run ${runs} key ${key}`);
            return world.call('POST', 'Subaccount/', { name: `of key ${key}` }, options);
          }),
        );
        const named = keys.filter((key) => key !== null);
        const effects = keys.length - named.length + new Set(named).size;
        assert.equal((await countSubaccounts()) - before, effects);
        assert.equal(answers.filter(isNew).length, effects);
        assert.equal(new Set(answers.map(({ text }) => text)).size, effects);
      },
    ),
    { numRuns: 25, seed: 1 },
  );
});

test('one after the other, requests get the answers of a simple model', async () => {
  const start = world.time.now;
  const step = fc.record({
    key: fc.nat({ max: 1 }),
    name: fc.constantFrom('a', 'b'),
    hoursLater: fc.constantFrom(0, 1, 13, 24),
  });
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      runs += 1;
      const model = new Map<number, { name: string; atMs: number; text: string }>();
      for (const { key, name, hoursLater } of steps) {
        world.time.now = new Date(world.time.now.getTime() + hoursLater * 3600 * 1000);
        const nowMs = world.time.now.getTime();
        const answer = await world.call('POST', 'Subaccount/', { name }, withKey(`model ${runs} ${key}`));
        const known = model.get(key);
        if (known === undefined || nowMs - known.atMs >= 24 * 3600 * 1000) {
          assert.deepEqual([answer.status, isNew(answer)], [201, true]);
          model.set(key, { name, atMs: nowMs, text: answer.text });
        } else if (known.name === name) {
          assert.deepEqual([answer.status, isReplay(answer), answer.text], [201, true, known.text]);
        } else {
          assert.deepEqual([answer.status, isNew(answer)], [409, true]);
        }
      }
    }),
    { numRuns: 25, seed: 1 },
  );
  world.time.now = start;
});
