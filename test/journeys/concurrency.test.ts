// Changes that arrive at the same moment leave a correct state and exact answers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Db } from '../../src/db/db.ts';
import { openTestPlace, startTestApp, type TestApp } from '../support/app.ts';

let world: TestApp;
before(async () => {
  world = await startTestApp();
});
after(() => world.stop());

/** Each race is run often, because one run may happen to go one after the other. */
const rounds = 12;
const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status).sort();

let made = 0;
async function makePowerpack(): Promise<{ uuid: string; pool: string; name: string }> {
  made += 1;
  const { body } = await world.call('POST', 'Powerpack/', { name: `race ${made}` });
  return { uuid: body.uuid, pool: body.number_pool.split('/')[5], name: body.name };
}

const times = (count: number) => Array.from({ length: count }, (_, index) => index);
const number = (index: number) => `1202555${String(100 + index).padStart(4, '0')}`;

test('two updates of different fields both count', async () => {
  for (const _ of times(rounds)) {
    const { uuid } = await makePowerpack();
    const answers = await Promise.all([
      world.call('POST', `Powerpack/${uuid}/`, { sticky_sender: false }),
      world.call('POST', `Powerpack/${uuid}/`, { local_connect: false }),
    ]);
    assert.deepEqual(statuses(answers), [200, 200]);
    const { body } = await world.call('GET', `Powerpack/${uuid}/`);
    assert.deepEqual([body.sticky_sender, body.local_connect], [false, false]);
    assert.ok(answers.some((answer) => !answer.body.sticky_sender && !answer.body.local_connect));
  }
});

test('an application that is attached while the powerpack is renamed stays attached', async () => {
  const { body: application } = await world.call('POST', 'Application/', { app_name: 'attached' });
  for (const round of times(rounds)) {
    const { uuid } = await makePowerpack();
    const change = { application_id: application.app_id, application_type: 'XML' };
    const answers = await Promise.all([
      world.call('POST', `Powerpack/${uuid}/`, change),
      world.call('POST', `Powerpack/${uuid}/`, { name: `renamed ${round}` }),
    ]);
    assert.deepEqual(statuses(answers), [200, 200]);
    const { body } = await world.call('GET', `Powerpack/${uuid}/`);
    assert.deepEqual([body.application_id, body.name], [application.app_id, `renamed ${round}`]);
  }
});

test('an application that is deleted while numbers take it leaves no number with a broken reference', async () => {
  for (const round of times(rounds)) {
    const { body: application } = await world.call('POST', 'Application/', { app_name: 'going' });
    const sender = `1213555${String(100 + round).padStart(4, '0')}`;
    const [rented, deleted] = await Promise.all([
      world.call('POST', `PhoneNumber/${sender}/`, { app_id: application.app_id }),
      world.call('DELETE', `Application/${application.app_id}/`),
    ]);
    assert.equal(deleted.status, 204);
    assert.ok([201, 400].includes(rented.status), `renting answered ${rented.status}`);
    const number = await world.call('GET', `Number/${sender}/`);
    assert.equal(number.status, rented.status === 201 ? 200 : 404);
    assert.equal(number.body.application ?? null, null);
  }
});

test('of two rent-and-adds of one number to one pool both find it there', async () => {
  for (const round of times(rounds)) {
    const { pool } = await makePowerpack();
    const path = `NumberPool/${pool}/Number/1214555${String(100 + round).padStart(4, '0')}/`;
    const answers = await Promise.all(times(2).map(() => world.call('POST', path, { rent: true })));
    assert.deepEqual(statuses(answers), [200, 200]);
  }
});

test('a restoration while its members are unrented leaves each of them whole', async () => {
  for (const round of times(rounds)) {
    const { uuid, pool } = await makePowerpack();
    const sender = `1215555${String(100 + round).padStart(4, '0')}`;
    await world.call('POST', `NumberPool/${pool}/Number/${sender}/`, { rent: true });
    await world.call('DELETE', `Powerpack/${uuid}/`);
    const [restored, unrented] = await Promise.all([
      world.call('POST', `Powerpack/${uuid}/Restore/`),
      world.call('DELETE', `Number/${sender}/`),
    ]);
    assert.deepEqual([restored.status, unrented.status], [200, 204]);
    const member = (await world.call('GET', `NumberPool/${pool}/Number/${sender}/`)).status;
    assert.equal((await world.call('GET', `Number/${sender}/`)).status, member);
  }
});

