// A carrier in the form: its entry, and what of the entry the form leaves alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CarrierDraft, draftOf, type Entry, entryOf } from './carrier-draft.ts';

const drafted = (entry?: Entry): CarrierDraft => draftOf(entry) ?? assert.fail('the form knows it');

test('a new SMSC has its address, its account and nothing that was not filled in', () => {
  const draft = { ...drafted(), name: ' acme ', host: 'smsc.example', systemId: 'me', password: 'geheim' };
  assert.deepEqual(entryOf(draft), {
    name: 'acme',
    type: 'smpp',
    hosts: ['smsc.example:2775'],
    system_id: 'me',
    password: 'geheim',
  });
  const more = { isEncrypted: true, binds: '2', window: '20', rate: '30', smppPreset: 'vonage' } as const;
  const { tls, binds, window, rate, preset } = entryOf({ ...draft, ...more });
  assert.deepEqual([tls, binds, window, rate, preset], [{}, 2, 20, 30, 'vonage']);
});

test('an SMSC behind an IPv6 address is written with brackets', () => {
  const { hosts } = entryOf({ ...drafted(), host: '2001:db8::1', port: '2776' });
  assert.deepEqual(hosts, ['[2001:db8::1]:2776']);
  assert.equal(drafted({ type: 'smpp', hosts }).host, '[2001:db8::1]');
});

test('keys that the form does not show stay as they are, and an empty field takes its key away', () => {
  const before = {
    name: 'acme',
    type: 'smpp',
    hosts: ['a.example:1', 'b.example:2'],
    system_id: 'me',
    window: 5,
    rate: 3,
    tls: { server_name: 'x' },
    long: 'sar',
  };
  assert.deepEqual(entryOf(drafted(before), before), before);
  const { window: _, ...without } = before;
  assert.deepEqual(entryOf({ ...drafted(before), window: '', port: '9' }, before), {
    ...without,
    hosts: ['a.example:9', 'b.example:2'],
  });
});

test('an HTTP carrier has its preset, its secrets and its services', () => {
  const draft: CarrierDraft = {
    ...drafted({ type: 'http', preset: 'plivo' }),
    name: 'up',
    secrets: { id: 'MA1', token: ' t ' },
    services: 'sms',
    url: 'http://10.0.0.1/v1/Account/{secret.id}/Message/',
    isPrivate: true,
  };
  const entry = entryOf(draft);
  assert.deepEqual(entry, {
    name: 'up',
    type: 'http',
    preset: 'plivo',
    secrets: { id: 'MA1', token: 't' },
    services: ['sms'],
    send: { url: 'http://10.0.0.1/v1/Account/{secret.id}/Message/' },
    allow_private: true,
  });
  const { secrets: _, ...shown } = entry;
  assert.deepEqual(entryOf(drafted(shown), shown), shown, 'secrets that are not filled in stay');
  assert.deepEqual(
    entryOf({ ...drafted({ type: 'http', preset: 'kannel' }), name: 'k' }).services,
    undefined,
  );
});

test('a number that cannot be read is left to the server, whose complaint names it', () => {
  assert.equal(entryOf({ ...drafted(), window: 'ten' }).window, 'ten');
});

test('an entry without a preset of the form, and a simulator, are written as JSON only', () => {
  assert.equal(draftOf({ type: 'http', send: {} }), undefined);
  assert.equal(draftOf({ type: 'simulator' }), undefined);
});
