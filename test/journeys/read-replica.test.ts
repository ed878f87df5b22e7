// Reads that may lag, with a standby that is not there: the primary answers them, and supervisors see it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApp, type TestApp } from '../support/app.ts';

const absent = 'postgres://127.0.0.1:1/rucksack';
let server: TestApp;

before(async () => {
  server = await startTestApp({ DATABASE_URL: absent, DATABASE_READ_URL: absent });
});
after(() => server.stop());

const readsOf = async (name: 'standby' | 'primary') => {
  const { text } = await server.call('GET', '/metrics');
  return Number(
    new RegExp(`^rucksack_lagging_reads_total\\{server="${name}"\\} (\\d+)`, 'm').exec(text)?.[1],
  );
};

test('reads that may lag are answered by the primary while the standby is away', async () => {
  for (const path of [
    'Message/',
    'Message/Count/',
    'Conversation/',
    'Traffic/',
    'Failure/',
    'Webhook/',
    'Audit/',
  ])
    assert.equal((await server.call('GET', path)).status, 200);
  assert.equal(await readsOf('primary'), 7);
  assert.equal(await readsOf('standby'), 0);
});

test('a refusal is the same, and is no fault of the standby', async () => {
  const before = await readsOf('primary');
  assert.equal((await server.call('GET', 'Traffic/?by=century')).status, 400);
  assert.equal(await readsOf('primary'), before + 1);
});

test('a powerpack that was made just now is read from the primary', async () => {
  const before = await readsOf('primary');
  const made = await server.call('POST', 'Powerpack/', { name: 'read at once' });
  assert.equal((await server.call('GET', `Powerpack/${made.body.uuid}/`)).status, 200);
  assert.equal((await server.call('GET', 'Powerpack/')).body.meta.total_count, 1);
  assert.equal(await readsOf('primary'), before);
});

test('a process whose standby is away is ready, and says so', async () => {
  const { status, body } = await server.call('GET', '/readyz');
  assert.equal(status, 200);
  assert.deepEqual(body.read_replica, { used: false, lag_ms: null });
});
