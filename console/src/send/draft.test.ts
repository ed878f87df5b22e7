// The request that a filled-in form becomes.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Draft, draftOf, emptyDraft, missingIn, sendRequestOf, typeOf } from './draft.ts';

const ready: Draft = { ...emptyDraft, powerpack: 'p', to: '14155550123', text: 'Hello' };

const incomplete: [what: string, draft: Draft, missing: string | undefined][] = [
  ['nothing', emptyDraft, 'Choose a powerpack.'],
  ['no number', { ...ready, from: 'number', src: ' ' }, 'Choose a number to send from.'],
  ['no recipient', { ...ready, to: ' , ' }, 'Enter a recipient.'],
  ['a word among the recipients', { ...ready, to: '14155550123, Ann' }, 'Not a number: Ann.'],
  ['no text', { ...ready, text: '' }, 'Write a text, or add media.'],
  ['a picture without a text', { ...ready, text: '', mediaUrls: 'https://example.com/a.png' }, undefined],
  ['everything', ready, undefined],
];
describe('filled in', () => {
  for (const [what, draft, missing] of incomplete) test(what, () => assert.equal(missingIn(draft), missing));
});

test('a text becomes an SMS', () => {
  assert.deepEqual(sendRequestOf({ ...ready, to: '14155550123, 14155550124' }), {
    powerpack_uuid: 'p',
    dst: '14155550123<14155550124',
    text: 'Hello',
    type: 'sms',
    log: 'true',
  });
});

test('media become an MMS, and what is set goes along', () => {
  const draft: Draft = {
    ...ready,
    from: 'number',
    src: ' 14155550100 ',
    files: [{ id: 'm', name: 'a.png' }],
    mediaUrls: 'https://example.com/a.png\n https://example.com/b.png\n',
    callbackUrl: ' https://example.com/status ',
    callbackMethod: 'GET',
    log: 'false',
    expiry: '60',
    priority: 'bulk',
    sendAt: '2027-03-01T09:00',
  };
  assert.equal(typeOf(draft), 'mms');
  assert.deepEqual(sendRequestOf(draft), {
    src: '14155550100',
    dst: '14155550123',
    text: 'Hello',
    type: 'mms',
    media_ids: ['m'],
    media_urls: ['https://example.com/a.png', 'https://example.com/b.png'],
    url: 'https://example.com/status',
    method: 'GET',
    log: 'false',
    priority: 'bulk',
    send_at: new Date('2027-03-01T09:00').toISOString(),
    message_expiry: 60,
  });
});

test('an address says what to begin with', () => {
  assert.deepEqual(draftOf({ powerpack: 'p', to: '1' }), { ...emptyDraft, powerpack: 'p', to: '1' });
  assert.equal(draftOf({ src: '14155550100' }).from, 'number');
});
