// The steps that a message's page and the page after sending show.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventKinds } from '../../../src/messages/report/event-store.ts';
import {
  eventNames,
  type TimelineExplanation,
  type TimelineMessage,
  type TimelineWebhook,
  timelineOf,
} from './message-timeline.ts';

const acceptedAt = '2026-03-14 09:26:53.000000+00:00';
const sentAt = '2026-03-14 09:26:55.000000+00:00';

const queued: TimelineMessage = {
  message_direction: 'outbound',
  message_state: 'queued',
  message_time: acceptedAt,
  message_sent_time: '',
  message_updated_time: '',
  from_number: '14155550100',
  error_code: null,
  error_message: '',
};
const sent: TimelineMessage = { ...queued, message_state: 'sent', message_sent_time: sentAt };
const explained: TimelineExplanation = { rule: 'sticky', explanation: 'Why.', wait_seconds: 2, history: [] };
const given = { ...explained, rule: null };
const blocked = { ...explained, wait_seconds: null };
const over = (message_state: string, error_code: string): TimelineMessage => ({
  ...sent,
  message_state,
  error_code,
});
const event = (name: string, detail = '') => ({ time: acceptedAt, event: name, detail });
const calls = (...outcomes: TimelineWebhook['outcome'][]) => outcomes.map((outcome) => ({ outcome }));

type Case = [what: string, TimelineMessage, TimelineExplanation, TimelineWebhook[], steps: string];
const cases: Case[] = [
  [
    'waits for its send slot',
    queued,
    explained,
    [],
    'Accepted done, Number chosen done, Scheduled current, Submitted open, Reported open',
  ],
  [
    'is due',
    queued,
    { ...explained, wait_seconds: 0 },
    [],
    'Accepted done, Number chosen done, Scheduled done, Submitted current, Reported open',
  ],
  [
    'waits for its report',
    sent,
    given,
    calls('delivered', 'pending'),
    'Accepted done, Number given done, Scheduled done, Submitted done, Reported current, Callbacks current',
  ],
  [
    'is delivered',
    over('delivered', '000'),
    explained,
    calls('delivered', 'delivered'),
    'Accepted done, Number chosen done, Scheduled done, Submitted done, Delivered done, Callbacks done',
  ],
  [
    'is undelivered, and a callback was given up',
    over('undelivered', '50'),
    explained,
    calls('failed'),
    'Accepted done, Number chosen done, Scheduled done, Submitted done, Undelivered bad, Callbacks bad',
  ],
  [
    'is blocked by STOP',
    { ...queued, message_state: 'failed', error_code: '200' },
    { ...blocked, history: [event('accepted'), event('failed', 'Source number blocked')] },
    [],
    'Accepted done, Number chosen done, Failed bad',
  ],
  [
    'was tried in vain',
    { ...queued, message_state: 'failed', error_code: '300' },
    { ...explained, history: [event('deferred', 'throttled'), event('failed', 'refused'), event('failed')] },
    [],
    'Accepted done, Number chosen done, Scheduled done, Deferred done, Given up bad, Failed bad',
  ],
  [
    'inbound, without a callback URL',
    { ...queued, message_direction: 'inbound', message_state: 'received' },
    blocked,
    [],
    'Received done, No callback URL done',
  ],
  [
    'inbound, with a reply of the application',
    { ...queued, message_direction: 'inbound', message_state: 'delivered' },
    { ...blocked, history: [event('received'), event('answer', '1 message')] },
    calls('delivered'),
    'Received done, Reply of the application done, Callback to the application done',
  ],
];

describe('a message that', () => {
  for (const [what, message, explanation, webhooks, steps] of cases) {
    test(what, () => {
      const timeline = timelineOf(message, explanation, webhooks);
      assert.equal(timeline.map(({ name, state }) => `${name} ${state}`).join(', '), steps);
    });
  }
});

test('an error shows its code and its meaning', () => {
  const message = { ...over('undelivered', '80'), error_message: 'Destination temporarily unavailable' };
  const report = timelineOf(message, explained, []).find(({ name }) => name === 'Undelivered');
  assert.match(report?.detail ?? '', /^Error 80, Destination temporarily unavailable\. The handset was off/);
});

test('a message is scheduled for the time of acceptance plus the wait', () => {
  const scheduled = timelineOf(queued, explained, []).find(({ name }) => name === 'Scheduled');
  assert.equal(scheduled?.time, '2026-03-14T09:26:55.000Z');
});

test('every kind of event has a name', () => {
  assert.deepEqual(Object.keys(eventNames).toSorted(), [...eventKinds].toSorted());
});
