// The check of claims: correct observations break no claim, and each kind of breach is found.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkClaims, type Facts, type Submitted } from './message-claims.ts';

const submission: Submitted = {
  process: 'first',
  ms: 100_000,
  reference: 'a',
  attempt: 1,
  sender: '12025550110',
  destination: '14152001000',
  segments: 1,
  carrierMessageId: 'a-1-delivered-100x1',
};
const again: Submitted = {
  ...submission,
  ms: 120_000,
  attempt: 2,
  carrierMessageId: 'a-2-delivered-100x1',
};
const other: Submitted = { ...submission, reference: 'b', carrierMessageId: 'b-1-delivered-100x1' };
const received = ['queued', 'sent', 'delivered'].map((status, index) => ({
  messageId: 'a',
  sequence: index + 1,
  status,
}));
const correct: Facts = {
  accepted: ['a'],
  shown: new Map([['a', { state: 'delivered', events: ['accepted', 'sent', 'delivered'] }]]),
  received,
  submitted: [submission],
  deaths: [],
  regulars: ['14152001000'],
  ratePerSecond: 2,
};
const repeated = new Map([['a', { state: 'delivered', events: ['repeated'] }]]);
const death = { process: 'first', fromMs: 100_500, untilMs: 100_600 };

const upheld: [what: string, facts: Facts][] = [
  ['nothing but correct', correct],
  ['a callback that comes again', { ...correct, received: [...received, ...received] }],
  [
    'what was in flight at a death was given to the carrier again',
    { ...correct, submitted: [submission, again], shown: repeated, deaths: [death] },
  ],
  [
    'what a process had sent before it was cut off arrived behind what another has sent since',
    {
      ...correct,
      submitted: [{ ...submission, process: 'second' }, again],
      shown: repeated,
      deaths: [{ ...death, untilMs: again.ms, arrivesLate: true }],
    },
  ],
  [
    'what the carrier did not answer was given to it again',
    {
      ...correct,
      submitted: [{ ...submission, failure: 'unanswered' }, again],
      shown: repeated,
    },
  ],
  [
    'what the carrier did not answer twice has failed',
    {
      ...correct,
      submitted: [
        { ...submission, failure: 'unanswered' },
        { ...again, failure: 'unanswered' },
      ],
      shown: new Map([['a', { state: 'failed', events: ['repeated'] }]]),
      received: received.slice(0, 1).concat({ messageId: 'a', sequence: 2, status: 'failed' }),
    },
  ],
  [
    'what the carrier did not answer has failed, because an attempt before it died before the carrier saw it',
    {
      ...correct,
      submitted: [{ ...again, failure: 'unanswered' }],
      shown: new Map([['a', { state: 'failed', events: ['repeated'] }]]),
      received: received.slice(0, 1).concat({ messageId: 'a', sequence: 2, status: 'failed' }),
    },
  ],
  [
    'what the carrier did not answer has failed, because a process died over the refusal before it',
    {
      ...correct,
      submitted: [
        { ...submission, carrierMessageId: undefined, failure: 'throttled' },
        { ...again, failure: 'unanswered' },
      ],
      shown: new Map([['a', { state: 'failed', events: [] }]]),
      received: received.slice(0, 1).concat({ messageId: 'a', sequence: 2, status: 'failed' }),
      deaths: [death],
    },
  ],
  [
    'a lost report',
    {
      ...correct,
      submitted: [{ ...submission, carrierMessageId: 'a-1-lost-0x0' }],
      shown: new Map([['a', { state: 'sent', events: [] }]]),
      received: received.slice(0, 2),
    },
  ],
  [
    'as many segments in a second as there may be',
    { ...correct, submitted: [submission, { ...other, ms: 100_500 }] },
  ],
];

const parts = [1, 2].map((part) => ({ ...submission, part, parts: 2, segments: part === 1 ? 2 : 0 }));
const doubled: Facts = {
  ...correct,
  submitted: [...parts, ...parts.map((part) => ({ ...part, ms: 120_000, attempt: 2 }))],
  shown: repeated,
  deaths: [{ ...death, mostInDoubt: 1 }],
};
upheld.push(
  ['both parts were taken', { ...correct, submitted: parts }],
  ['both parts were in flight at a death', doubled],
);

