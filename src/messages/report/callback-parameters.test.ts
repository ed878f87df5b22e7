// The parameters of callbacks, name by name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inboundCallbackParameters } from '../inbound/inbound-callback.ts';
import type { Message } from '../message.ts';
import { statusCallbackParameters } from './status-callback.ts';

const message: Message = {
  id: '0198a000-0000-7000-8000-000000000001',
  accountId: 'MA',
  subaccountId: undefined,
  direction: 'outbound',
  status: 'queued',
  service: 'sms',
  sender: '12025550100',
  destination: '12025550123',
  countryIso2: 'US',
  segments: 2,
  log: 'false',
  powerpackUuid: undefined,
  errorCode: undefined,
  acceptedAt: new Date('2026-03-14T09:26:53.589Z'),
  dueAt: undefined,
  sentAt: undefined,
  finishedAt: undefined,
  updatedAt: undefined,
  callback: undefined,
  callbacks: 1,
  requesterIp: '203.0.113.7',
  carrier: undefined,
  details: {},
};

const sentAt = new Date('2026-03-14T09:26:54Z');
const finishedAt = new Date('2026-03-14T09:26:55.100Z');

test('a status callback has every name of the vendor’s, in order, with the whole number whatever is kept', () => {
  assert.deepEqual(statusCallbackParameters(message), [
    ['MessageUUID', message.id],
    ['From', '12025550100'],
    ['To', '12025550123'],
    ['Type', 'sms'],
    ['Status', 'queued'],
    ['Units', '2'],
    ['TotalRate', '0.00000'],
    ['TotalAmount', '0.00000'],
    ['MCC', ''],
    ['MNC', ''],
    ['ErrorCode', ''],
    ['ParentMessageUUID', message.id],
    ['PartInfo', '1 of 1'],
    ['Sequence', '1'],
    ['MessageTime', '2026-03-14 09:26:53.589000'],
    ['QueuedTime', '2026-03-14 09:26:53.589000'],
    ['SentTime', ''],
    ['DeliveryReportTime', ''],
    ['requester_ip', '203.0.113.7'],
    ['PowerpackUUID', ''],
  ]);
});

const later: [title: string, change: Partial<Message>, told: Readonly<Record<string, string>>][] = [
  [
    'delivered',
    { status: 'delivered', errorCode: 0, callbacks: 3, sentAt, finishedAt },
    {
      ErrorCode: '000',
      Sequence: '3',
      SentTime: '2026-03-14 09:26:54.000000',
      DeliveryReportTime: '2026-03-14 09:26:55.100000',
    },
  ],
  [
    'failed before it was sent: there is no report',
    { status: 'failed', errorCode: 420, callbacks: 2, finishedAt },
    { ErrorCode: '420', SentTime: '', DeliveryReportTime: '' },
  ],
  ['through a powerpack', { powerpackUuid: 'the powerpack' }, { PowerpackUUID: 'the powerpack' }],
];

for (const [title, change, told] of later) {
  test(`a status callback: ${title}`, () => {
    const parameters = Object.fromEntries(statusCallbackParameters({ ...message, ...change }));
    for (const [name, value] of Object.entries(told)) assert.equal(parameters[name], value, name);
  });
}

const inbound: Message = { ...message, direction: 'inbound', status: 'received' };
const names = (parameters: readonly (readonly [string, string])[]) => parameters.map(([name]) => name);

test('a text that comes in has an intent, a picture has files from Media0 on', () => {
  const text = inboundCallbackParameters(inbound, { text: 'STOP', mediaUrls: [] }, 'optout');
  assert.deepEqual(Object.fromEntries(text).MessageIntent, 'optout');
  assert.deepEqual(names(text).includes('MediaCount'), false);
  const mms = { ...inbound, service: 'mms' as const };
  const withoutPicture = inboundCallbackParameters(mms, { text: 'STOP', mediaUrls: [] }, 'optout');
  assert.deepEqual(Object.fromEntries(withoutPicture).MessageIntent, 'optout');
  const picture = inboundCallbackParameters(
    mms,
    { text: 'look', mediaUrls: ['https://example.com/a', 'https://example.com/b'] },
    undefined,
  );
  assert.deepEqual(picture.slice(4), [
    ['Text', 'look'],
    ['Body', 'look'],
    ['Units', '2'],
    ['TotalRate', '0.00000'],
    ['TotalAmount', '0.00000'],
    ['PowerpackUUID', ''],
    ['MediaCount', '2'],
    ['Media0', 'https://example.com/a'],
    ['Media1', 'https://example.com/b'],
    ['ErrorCode', ''],
  ]);
});
