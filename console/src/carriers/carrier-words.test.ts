// Carriers and routes in words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answersInWords,
  bindInWords,
  countsInWords,
  sendersInWords,
  stateInWords,
  warningsInWords,
} from './carrier-words.ts';

const calm = {
  answers: {},
  throttled_seconds: 0,
  unmatched_share: null,
  warnings: [],
  name_rule: null,
};

test('a carrier whose reports do not find their messages says why', () => {
  assert.deepEqual(warningsInWords(calm), []);
  assert.deepEqual(
    warningsInWords({
      warnings: ['names_repeat', 'reports_unmatched'],
      unmatched_share: 0.254,
      name_rule: 'hex-decimal',
    }),
    [
      'It gives one name to several messages.',
      '25 % of its reports have no message.',
      'Its names are hexadecimal, and decimal in its receipts.',
    ],
  );
  assert.deepEqual(warningsInWords({ ...calm, name_rule: 'text' }), []);
  assert.deepEqual(
    warningsInWords({ ...calm, warnings: ['source_ton_refused', 'destination_ton_refused'] }),
    [
      'It refuses the TON or NPI of some senders: see source in its entry.',
      'It refuses the TON or NPI of destinations: see destination in its entry.',
    ],
  );
});

test('a state has a word and a colour, and draining goes first', () => {
  const stateOf = (state: 'up' | 'down' | 'refused' | 'draining' | null, draining = false) =>
    stateInWords({ ...calm, state, draining, counts: {}, unmatched_reports: 0 });
  assert.deepEqual(stateOf('up'), { tone: 'good', label: 'Up' });
  assert.deepEqual(stateOf('refused'), { tone: 'bad', label: 'Refused' });
  assert.deepEqual(stateOf(null), { tone: undefined, label: 'Not running' });
  assert.deepEqual(stateOf('up', true), { tone: 'warn', label: 'Draining' });
});

test('answers come by their codes, the largest first, with the time that they cost', () => {
  assert.equal(answersInWords({ answers: {}, throttled_seconds: 0 }), '');
  assert.equal(
    answersInWords({ answers: { '0x08': 2, '0x58': 1200 }, throttled_seconds: 3.6 }),
    '0x58 1,200, 0x08 2, throttled for 4 s',
  );
});

test('a bind says what it is and where', () => {
  const bind = {
    bind: 1,
    role: 'transceiver',
    state: 'bound',
    since: '2026-11-30T00:00:00Z',
    host: 'smsc.example:2775',
    system_id: 'SMSC1',
    unanswered: 3,
    unanswered_since: '2026-11-30T00:00:00Z',
  } as const;
  assert.equal(bindInWords(bind), 'Bind 1, transceiver, bound to smsc.example:2775 (SMSC1)');
  assert.equal(
    bindInWords({ ...bind, state: 'refused', system_id: '' }),
    'Bind 1, transceiver, refused by smsc.example:2775',
  );
});

test('counts come largest first, and zeros not at all', () => {
  const counts = { throttled: 3, submitted: 1200, 'messages in': 0 };
  const carrier = { ...calm, state: 'up', draining: false, counts, unmatched_reports: 5 } as const;
  assert.equal(countsInWords(carrier), 'submitted 1,200, reports without a message 5, throttled 3');
});

const none = { number: null, kind: null, country: null, powerpack: null, account: null };
for (const [route, words] of [
  [none, 'everything else'],
  [{ ...none, number: '14155550123' }, '14155550123'],
  [{ ...none, number: '72345', country: 'CA' }, '72345 of CA'],
  [{ ...none, kind: 'tollfree', country: 'US' }, 'toll-free numbers of US'],
  [{ ...none, kind: 'alphanumeric' }, 'alphanumeric names'],
  [{ ...none, country: 'US' }, 'numbers of US'],
  [{ ...none, account: 'MA1' }, 'account MA1'],
] as const) {
  test(`a route for ${words}`, () => assert.equal(sendersInWords(route), words));
}