test('of many creations with one name one succeeds', async () => {
  for (const round of times(rounds)) {
    const answers = await Promise.all(
      times(8).map(() => world.call('POST', 'Powerpack/', { name: `unique ${round}` })),
    );
    assert.deepEqual(statuses(answers), [200, ...Array(7).fill(409)]);
  }
});

test('of two renames to one name one succeeds, and the other keeps its name', async () => {
  for (const round of times(rounds)) {
    const pair = [await makePowerpack(), await makePowerpack()];
    const answers = await Promise.all(
      pair.map(({ uuid }) => world.call('POST', `Powerpack/${uuid}/`, { name: `won ${round}` })),
    );
    assert.deepEqual(statuses(answers), [200, 409]);
    const names = await Promise.all(
      pair.map(async ({ uuid }) => (await world.call('GET', `Powerpack/${uuid}/`)).body.name),
    );
    assert.equal(names.filter((name) => name === `won ${round}`).length, 1);
    assert.equal(names.filter((name) => pair.some((powerpack) => powerpack.name === name)).length, 1);
  }
});

test('an update and a deletion: the deletion counts, the update counts or finds nothing', async () => {
  for (const _ of times(rounds)) {
    const { uuid } = await makePowerpack();
    const [updated, deleted] = await Promise.all([
      world.call('POST', `Powerpack/${uuid}/`, { local_connect: false }),
      world.call('DELETE', `Powerpack/${uuid}/`),
    ]);
    assert.equal(deleted.status, 204);
    assert.ok([200, 404].includes(updated.status));
    assert.equal((await world.call('GET', `Powerpack/${uuid}/`)).status, 404);
  }
});

test('of many deletions one succeeds', async () => {
  for (const _ of times(rounds)) {
    const { uuid } = await makePowerpack();
    const answers = await Promise.all(times(4).map(() => world.call('DELETE', `Powerpack/${uuid}/`)));
    assert.deepEqual(statuses(answers), [204, 404, 404, 404]);
  }
});

test('of two adds of one number to two pools one succeeds', async () => {
  for (const round of times(rounds)) {
    const pools = [(await makePowerpack()).pool, (await makePowerpack()).pool];
    await world.call('POST', `PhoneNumber/${number(round)}/`);
    const answers = await Promise.all(
      pools.map((pool) => world.call('POST', `NumberPool/${pool}/Number/${number(round)}/`)),
    );
    assert.deepEqual(statuses(answers), [200, 409]);
    const members = await Promise.all(
      pools.map((pool) => world.call('GET', `NumberPool/${pool}/Number/${number(round)}/`)),
    );
    assert.deepEqual(statuses(members), [200, 404]);
  }
});

test('of two rent-and-adds of one number to two pools one succeeds, and the number is rented once', async () => {
  for (const round of times(rounds)) {
    const pools = [(await makePowerpack()).pool, (await makePowerpack()).pool];
    const sender = number(20 + round);
    const answers = await Promise.all(
      pools.map((pool) => world.call('POST', `NumberPool/${pool}/Number/${sender}/`, { rent: true })),
    );
    assert.deepEqual(statuses(answers), [200, 409]);
    assert.equal((await world.call('GET', `Number/?number_startswith=${sender}`)).body.meta.total_count, 1);
  }
});

test('of two accounts that rent one number one gets it', async () => {
  const other = await world.makeAccount();
  for (const round of times(rounds)) {
    const sender = number(40 + round);
    const answers = await Promise.all(
      [undefined, other].map((as) => world.call('POST', `PhoneNumber/${sender}/`, undefined, { as })),
    );
    assert.deepEqual(statuses(answers), [201, 404]);
  }
});

test('of two that rent a held number again one does', async () => {
  for (const round of times(rounds)) {
    const path = `1216555${String(100 + round).padStart(4, '0')}/`;
    await world.call('POST', `PhoneNumber/${path}`);
    await world.call('DELETE', `Number/${path}`);
    const answers = await Promise.all(times(2).map(() => world.call('POST', `PhoneNumber/${path}`)));
    assert.deepEqual(statuses(answers), [201, 409]);
  }
});

