// The carriers of a job, by its route; looked up again when the routes have changed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleJob } from '../../../test/support/carriers.ts';
import type { RouteMatch } from '../../routing/route.ts';
import { RoutingTable } from '../../routing/routing-table.ts';
import { makeCarriersOf } from './carriers-of-job.ts';

const tableOf = (match: RouteMatch, carrier: string) =>
  new RoutingTable([{ service: 'sms', match, carriers: [carrier] }], {
    isConfigured: true,
    hasSimulator: true,
  });
const job = sampleJob(1, { sender: '14155552671' });

test('a job goes by the routes of the moment', () => {
  const routing = { table: tableOf({}, 'smsc') };
  const carriersOf = makeCarriersOf(routing);
  assert.deepEqual(carriersOf(job), ['smsc']);
  assert.deepEqual(carriersOf(job), ['smsc']);
  routing.table = tableOf({ number: '14155552671' }, 'other');
  assert.deepEqual(carriersOf(job), ['other']);
  routing.table = tableOf({ kind: 'tollfree' }, 'smsc');
  assert.deepEqual(carriersOf(job), []);
});

test('a short code goes by its own country, and a fictitious number to the simulator', () => {
  const carriersOf = makeCarriersOf({ table: tableOf({ number: '72345', countryIso2: 'CA' }, 'smsc') });
  assert.deepEqual(carriersOf(sampleJob(1, { sender: '72345', countryIso2: 'CA' })), ['smsc']);
  assert.deepEqual(carriersOf(sampleJob(2, { sender: '72345', countryIso2: 'US' })), []);
  assert.deepEqual(carriersOf(sampleJob(3, { sender: '14155550123' })), ['simulator']);
});
