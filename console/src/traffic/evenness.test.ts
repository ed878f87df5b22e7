// Whether a pool shares its work evenly, in sentences.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeEvenness, explainUnevenness } from './evenness.ts';

const verdicts: [what: string, messages: number[], sentence: string][] = [
  ['no members', [], 'There is no member that could send.'],
  ['silence of one', [0], 'No message from the only member.'],
  ['silence of all', [0, 0, 0], 'No message from any of 3 members.'],
  ['one member', [7], 'The only member sent everything: another one would share the work.'],
  ['too few', [9, 0], 'Too few messages to tell: 9 from 2 members.'],
  ['just enough', [10, 0], 'Uneven: busiest 10, quietest 0 of 2 members; 1 sent nothing.'],
  ['80 %', [80, 100, 90], 'Even: busiest 100, quietest 80 of 3 members.'],
  ['less than 80 %', [79, 100], 'Fairly even: busiest 100, quietest 79 of 2 members.'],
  ['50 %', [500, 1000], 'Fairly even: busiest 1,000, quietest 500 of 2 members.'],
  [
    'of many, one that is new changes nothing',
    [0, ...Array.from({ length: 19 }, () => 100)],
    'Even: eight of ten members sent 100 to 100; busiest 100, quietest 0 of 20; 1 sent nothing.',
  ],
  [
    'of many, most of them uneven',
    Array.from({ length: 20 }, (_, place) => (place + 1) * 10),
    'Uneven: eight of ten members sent 30 to 180; busiest 200, quietest 10 of 20.',
  ],
  ['less than 50 %', [49, 100], 'Uneven: busiest 100, quietest 49 of 2 members.'],
];

describe('the answer', () => {
  for (const [what, messages, sentence] of verdicts) {
    test(what, () => assert.equal(describeEvenness(messages), sentence));
  }
});

const rest = 'Among equals the number that is free first sends.';
const explanations: [
  what: string,
  rules: { sticky_sender: boolean; local_connect: boolean },
  numbers: string[],
  sentence: string | undefined,
][] = [
  ['no rule', { sticky_sender: false, local_connect: false }, ['14155550100', '12125550100'], undefined],
  [
    'one rule',
    { sticky_sender: true, local_connect: false },
    ['14155550100'],
    `What may prefer some members: sticky sender keeps each recipient on one number. ${rest}`,
  ],
  [
    'every rule',
    { sticky_sender: true, local_connect: true },
    ['14155550100', '18005550100', '12345'],
    `What may prefer some members: sticky sender keeps each recipient on one number, local connect prefers numbers of the recipient's area and number priority tries one kind of number before another. ${rest}`,
  ],
];

describe('the explanation', () => {
  for (const [what, rules, numbers, sentence] of explanations) {
    test(what, () => assert.equal(explainUnevenness(rules, numbers), sentence));
  }
});
