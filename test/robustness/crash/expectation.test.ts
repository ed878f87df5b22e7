// The model of the change scenario: the effect of each change.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterChange, type Change, type Expectation, nothing } from './expectation.ts';

const create: Change = { kind: 'create', name: 'p', stickySender: true, localConnect: false };
const add: Change = { kind: 'rentAndAdd', powerpack: 'p', number: '1' };
const alias: Change = { kind: 'rename', number: '1', alias: 'a' };
const drop: Change = { kind: 'delete', powerpack: 'p', unrentNumbers: false };
const dropAll: Change = { kind: 'delete', powerpack: 'p', unrentNumbers: true };
const restore: Change = { kind: 'restore', powerpack: 'p' };
const other: Change[] = [
  { ...create, name: 'q' },
  { ...add, powerpack: 'q' },
];

/** Returns the part of the state that a case is about: the members of each powerpack, rented and held numbers. */
const shown = ({ powerpacks, rented, held }: Expectation) => ({
  pools: Object.fromEntries(powerpacks.map(({ name, members }) => [name, members])),
  rented,
  held,
});

const cases: [what: string, changes: Change[], pools: object, rented: object, held: object][] = [
  ['rent and add', [create, add], { p: ['1'] }, { 1: '' }, {}],
  [
    'remove',
    [create, add, { kind: 'remove', powerpack: 'p', number: '1', unrent: false }],
    { p: [] },
    { 1: '' },
    {},
  ],
  [
    'remove and unrent',
    [create, add, { kind: 'remove', powerpack: 'p', number: '1', unrent: true }],
    { p: [] },
    {},
    { 1: '' },
  ],
  ['unrent', [create, add, alias, { kind: 'unrent', number: '1' }], { p: [] }, {}, { 1: 'a' }],
  ['rent again', [create, add, alias, { kind: 'unrent', number: '1' }, add], { p: ['1'] }, { 1: 'a' }, {}],
  ['delete', [create, add, drop], {}, { 1: '' }, {}],
  ['delete and unrent', [create, add, dropAll], {}, {}, { 1: '' }],
  ['restore', [create, add, drop, restore], { p: ['1'] }, { 1: '' }, {}],
  ['restore and rent again', [create, add, alias, dropAll, restore], { p: ['1'] }, { 1: 'a' }, {}],
  [
    'restore without what is taken',
    [create, add, drop, ...other, restore],
    { q: ['1'], p: [] },
    { 1: '' },
    {},
  ],
];

for (const [what, changes, pools, rented, held] of cases) {
  test(what, () => {
    assert.deepEqual(shown(changes.reduce(afterChange, nothing)), { pools, rented, held });
  });
}
