// The judgement of a soak, as a table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeSoak, type Sample } from './judge-soak.ts';

const calm: Sample = {
  minutes: 0,
  heapBytes: 40e6,
  timers: 20,
  listeners: 200,
  handles: 10,
  openFiles: 30,
  unmatchedReports: 0,
  unfinished: 0,
};
const minutes = 40;
const warmUpMinutes = 10;

/** Returns a sample for each minute, each changed by `change`. */
const samplesWith = (change: (minute: number) => Partial<Sample>): Sample[] =>
  Array.from({ length: minutes + 1 }, (_, minute) => ({ ...calm, minutes: minute, ...change(minute) }));

const cases: [what: string, samples: Sample[], breaches: string[]][] = [
  ['a server that stays as it is', samplesWith(() => ({})), []],
  [
    'one that grows while it warms up',
    samplesWith((minute) => ({ heapBytes: 40e6 - 1e6 * Math.max(10 - minute, 0) })),
    [],
  ],
  [
    'one that keeps 100 kB a minute',
    samplesWith((minute) => ({ heapBytes: 40e6 + 200e3 * minute })),
    ['the heap went from 42.4 MB to 47.6 MB'],
  ],
  [
    'one whose heap shrinks: it had not warmed up',
    samplesWith((minute) => ({ heapBytes: 40e6 - 250e3 * minute })),
    ['the heap went from 37.0 MB to 30.5 MB'],
  ],
  ['one whose heap jumps once', samplesWith((minute) => (minute === 40 ? { heapBytes: 90e6 } : {})), []],
  ['connections that come and go', samplesWith((minute) => ({ handles: 10 + (minute % 5) })), []],
  [
    'a connection to the database, with its 30 listeners, that is open in more of the last samples than of the first',
    samplesWith((minute) => ({ listeners: minute % (minute < 20 ? 4 : 3) === 0 ? 255 : 285 })),
    [],
  ],
  [
    'a timer more for each connection that was lost',
    samplesWith((minute) => ({ timers: 20 + minute })),
    ['timers went from 30 to 56'],
  ],
  [
    'a listener more, and a socket more',
    samplesWith((minute) => ({ listeners: 200 + 2 * minute, openFiles: 30 + minute })),
    ['listeners went from 220 to 272', 'openFiles went from 40 to 66'],
  ],
  [
    'reports that find their message in the end',
    samplesWith((minute) => ({ unmatchedReports: minutes - minute })),
    [],
  ],
  [
    'a report that finds none, and a message without an end',
    samplesWith(() => ({ unmatchedReports: 1, unfinished: 2 })),
    ['1 reports wait for their message at the end', '2 messages have no end that their customer knows'],
  ],
  [
    'a soak that was cut short',
    samplesWith(() => ({})).slice(0, 19),
    ['9 samples after the warm-up are too few: 10 are needed'],
  ],
];
for (const [what, samples, breaches] of cases) {
  test(what, () => assert.deepEqual(judgeSoak(samples, warmUpMinutes), breaches));
}
