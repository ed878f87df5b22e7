// The messages that a STOP blocks and the opt-outs that a START leaves, as tables.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OptOutScope } from '../powerpack.ts';
import { blocks, type OptOut, type OptOutRule, restAfterStart } from './opt-out.ts';

const [ours, another, third] = ['14155550100', '14155550101', '14155550102'];
const [shop, bank] = ['0198a000-0000-7000-8000-000000000000', '0198a000-0000-7000-8000-000000000001'];

const stop = (queue: string | undefined, powerpackUuid: string | undefined, scope: OptOutScope): OptOut => ({
  accountId: 'MAOPTOUT000000000000',
  destination: '12125550150',
  queue,
  powerpackUuid,
  scope,
  optedOutAt: new Date(0),
  isConfirmed: false,
});

describe('a STOP blocks', () => {
  const cases: [
    what: string,
    optOut: OptOut,
    queue: string,
    powerpackUuid: string | undefined,
    blocked: boolean,
  ][] = [
    ['its number', stop(ours, undefined, 'number'), ours, undefined, true],
    ['its number in whatever powerpack', stop(ours, shop, 'number'), ours, bank, true],
    ['no other number', stop(ours, shop, 'number'), another, shop, false],
    ['every number of its powerpack', stop(ours, shop, 'powerpack'), another, shop, true],
    ['not the numbers of another powerpack', stop(ours, shop, 'powerpack'), another, bank, false],
    ['not a number without a powerpack', stop(ours, shop, 'powerpack'), another, undefined, false],
    ['not every number without a powerpack', stop(ours, undefined, 'powerpack'), another, undefined, false],
    ['every powerpack of the account', stop(ours, shop, 'account'), another, bank, true],
    ['every number of the account', stop(ours, shop, 'account'), another, undefined, true],
    ['its powerpack where its number is not known', stop(undefined, shop, 'powerpack'), another, shop, true],
  ];
  for (const [what, optOut, queue, powerpackUuid, blocked] of cases) {
    test(what, () => assert.equal(blocks(optOut, { queue, powerpackUuid }), blocked));
  }
});

describe('after START to a number', () => {
  const inShop = (scope: OptOutScope): OptOutRule[] => [{ uuid: shop, scope }];
  const cases: [
    what: string,
    optOut: OptOut,
    powerpacks: readonly OptOutRule[],
    left: OptOutScope | undefined,
  ][] = [
    ['nothing is left of a STOP to it', stop(ours, undefined, 'number'), [], undefined],
    ['in whatever scope', stop(ours, bank, 'account'), inShop('number'), undefined],
    ['a STOP to another number stays', stop(another, undefined, 'number'), inShop('account'), 'number'],
    ['of the powerpack it goes as well', stop(another, shop, 'number'), inShop('powerpack'), undefined],
    [
      'where numbers count, another number of it stays stopped',
      stop(another, shop, 'number'),
      inShop('number'),
      'number',
    ],
    [
      'and an old STOP to all of it shrinks to its number',
      stop(another, shop, 'powerpack'),
      inShop('number'),
      'number',
    ],
    ['and one to all of the account as well', stop(another, shop, 'account'), inShop('number'), 'number'],
    [
      'and nothing where its number is not known',
      stop(undefined, shop, 'powerpack'),
      inShop('number'),
      undefined,
    ],
    ['another powerpack stays stopped', stop(another, bank, 'powerpack'), inShop('powerpack'), 'powerpack'],
    [
      'also by one whose opt-outs count for the account',
      stop(another, bank, 'powerpack'),
      inShop('account'),
      'powerpack',
    ],
    [
      'a STOP to all of the account is taken back where that is the scope',
      stop(another, bank, 'account'),
      inShop('account'),
      undefined,
    ],
    [
      'and shrinks to its powerpack where it is not',
      stop(another, bank, 'account'),
      inShop('powerpack'),
      'powerpack',
    ],
    ['the same for a number without a powerpack', stop(another, bank, 'account'), [], 'powerpack'],
    [
      'the widest of several powerpacks counts',
      stop(another, bank, 'powerpack'),
      [...inShop('number'), { uuid: bank, scope: 'powerpack' }],
      undefined,
    ],
  ];
  for (const [what, optOut, powerpacks, left] of cases) {
    test(what, () => assert.equal(restAfterStart(optOut, ours, powerpacks)?.scope, left));
  }

  test('the number may write again, whatever was stopped', () => {
    const scopes = ['number', 'powerpack', 'account'] as const;
    for (const own of scopes)
      for (const scope of scopes)
        for (const queue of [ours, another, undefined])
          for (const uuid of [shop, bank, undefined]) {
            const optOut = stop(queue, uuid, scope);
            const rest = restAfterStart(optOut, ours, inShop(own));
            const isBlocked =
              rest !== undefined && blocks({ ...optOut, ...rest }, { queue: ours, powerpackUuid: shop });
            assert.equal(isBlocked, false, JSON.stringify([own, scope, queue, uuid]));
          }
  });

  test('a START that does not cover a stopped number leaves it blocked', () => {
    const optOut = stop(third, shop, 'account');
    const rest = restAfterStart(optOut, ours, inShop('number'));
    assert.ok(rest !== undefined && blocks({ ...optOut, ...rest }, { queue: third, powerpackUuid: shop }));
  });

  test('an opt-out of the account that was made by hand stays for all that it was not written to', () => {
    const byHand = stop(undefined, undefined, 'account');
    const rest = restAfterStart(byHand, ours, inShop('powerpack'));
    assert.deepEqual(rest, { scope: 'account', excepted: [ours, shop] });
    const left = { ...byHand, ...rest };
    const blocked = (queue: string, powerpackUuid: string | undefined) =>
      blocks(left, { queue, powerpackUuid });
    assert.deepEqual(
      [blocked(another, shop), blocked(ours, undefined), blocked(another, bank), blocked(third, undefined)],
      [false, false, true, true],
    );
    assert.deepEqual(restAfterStart(left, third, [])?.excepted, [ours, shop, third]);
    assert.deepEqual(restAfterStart(byHand, ours, inShop('number'))?.excepted, [ours]);
    const full = { ...byHand, excepted: Array.from({ length: 100 }, (_, index) => `${index}`) };
    assert.equal(restAfterStart(full, ours, []), undefined, 'of so many exceptions nothing is left');
  });
});
