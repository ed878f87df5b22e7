// The rule that decides a submission: matches, shares, limits and order.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sampleSubmission } from '../../../test/support/submissions.ts';
import type { Submission } from '../carrier.ts';
import { RuleBook } from './rule-book.ts';
import { readRules } from './rule-format.ts';

const message = sampleSubmission({ text: 'Your code is 123456' });

const bookOf = (seed: number, ...rules: object[]) => new RuleBook(seed, readRules(rules));
const numbered = (number: number): Submission => ({ ...message, reference: `message-${number}` });
const standard = { outcome: 'delivered', errorCode: 0, delayMs: 100, duplicates: 0 };

test('without rules messages are accepted and delivered after 100 ms', () => {
  const { failure, report, overtake } = bookOf(1).decide(message, 0);
  assert.deepEqual([failure, report, overtake], [undefined, standard, false]);
});

describe('a match', () => {
  const cases: [match: object, given: Partial<Submission>, matches: boolean][] = [
    [{}, {}, true],
    [{ destination: '12125550199' }, {}, true],
    [{ destination: '1212' }, {}, false],
    [{ destination: '1212*' }, {}, true],
    [{ destination: '*0199' }, {}, true],
    [{ destination: '**5550**' }, {}, true],
    [{ destination: '1212555???9' }, {}, true],
    [{ destination: '1212555??9' }, {}, false],
    [{ sender: '1415*' }, {}, true],
    [{ sender: 'rucksack' }, { sender: 'Rucksack' }, true],
    [{ service: 'mms' }, {}, false],
    [{ service: 'mms' }, { service: 'mms' }, true],
    [{ text: 'YOUR CODE' }, {}, true],
    [{ text: 'y.ur' }, {}, false],
    [{ destination: '1212*', text: 'goodbye' }, {}, false],
  ];
  for (const [match, given, matches] of cases) {
    test(`${JSON.stringify(match)} ${matches ? 'matches' : 'does not match'} ${JSON.stringify({ ...given })}`, () => {
      const { failure } = bookOf(1, { match, submit: 'spam' }).decide({ ...message, ...given }, 0);
      assert.equal(failure, matches ? 'spam' : undefined);
    });
  }
});

test('the first rule that matches a message decides it', () => {
  const reserveSlot = bookOf(
    1,
    { match: { destination: '1415*' }, submit: 'spam' },
    { submit: 'no_route' },
    { submit: 'unknown' },
  );
  assert.equal(reserveSlot.decide(message, 0).failure, 'noRoute');
  assert.deepEqual(reserveSlot.decided, [0, 1, 0]);
});

test('a rule decides at most `times` messages', () => {
  const reserveSlot = bookOf(1, { times: 2, submit: 'carrier_fault' });
  const failures = [1, 2, 3].map((number) => reserveSlot.decide(numbered(number), 0).failure);
  assert.deepEqual(failures, ['carrierFault', 'carrierFault', undefined]);
});

describe('a share', () => {
  const messages = Array.from({ length: 2000 }, (_, number) => numbered(number));
  const failing = (reserveSlot: RuleBook, given: readonly Submission[]) =>
    new Set(
      given
        .filter((one) => reserveSlot.decide(one, 0).failure !== undefined)
        .map(({ reference }) => reference),
    );
  const rule = { share: 0.25, submit: 'carrier_fault' };

  test('matches its part of the messages', () => {
    const { size } = failing(bookOf(1, rule), messages);
    assert.ok(size > 400 && size < 600, `${size} of 2000`);
  });

  test('does not depend on the order of the messages', () => {
    const backwards = failing(bookOf(1, rule), [...messages].reverse());
    assert.deepEqual(backwards, failing(bookOf(1, rule), messages));
  });

  test('matches other messages with another seed, at another attempt, in another rule', () => {
    const first = failing(bookOf(1, rule), messages);
    assert.notDeepEqual(first, failing(bookOf(2, rule), messages));
    const again = messages.map((one) => ({ ...one, attempt: 2 }));
    assert.notDeepEqual(first, failing(bookOf(1, rule), again));
    const { size } = failing(bookOf(1, rule, rule), messages);
    assert.ok(size > 780 && size < 970, `${size} of 2000, where 0.25 and a quarter of the rest make 875`);
  });

  test('of 0 matches none, of 1 all', () => {
    assert.equal(failing(bookOf(1, { ...rule, share: 0 }), messages).size, 0);
    assert.equal(failing(bookOf(1, { ...rule, share: 1 }), messages).size, messages.length);
  });
});

test('a delay is drawn from the whole range, the same for the same message', () => {
  const delays = (seed: number) => {
    const reserveSlot = bookOf(seed, { delay_ms: [10, 13] });
    return Array.from(
      { length: 200 },
      (_, number) => reserveSlot.decide(numbered(number), 0).report?.delayMs,
    );
  };
  assert.deepEqual([...new Set(delays(1))].sort(), [10, 11, 12, 13]);
  assert.deepEqual(delays(1), delays(1));
  assert.notDeepEqual(delays(1), delays(2));
});

test('a throttle accepts so many a second, and says when to retry', () => {
  const reserveSlot = bookOf(1, { throttle: 2 });
  const fates = [0, 100, 250, 999, 1000].map((nowMs) => reserveSlot.decide(message, 60_000 + nowMs));
  assert.deepEqual(
    fates.map(({ failure, retryAfterMs }) => [failure, retryAfterMs]),
    [
      [undefined, undefined],
      [undefined, undefined],
      ['throttled', 750],
      ['throttled', 1],
      [undefined, undefined],
    ],
  );
  assert.deepEqual(reserveSlot.decided, [3]);
});

test('rules can be replaced, and reset to those of the start', () => {
  const reserveSlot = bookOf(1, { times: 1, submit: 'spam' });
  reserveSlot.decide(message, 0);
  reserveSlot.replace(readRules([{ submit: 'no_route' }]));
  assert.equal(reserveSlot.decide(message, 0).failure, 'noRoute');
  reserveSlot.reset();
  assert.deepEqual(reserveSlot.decided, [0]);
  assert.equal(reserveSlot.decide(message, 0).failure, 'spam');
});
