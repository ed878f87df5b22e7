// Where numbers are missing, and how many.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareDemand, planSupply } from './demand.ts';

const area = (areaCode: string, messages: number, busiestDaySegments = messages) => ({
  areaCode,
  messages,
  segments: messages,
  busiestDaySegments,
});
const limitOf = (limit: number | undefined) => () => limit;

test('area codes with a member are served, those without are missing, most messages first', () => {
  const demand = compareDemand(
    [area('415', 10), area('212', 3), area('213', 7), area('604', 7)],
    new Map([['415', 2]]),
    limitOf(undefined),
  );
  assert.deepEqual([demand.messages, demand.localMessages], [27, 10]);
  assert.deepEqual(
    demand.missing.map(({ areaCode, countryIso2, region, regionMembers }) => [
      areaCode,
      countryIso2,
      region,
      regionMembers,
    ]),
    [
      ['213', 'US', 'California', 2],
      ['604', 'CA', 'British Columbia', 0],
      ['212', 'US', 'New York', 0],
    ],
  );
});

const counts: [what: string, busiest: number, limit: number | undefined, numbers: number][] = [
  ['without a limit one is enough', 5000, undefined, 1],
  ['under the limit one is enough', 200, 200, 1],
  ['over it two are needed', 201, 200, 2],
  ['a message without segments needs one', 0, 200, 1],
];
for (const [what, busiest, limit, numbers] of counts) {
  test(`numbers: ${what}`, () => {
    const { missing } = compareDemand([area('212', 9, busiest)], new Map(), limitOf(limit));
    assert.equal(missing[0]?.numbers, numbers);
  });
}

const supplies: [
  numbers: number,
  own: number,
  forSale: number,
  plan: [add: number, rent: number, lacking: number],
][] = [
  [3, 0, 100, [0, 3, 0]],
  [3, 5, 100, [3, 0, 0]],
  [3, 1, 1, [1, 1, 1]],
  [3, 0, 0, [0, 0, 3]],
];
for (const [numbers, own, forSale, [add, rent, lacking]] of supplies) {
  test(`${numbers} numbers, ${own} of the account, ${forSale} for sale: add ${add}, rent ${rent}, lack ${lacking}`, () => {
    assert.deepEqual(planSupply(numbers, { own, forSale }), { add, rent, lacking });
  });
}

test('toll-free and unknown area codes are no places', () => {
  const demand = compareDemand([area('800', 5), area('000', 5)], new Map(), limitOf(1));
  assert.deepEqual(demand, { messages: 0, localMessages: 0, missing: [] });
});
