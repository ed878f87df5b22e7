// Which members are replaced, and which wait.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { degraded, postponementOf } from './refresh.ts';

const now = new Date('2026-11-30T12:00:00Z');
const rules = { messages: 50, deliveredPercent: 50, coolDownHours: 72, perDay: 2 };
const member = (number: string, finished: number, delivered: number, hoursAgo = 1000) => ({
  number,
  addedAt: new Date(now.getTime() - hoursAgo * 3600 * 1000),
  outcomes: { finished, delivered },
});

test('members with too few messages or enough delivered stay, the worst come first', () => {
  const members = [
    member('few', 49, 0),
    member('half', 100, 50),
    member('bad', 100, 49),
    member('worst', 60, 1),
    member('same', 100, 49),
  ];
  assert.deepEqual(
    degraded(members, rules).map(({ number }) => number),
    ['worst', 'bad', 'same'],
  );
});

const cases: [what: string, hoursAgo: number, replacements: number, postponement: string | undefined][] = [
  ['an old member is replaced', 72, 1, undefined],
  ['a new one is not, within the cool-down', 71, 0, 'cool_down'],
  ['none is, once the limit of the day is reached', 100, 2, 'daily_limit'],
];
for (const [what, hoursAgo, replacements, postponement] of cases) {
  test(what, () => {
    assert.equal(postponementOf(member('a', 100, 0, hoursAgo), rules, replacements, now), postponement);
  });
}
