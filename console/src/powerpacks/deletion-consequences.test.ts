// The sentences before a deletion.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consequencesOf, type DeletePlan } from './deletion-consequences.ts';

const plan: DeletePlan = {
  uuid: '',
  name: 'Shop',
  deletion_protection: false,
  unrent_numbers: false,
  members: { longcodes: 0, tollfree: 0, shortcodes: 0 },
  numbers_unrented: 0,
  queued_messages: 0,
  queued_messages_failing: 0,
  sticky_senders: 0,
  application_id: '',
  restorable_days: 10,
};
const pool = { longcodes: 2, tollfree: 1, shortcodes: 1 };

const cases: readonly [
  what: string,
  change: Partial<DeletePlan>,
  application: string | undefined,
  words: string,
][] = [
  ['Members', {}, undefined, 'The pool is empty.'],
  [
    'Members',
    { members: pool },
    undefined,
    '2 long codes, 1 toll-free number and 1 short code leave the pool. Numbers stay rented and are free for another powerpack.',
  ],
  [
    'Members',
    { members: pool, unrent_numbers: true, numbers_unrented: 3 },
    undefined,
    '2 long codes, 1 toll-free number and 1 short code leave the pool. 3 numbers are unrented.',
  ],
  [
    'Members',
    { members: { longcodes: 0, tollfree: 0, shortcodes: 1 }, unrent_numbers: true },
    undefined,
    '1 short code leaves the pool. There is no number to unrent.',
  ],
  ['Queued messages', {}, undefined, 'None is waiting.'],
  [
    'Queued messages',
    { queued_messages: 1 },
    undefined,
    '1 message still goes out from the number chosen for it.',
  ],
  [
    'Queued messages',
    { queued_messages: 2 },
    undefined,
    '2 messages still go out, each from the number chosen for it.',
  ],
  [
    'Queued messages',
    { queued_messages: 1200, queued_messages_failing: 1200 },
    undefined,
    '1,200 of 1,200 messages fail with code 40, each with its status callback.',
  ],
  [
    'Queued messages',
    { queued_messages: 3, queued_messages_failing: 1 },
    undefined,
    '1 of 3 messages fails with code 40, each with its status callback. The other 2 still go out.',
  ],
  ['Replies', {}, 'Desk', 'There is no number to reply to.'],
  ['Replies', { members: pool }, undefined, "Replies go where they went: to each number's own application."],
  [
    'Replies',
    { members: pool },
    'Desk',
    "Replies no longer go to “Desk”, but to each number's own application, if it has one.",
  ],
  [
    'Replies',
    { members: { ...pool, shortcodes: 0 }, unrent_numbers: true },
    'Desk',
    'Numbers that are unrented get no replies any more.',
  ],
  ['Sticky senders', {}, undefined, 'There are none.'],
  [
    'Sticky senders',
    { sticky_senders: 1 },
    undefined,
    '1 recipient is no longer bound to one number (sticky sender). Restoring brings that back.',
  ],
  [
    'Undoing',
    { restorable_days: 1 },
    undefined,
    'For 1 day it can be restored with its address, settings and sticky senders, and every member that found no other powerpack.',
  ],
  [
    'Undoing',
    { unrent_numbers: true },
    undefined,
    'For 10 days it can be restored with its address, settings and sticky senders. Unrented numbers are rented again, unless another account took them.',
  ],
  [
    'Undoing',
    { restorable_days: 0 },
    undefined,
    'Not possible: this server removes deleted powerpacks at once.',
  ],
];

for (const [what, change, application, words] of cases) {
  test(`${what}: ${words}`, () => {
    const points = consequencesOf({ ...plan, ...change }, application);
    assert.equal(points.find((point) => point.what === what)?.words, words);
  });
}

test('nothing but messages that fail is beyond undoing', () => {
  const final = (change: Partial<DeletePlan>) =>
    consequencesOf({ ...plan, ...change }, undefined)
      .filter(({ isFinal }) => isFinal)
      .map(({ what }) => what);
  assert.deepEqual(final({ queued_messages: 2 }), []);
  assert.deepEqual(final({ queued_messages: 2, queued_messages_failing: 1 }), ['Queued messages']);
});
