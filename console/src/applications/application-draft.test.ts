// The request that the form of an application sends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeOf, creationOf, emptyDraft } from './application-draft.ts';

test('an address that is empty is emptied at the server too', () => {
  const change = changeOf({ ...emptyDraft, messageUrl: 'https://example.com/in' });
  assert.equal(change.message_url, 'https://example.com/in');
  assert.deepEqual([change.answer_url, change.hangup_url, change.fallback_answer_url], Array(3).fill('none'));
});

test('the main account is not named, a subaccount is', () => {
  assert.ok(!('subaccount' in changeOf(emptyDraft)));
  assert.equal(changeOf({ ...emptyDraft, subaccount: 'SA1' }).subaccount, 'SA1');
});

test('name and type are said when it is made, and only then', () => {
  const draft = { ...emptyDraft, name: 'Support', type: 'PHLO' as const };
  const { app_name, application_type } = creationOf(draft);
  assert.deepEqual([app_name, application_type], ['Support', 'PHLO']);
  assert.ok(!('app_name' in changeOf(draft)));
});

test('retries are sent as a list, and left out where none are written', () => {
  assert.deepEqual(changeOf({ ...emptyDraft, messageRetries: '60, 3600' }).message_retry_seconds, [60, 3600]);
  assert.ok(!('message_retry_seconds' in changeOf(emptyDraft)));
});
