// States of carriers, written by some processes and read by others, in a real database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { frozenClock } from '../../test/support/app.ts';
import { sampleCarrier } from '../../test/support/carriers.ts';
import { openTestDatabase } from '../../test/support/database.ts';
import { InFlightTracker } from '../base/in-flight.ts';
import { makeLogger } from '../base/logger.ts';
import type { CarrierStatus } from '../carriers/carrier.ts';
import type { Db } from '../db/db.ts';
import { Notifier } from '../events/notifier.ts';
import { readStates } from '../routing/state-store.ts';
import { startPublishingStates } from './publish-carrier-states.ts';

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());

const clock = frozenClock();
const inFlight = new InFlightTracker();

/** Starts a process whose one carrier is as `state` says at each moment. */
function publish(number: number, state: () => CarrierStatus['state'], notifier = new Notifier()) {
  const carrier = sampleCarrier({
    name: 'smsc',
    status: () => ({ state: state(), room: 0, lastError: undefined, counts: {} }),
  });
  return startPublishingStates({
    db,
    registry: { values: () => [carrier] },
    notifier,
    holder: `0198a000-0000-7000-8000-00000000000${number}`,
    realTimers: clock,
    inFlight,
    logger: makeLogger('silent'),
  });
}

const pass = (durationMs: number) => clock.advance(durationMs, () => inFlight.idle());

test('a process knows which carriers are up in others, until these stop or are silent for long', async () => {
  let state: CarrierStatus['state'] = 'down';
  const bound = publish(1, () => state);
  const notifier = new Notifier();
  let wakeUps = 0;
  notifier.on('queues', () => {
    wakeUps += 1;
  });
  const unbound = publish(2, () => 'down', notifier);
  await inFlight.idle();
  assert.equal(unbound.isUpElsewhere('smsc'), false);
  state = 'up';
  await pass(5000);
  await pass(5000);
  assert.deepEqual([unbound.isUpElsewhere('smsc'), bound.isUpElsewhere('smsc')], [true, false]);
  assert.equal(wakeUps, 1, 'what waits is looked at again, once');
  assert.equal((await readStates(db)).get('smsc')?.processes, 2);
  await db.query("update carrier_states set at = clock_timestamp() - interval '46 seconds'");
  assert.equal((await readStates(db)).size, 0, 'the binds of dead processes are shown no more');
  await pass(5000);
  assert.equal(unbound.isUpElsewhere('smsc'), false, 'its process may be dead');
  await pass(20_000);
  await pass(5000);
  assert.equal(unbound.isUpElsewhere('smsc'), true, 'it lives');
  await bound.stop();
  await pass(5000);
  assert.equal(unbound.isUpElsewhere('smsc'), false);
  await unbound.stop();
  assert.deepEqual(await db.query('select from carrier_states'), []);
});
