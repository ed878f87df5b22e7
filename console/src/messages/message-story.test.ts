// The steps that a message's page and the page after sending show.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { storyOf, type ToldExplanation, type ToldMessage, type ToldWebhook } from './message-story.ts';

const acceptedAt = '2026-03-14 09:26:53.000000+00:00';
const sentAt = '2026-03-14 09:26:55.000000+00:00';

const queued: ToldMessage = {
  message_direction: 'outbound',
  message_state: 'queued',
  message_time: acceptedAt,
  message_sent_time: '',
  message_updated_time: '',
  from_number: '14155550100',
  error_code: null,
  error_message: '',
};
const sent: ToldMessage = { ...queued, message_state: 'sent', message_sent_time: sentAt };
const told: ToldExplanation = { rule: 'sticky', explanation: 'Why.', wait_seconds: 2, history: [] };
const given = { ...told, rule: null };
const blocked = { ...told, wait_seconds: null };
const over = (message_state: string, error_code: string): ToldMessage => ({
  ...sent,
  message_state,
  error_code,
});
const event = (name: string, detail = '') => ({ time: acceptedAt, event: name, detail });
const calls = (...outcomes: ToldWebhook['outcome'][]) => outcomes.map((outcome) => ({ outcome }));

type Case = [what: string, ToldMessage, ToldExplanation, ToldWebhook[], steps: string];
const cases: Case[] = [
  [
    'waits for its appointment',
    queued,
    told,
    [],
    'Accepted done, Number chosen done, Appointment current, Submitted open, Reported open',
  ],
  [
    'is due',
    queued,
    { ...told, wait_seconds: 0 },
    [],
    'Accepted done, Number chosen done, Appointment done, Submitted current, Reported open',
  ],
  [
    'waits for its report',
    sent,
    given,
    calls('delivered', 'pending'),
    'Accepted done, Number given done, Appointment done, Submitted done, Reported current, Callbacks current',
  ],
  [
    'is delivered',
    over('delivered', '000'),
    told,
    calls('delivered', 'delivered'),
    'Accepted done, Number chosen done, Appointment done, Submitted done, Delivered done, Callbacks done',
  ],
  [
    'is undelivered, and a callback was given up',
    over('undelivered', '50'),
    told,
    calls('failed'),
    'Accepted done, Number chosen done, Appointment done, Submitted done, Undelivered bad, Callbacks bad',
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
    { ...told, history: [event('postponed', 'throttled'), event('failed', 'refused'), event('failed')] },
    [],
    'Accepted done, Number chosen done, Appointment done, Postponed done, Given up bad, Failed bad',
  ],
  [
    'came in and nobody is to be told',
    { ...queued, message_direction: 'inbound', message_state: 'received' },
    blocked,
    [],
    'Received done, Told to nobody done',
  ],
  [
    'came in and was answered',
    { ...queued, message_direction: 'inbound', message_state: 'delivered' },
    { ...blocked, history: [event('received'), event('answer', '1 message')] },
    calls('delivered'),
    'Received done, Answer of the application done, Application called done',
  ],
];

describe('a message that', () => {
  for (const [what, message, explanation, webhooks, steps] of cases) {
    test(what, () => {
      const story = storyOf(message, explanation, webhooks);
      assert.equal(story.map(({ name, state }) => `${name} ${state}`).join(', '), steps);
    });
  }
});

test('an error is told with its code and in words', () => {
  const message = { ...over('undelivered', '80'), error_message: 'Destination temporarily unavailable' };
  const report = storyOf(message, told, []).find(({ name }) => name === 'Undelivered');
  assert.match(report?.detail ?? '', /^Error 80, Destination temporarily unavailable\. The handset was off/);
});

test('an appointment is the time of acceptance and the wait', () => {
  const appointment = storyOf(queued, told, []).find(({ name }) => name === 'Appointment');
  assert.equal(appointment?.time, '2026-03-14T09:26:55.000Z');
});
