// Rules of the simulator as they are edited: always such as the server takes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRules, submitKinds, writeRule } from '../../../src/carriers/simulator/rule-format.ts';
import { presets } from './presets.ts';
import { isSame, refusalInWords, standardRule, submits, withMatch, withSubmit } from './rule.ts';

test('every answer of the carrier can be chosen, and no other', () => {
  assert.deepEqual(submits.map(({ value }) => value).toSorted(), [...submitKinds].toSorted());
});

for (const { value } of submits) {
  test(`the server takes a rule that was changed to ${value} and back`, () => {
    const outage = { ...withSubmit(standardRule, 'disconnected'), outage_ms: 1000 };
    const changed = withSubmit(outage, value);
    assert.equal(readRules([changed]).length, 1);
    assert.deepEqual(withSubmit(withSubmit(standardRule, value), 'accept'), standardRule);
  });
}

for (const { name, rule } of presets) {
  test(`the server takes “${name}”, and gives back the same`, () => {
    const [read] = readRules([rule]);
    assert.ok(read);
    assert.ok(isSame([JSON.parse(JSON.stringify(writeRule(read)))], [rule]));
  });
}

test('a condition that is emptied is none', () => {
  const narrow = withMatch(standardRule, { destination: '1415*', text: 'x' });
  assert.deepEqual(withMatch(narrow, { text: '' }).match, { destination: '1415*' });
});

test('rules are the same whatever the order of their names', () => {
  const { match: _, ...rest } = standardRule;
  const one = { ...standardRule, match: { destination: '1*', text: 'x' } };
  const other = { ...rest, match: { text: 'x', destination: '1*' } };
  assert.ok(isSame([one], [other]));
  assert.ok(!isSame([one], [standardRule]));
  assert.ok(!isSame([one], [one, one]));
});

test('refusals count rules as people do', () => {
  assert.equal(
    refusalInWords('rules[1].match.destination must be a text'),
    'Rule 2: destination must be a text',
  );
  assert.equal(refusalInWords('rules[0].share must be a number'), 'Rule 1: share must be a number');
  assert.equal(refusalInWords('rules must be a list'), 'rules must be a list');
});