test('an add and a deletion with unrent: no member without a pool, no number both given up and in a pool', async () => {
  for (const round of times(rounds)) {
    const { uuid, pool } = await makePowerpack();
    const sender = number(60 + round);
    await world.call('POST', `PhoneNumber/${sender}/`);
    const [added, deleted] = await Promise.all([
      world.call('POST', `NumberPool/${pool}/Number/${sender}/`),
      world.call('DELETE', `Powerpack/${uuid}/`, { unrent_numbers: true }),
    ]);
    assert.equal(deleted.status, 204);
    assert.ok([200, 404].includes(added.status));
    assert.equal((await world.call('GET', `Number/${sender}/`)).status, added.status === 200 ? 404 : 200);
  }
});

test('unrenting a number while its powerpack is deleted with unrent: both answer, and the number is held once', async () => {
  for (const round of times(rounds)) {
    const { uuid, pool } = await makePowerpack();
    const sender = number(80 + round);
    await world.call('POST', `NumberPool/${pool}/Number/${sender}/`, { rent: true });
    const [unrented, deleted] = await Promise.all([
      world.call('DELETE', `Number/${sender}/`),
      world.call('DELETE', `Powerpack/${uuid}/`, { unrent_numbers: true }),
    ]);
    assert.ok([204, 404].includes(unrented.status));
    assert.equal(deleted.status, 204);
    assert.equal((await world.call('GET', `Number/${sender}/`)).status, 404);
    assert.equal((await world.call('POST', `PhoneNumber/${sender}/`)).status, 201);
  }
});

test('two restorations: one brings it back', async () => {
  for (const _ of times(rounds)) {
    const { uuid } = await makePowerpack();
    await world.call('DELETE', `Powerpack/${uuid}/`);
    const answers = await Promise.all(times(2).map(() => world.call('POST', `Powerpack/${uuid}/Restore/`)));
    assert.deepEqual(statuses(answers), [200, 404]);
  }
});

test('two applications that want to be the default: one is in the end', async () => {
  for (const round of times(rounds)) {
    const answers = await Promise.all(
      times(3).map((index) =>
        world.call('POST', 'Application/', {
          app_name: `default ${round} ${index}`,
          default_number_app: true,
        }),
      ),
    );
    assert.deepEqual(statuses(answers), [201, 201, 201]);
    const { body } = await world.call('GET', 'Application/?limit=20&offset=0');
    const total = body.meta.total_count;
    const all = [];
    for (let offset = 0; offset < total; offset += 20)
      all.push(...(await world.call('GET', `Application/?offset=${offset}`)).body.objects);
    assert.equal(all.filter((application) => application.default_app).length, 1);
  }
});

test('a change that others are quicker than each time is answered 503, and may be tried again', async () => {
  const place = await openTestPlace();
  const deadlock = `do $$ begin raise exception sqlstate '40P01'; end $$`;
  let isStarted = false;
  const transaction: Db['transaction'] = (work, options) =>
    place.db.transaction(async (tx) => {
      if (!isStarted) return work(tx);
      await tx.query(deadlock);
      throw new Error('the statement before this fails');
    }, options);
  const whole = await startTestApp({}, place);
  const unlucky = await startTestApp({}, { ...place, db: { ...place.db, transaction } });
  isStarted = true;
  try {
    for (const [path, body] of [
      ['Powerpack/', { name: 'again and again' }],
      ['Message/', { src: '12015550100', dst: '12125552001', text: 'hello' }],
    ] as const) {
      const answer = await unlucky.call('POST', path, body);
      assert.equal(answer.status, 503, answer.text);
      assert.equal(answer.headers.get('retry-after'), '1');
      assert.equal(answer.body.error, 'too many changes at this moment; try again');
    }
    assert.equal((await whole.call('POST', 'Powerpack/', { name: 'again and again' })).status, 200);
  } finally {
    await unlucky.stop();
    await whole.stop();
    await place.db.close();
  }
});
