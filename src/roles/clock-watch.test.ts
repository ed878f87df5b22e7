// The clock watch, against the clock of a real database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase } from '../../test/support/database.ts';
import { systemClock } from '../base/clock.ts';
import { InFlightTracker } from '../base/in-flight.ts';
import { systemTimers, type Timers } from '../base/timers.ts';
import type { Db } from '../db/db.ts';
import { measureDrift, requireSameTime, startClockWatch } from './clock-watch.ts';

let db: Db;
before(async () => {
  db = await openTestDatabase();
});
after(() => db.close());

/** Returns this machine's clock with an error. */
const wrongBy = (driftMs: number) => () => new Date(systemClock().getTime() + driftMs);

test('a clock that agrees with the database’s, within the time of the query, is right', async () => {
  assert.equal(await measureDrift(db, systemClock), 0);
});

for (const driftMs of [86_400_000, -86_400_000]) {
  test(`a clock that is ${driftMs} ms off is detected, and the server does not start`, async () => {
    const found = await measureDrift(db, wrongBy(driftMs));
    assert.ok(Math.abs(found - driftMs) < 60_000, `${found}`);
    const said = driftMs > 0 ? /86\d{3}\.\d s ahead of/ : /86\d{3}\.\d s behind/;
    await assert.rejects(requireSameTime(db, wrongBy(driftMs)), { name: 'OperatorError', message: said });
  });
}

test('a clock that is off by seconds causes a warning, and the server starts', async () => {
  const now = wrongBy(-5000);
  await requireSameTime(db, now);
  const warned: string[] = [];
  const inFlight = new InFlightTracker();
  const timers: Timers = { ...systemTimers, now };
  const watch = startClockWatch(db, timers, inFlight, {
    warn: (_fields: object, sentence?: string) => void warned.push(sentence ?? ''),
  });
  await inFlight.idle();
  await watch.stop();
  assert.equal(warned.length, 1);
  assert.match(warned[0] ?? '', /^the clock of this machine is \d\.\d s behind that of the database server$/);
});