for (const [what, facts] of upheld) {
  test(`no breach: ${what}`, () => {
    assert.deepEqual(checkClaims(facts).breaches, []);
  });
}

const broken: [what: string, facts: Facts, breach: RegExp][] = [
  ['an accepted message is gone', { ...correct, shown: new Map() }, /a was accepted and is gone/],
  [
    'a message stays in the middle',
    { ...correct, shown: new Map([['a', { state: 'sent', events: [] }]]), received: received.slice(0, 2) },
    /a is sent, which should be delivered/,
  ],
  [
    'a message has failed after one attempt without a known end',
    {
      ...correct,
      submitted: [
        { ...submission, carrierMessageId: undefined, failure: 'throttled' },
        { ...again, failure: 'unanswered' },
      ],
      shown: new Map([['a', { state: 'failed', events: [] }]]),
    },
    /a is failed, which should be tried again/,
  ],
  ['a message never reached the carrier', { ...correct, submitted: [] }, /should be a submission/],
  ['no callback', { ...correct, received: [] }, /no callback came at all/],
  [
    'the last callback is missing',
    { ...correct, received: received.slice(0, 2) },
    /the last callback said sent/,
  ],
  [
    'a callback between is missing',
    { ...correct, received: received.filter(({ sequence }) => sequence !== 2) },
    /never came/,
  ],
  [
    'one number of the sequence means two things',
    { ...correct, received: [...received, { messageId: 'a', sequence: 2, status: 'delivered' }] },
    /callback 2 said sent and delivered/,
  ],
  [
    'a status goes backwards',
    { ...correct, received: [...received, { messageId: 'a', sequence: 4, status: 'sent' }] },
    /sent was told after delivered/,
  ],
  [
    'a process that was killed sent it behind another',
    {
      ...correct,
      submitted: [{ ...submission, process: 'second' }, again],
      shown: repeated,
      deaths: [{ ...death, untilMs: again.ms }],
    },
    /for no reason/,
  ],
  [
    'the carrier was given it again though nothing died',
    { ...correct, submitted: [submission, again], shown: repeated },
    /for no reason/,
  ],
  [
    'another process died',
    {
      ...correct,
      submitted: [submission, again],
      shown: repeated,
      deaths: [{ ...death, process: 'second' }],
    },
    /for no reason/,
  ],
  [
    'the process died long afterwards',
    {
      ...correct,
      submitted: [submission, again],
      shown: repeated,
      deaths: [{ ...death, fromMs: 115_000, untilMs: 115_100 }],
    },
    /for no reason/,
  ],
  [
    'the history does not tell of it',
    { ...correct, submitted: [submission, again], deaths: [death] },
    /history does not say/,
  ],
  [
    'two processes made the same attempt',
    {
      ...correct,
      submitted: [submission, { ...submission, process: 'second' }],
      shown: repeated,
      deaths: [death],
    },
    /attempt 1 was made twice/,
  ],
  [
    'a number is too quick',
    {
      ...correct,
      submitted: [
        submission,
        { ...other, ms: 100_499, segments: 2 },
        { ...other, reference: 'c', ms: 100_999 },
      ],
    },
    /12025550110 sent 4 segments within 1 s/,
  ],
  [
    'a number is a little too quick for long',
    {
      ...correct,
      submitted: Array.from({ length: 22 }, (_, index) => ({
        ...other,
        reference: `many ${index}`,
        ms: 100_000 + index * 470,
      })),
    },
    /12025550110 sent 22 segments within 10 s/,
  ],
  [
    'two numbers write to a regular',
    { ...correct, submitted: [submission, { ...other, sender: '12025550111' }] },
    /14152001000 heard from 12025550110 and 12025550111/,
  ],
];

broken.push(
  [
    'one of two parts never reached the carrier',
    { ...correct, submitted: parts.slice(0, 1) },
    /should be a submission/,
  ],
  [
    'a death left more in doubt than it may',
    { ...doubled, deaths: [{ ...death, mostInDoubt: 0 }] },
    /first left 1 messages in doubt, and 0 were allowed/,
  ],
);

for (const [what, facts, breach] of broken) {
  test(`breach: ${what}`, () => {
    assert.match(checkClaims(facts).breaches.join('\n'), breach);
  });
}
