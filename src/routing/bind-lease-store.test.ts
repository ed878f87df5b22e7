// Processes share a carrier's binds, and take over those of one that died.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase } from '../../test/support/database.ts';
import type { Db } from '../db/db.ts';
import { makeBindLeases } from './bind-lease-store.ts';

const holderOf = (number: number) => `019cebb2-7a55-7c3e-8d0b-${String(number).padStart(12, '0')}`;

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());

/** Leases of a process beside which others live, whatever the engine. */
const leasesOf = (number: number) => makeBindLeases({ ...db, engine: 'postgresql' }, holderOf(number));

/** Ends all leases of a process, as when it was killed 15 s ago. */
async function kill(number: number): Promise<void> {
  await db.query(`update carrier_binds set held_until = now() - interval '1 s' where holder = $1`, [
    holderOf(number),
  ]);
  await db.query(`update carrier_bind_holders set seen_until = now() - interval '1 s' where holder = $1`, [
    holderOf(number),
  ]);
}

test('one process has all binds, and keeps them', async () => {
  const leases = leasesOf(1);
  assert.deepEqual(await leases.hold('alone', 3), [0, 1, 2]);
  assert.deepEqual(await leases.hold('alone', 3), [0, 1, 2]);
  assert.deepEqual(await leases.hold('alone', 2), [0, 1], 'the account allows fewer now');
});

test('a second one gets half, once the first has ended those sessions', async () => {
  const [one, two] = [leasesOf(1), leasesOf(2)];
  assert.deepEqual(await one.hold('shared', 4), [0, 1, 2, 3]);
  assert.deepEqual(await two.hold('shared', 4), [], 'never more than four at once');
  assert.deepEqual(await one.hold('shared', 4), [0, 1]);
  assert.deepEqual(await two.hold('shared', 4), [], 'the first one may still be saying goodbye');
  await db.query(
    `update carrier_binds set held_until = now() - interval '1 s' where carrier = 'shared' and leaving`,
  );
  assert.deepEqual(await two.hold('shared', 4), [2, 3]);
  assert.deepEqual(await one.hold('shared', 4), [0, 1]);
});

test('with fewer binds than processes, those that came first have one', async () => {
  assert.deepEqual(await leasesOf(1).hold('scarce', 1), [0]);
  assert.deepEqual(await leasesOf(2).hold('scarce', 1), []);
  assert.deepEqual(await leasesOf(1).hold('scarce', 1), [0]);
});

test('the binds of one that died are taken over', async () => {
  const [one, two] = [leasesOf(1), leasesOf(2)];
  await two.hold('dead', 2);
  await one.hold('dead', 2);
  await kill(2);
  assert.deepEqual(await one.hold('dead', 2), [0, 1]);
});

test('a released bind is free at once', async () => {
  assert.deepEqual(await leasesOf(1).hold('released', 1), [0]);
  await leasesOf(1).release('released');
  assert.deepEqual(await leasesOf(2).hold('released', 1), [0]);
});

test('many that ask at once never have a bind twice', async () => {
  const held = await Promise.all([1, 2, 3, 4, 5, 6].map((number) => leasesOf(number).hold('race', 4)));
  const binds = held.flat();
  assert.equal(new Set(binds).size, binds.length);
});

test('the one process of the embedded database waits for none that died', async () => {
  const alone = (number: number) => makeBindLeases({ ...db, engine: 'embedded' }, holderOf(number));
  assert.deepEqual(await alone(1).hold('embedded', 2), [0, 1]);
  assert.deepEqual(await alone(2).hold('embedded', 2), [0, 1]);
});
