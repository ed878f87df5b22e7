// The written format of rules: what is read, and the errors for mistakes.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApiError } from '../../base/errors.ts';
import { readRules, writeRule } from './rule-format.ts';

const full = {
  match: { destination: '1415*', sender: '1555???0100', service: 'sms', text: 'hello' },
  share: 0.25,
  times: 3,
  throttle: 10,
  submit: 'accept',
  outage_ms: 0,
  report: 'undelivered',
  error_code: 50,
  delay_ms: [100, 2000],
  duplicates: 1,
  overtake: true,
  in_parts: true,
  parts_taken: 0,
  late_ms: 0,
  progress: true,
};

const standard = {
  match: {},
  share: 1,
  times: null,
  throttle: null,
  submit: 'accept',
  outage_ms: 0,
  report: 'delivered',
  error_code: 1000,
  delay_ms: [100, 100],
  duplicates: 0,
  overtake: false,
  in_parts: false,
  parts_taken: 0,
  late_ms: 0,
  progress: false,
};

const nothingSaid = Object.fromEntries(Object.keys(standard).map((name) => [name, null]));

describe('a rule that is', () => {
  const cases: [what: string, given: object, read: object][] = [
    ['empty', {}, standard],
    ['nothing but nulls', nothingSaid, standard],
    ['full', full, full],
    ['one of one delay', { delay_ms: 5 }, { ...standard, delay_ms: [5, 5] }],
    ['a refusal', { submit: 'invalid_sender' }, { ...standard, submit: 'invalid_sender', report: 'lost' }],
    [
      'an outage',
      { submit: 'disconnected', outage_ms: 5000 },
      { ...standard, submit: 'disconnected', outage_ms: 5000, report: 'lost' },
    ],
    [
      'an answer that does not come, and a report that does',
      { submit: 'unanswered', report: 'delivered' },
      { ...standard, submit: 'unanswered' },
    ],
  ];
  for (const [what, given, read] of cases) {
    test(`${what} reads as it should, and is written as it was read`, () => {
      const written = readRules([given]).map(writeRule);
      assert.deepEqual(JSON.parse(JSON.stringify(written)), [read]);
      assert.deepEqual(readRules(written), readRules([given]));
    });
  }
});

describe('a mistake', () => {
  const cases: [given: unknown, sentence: string][] = [
    [undefined, 'rules must be a list of at most 100 rules'],
    [{}, 'rules must be a list of at most 100 rules'],
    [Array(101).fill({}), 'rules must be a list of at most 100 rules'],
    [[{}, 7], 'rules[1] must be an object'],
    [[null], 'rules[0] must be an object'],
    [[{ match: [] }], 'rules[0].match must be an object'],
    [
      [{ match: { dst: '1' } }],
      'rules[0].match must have no other names than destination, sender, service, text',
    ],
    [
      [{ delay: 5 }],
      'rules[0] must have no other names than match, share, times, throttle, submit, outage_ms, report, error_code, delay_ms, duplicates, overtake, in_parts, parts_taken, late_ms, progress',
    ],
    [
      [{ match: { destination: '+1415' } }],
      'rules[0].match.destination must be a text of 1 to 40 characters: digits, * and ?',
    ],
    [
      [{ match: { destination: '1'.repeat(41) } }],
      'rules[0].match.destination must be a text of 1 to 40 characters: digits, * and ?',
    ],
    [
      [{ match: { sender: '.*' } }],
      'rules[0].match.sender must be a text of 1 to 40 characters: letters, digits, * and ?',
    ],
    [[{ match: { service: 'fax' } }], 'rules[0].match.service must be one of sms, mms'],
    [[{ match: { text: '' } }], 'rules[0].match.text must be a text of 1 to 160 characters'],
    [[{ share: 1.1 }], 'rules[0].share must be a number from 0 to 1'],
    [[{ share: '0.5' }], 'rules[0].share must be a number from 0 to 1'],
    [[{ times: 0 }], 'rules[0].times must be a whole number from 1 to 1000000000'],
    [[{ throttle: 0.5 }], 'rules[0].throttle must be a whole number from 0 to 1000000000'],
    [[{ report: 'maybe' }], 'rules[0].report must be one of delivered, undelivered, lost'],
    [[{ submit: 'spam', report: 'delivered' }], 'rules[0].report must be lost, because submit is spam'],
    [[{ parts_taken: 1, submit: 'spam' }], 'rules[0].parts_taken needs in_parts, and submit to be a failure'],
    [
      [{ parts_taken: 1, in_parts: true, submit: 'unanswered' }],
      'rules[0].parts_taken needs in_parts, and submit to be a failure',
    ],
    [
      [{ late_ms: 1, submit: 'throttled' }],
      'rules[0].late_ms needs submit to be unanswered or lost_in_flight',
    ],
    [[{ outage_ms: 5 }], 'rules[0].outage_ms needs submit to be disconnected'],
    [[{ error_code: 10_000 }], 'rules[0].error_code must be a whole number from 1 to 9999'],
    [
      [{ delay_ms: [5, 4] }],
      'rules[0].delay_ms must be a whole number from 0 to 2592000000, or the least and the most',
    ],
    [
      [{ delay_ms: [] }],
      'rules[0].delay_ms must be a whole number from 0 to 2592000000, or the least and the most',
    ],
    [
      [{ delay_ms: [1, 2, 3] }],
      'rules[0].delay_ms must be a whole number from 0 to 2592000000, or the least and the most',
    ],
    [[{ duplicates: 11 }], 'rules[0].duplicates must be a whole number from 0 to 10'],
    [[{ overtake: 'yes' }], 'rules[0].overtake must be a boolean'],
  ];
  for (const [given, sentence] of cases) {
    test(sentence, () => {
      assert.throws(() => readRules(given), new ApiError('invalid', sentence));
    });
  }

  test('in the kind of submission is answered with all there are', () => {
    assert.throws(
      () => readRules([{ submit: 'invalidSender' }]),
      /submit must be one of accept, throttled, .*invalid_sender/,
    );
  });
});
