// Incidents in words, and where they lead.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { components } from '../../../client/src/schema.ts';
import { affectedInWords, incidentAddress, incidentInWords, lastedInWords } from './incident-words.ts';

type Incident = components['schemas']['Incident'];

const start = '2026-03-14T09:26:53.589000Z';
const end = '2026-03-14T09:36:53.589000Z';
const incident: Incident = {
  affected: 12,
  began_at: start,
  ended_at: end,
  incident_id: 'id',
  kind: 'error_code',
  sentence: 'the carrier north is down',
  subject: '30',
  total: 90,
};

const addresses: [changes: Partial<Incident>, address: string][] = [
  [
    {},
    '/console/messages?error_code=30&message_time__gte=2026-03-14+09%3A26%3A53&message_time__lt=2026-03-14+09%3A36%3A53',
  ],
  [{ ended_at: null }, '/console/messages?error_code=30&message_time__gte=2026-03-14+09%3A26%3A53'],
  [{ kind: 'carrier', subject: 'north' }, '/console/carriers'],
  [{ kind: 'late_messages', subject: 'uuid' }, '/console/powerpacks/uuid'],
  [{ kind: 'late_messages', subject: '' }, '/console/messages?message_state=queued'],
  [{ kind: 'number', subject: '12025550101' }, '/console/numbers/12025550101'],
  [
    { kind: 'webhook_url', subject: 'http://a/?b' },
    '/console/webhooks?url=http%3A%2F%2Fa%2F%3Fb&outcome=failed',
  ],
];
for (const [changes, address] of addresses) {
  test(`an incident leads to ${address}`, () =>
    assert.equal(incidentAddress({ ...incident, ...changes }), address));
}

test('an incident is a sentence, and has lasted until its end or until now', () => {
  assert.equal(incidentInWords(incident), 'The carrier north is down.');
  assert.equal(lastedInWords(incident, 0), '10 min');
  assert.equal(lastedInWords({ ...incident, ended_at: null }, new Date(end).getTime() + 60_000), '11 min');
});

test('the count of what it concerned is at its worst', () => {
  assert.equal(affectedInWords(incident), '12 of 90');
  assert.equal(affectedInWords({ affected: 1, total: 1 }), '1');
  assert.equal(affectedInWords({ affected: 0, total: 0 }), '–');
});
