// The overview's conclusions from an account's figures.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { concernsOf } from './attention.ts';
import { firstSteps } from './first-steps.ts';
import { byUrgency, healthOf, waitingIn } from './health.ts';

const queue = (
  name: string,
  figures: Partial<{ [Name in 'members' | 'healthy_members' | 'judged_members' | 'queued']: number }> = {},
  age: number | null = null,
) => ({
  powerpack_uuid: `${name}-uuid`,
  name,
  members: 2,
  healthy_members: figures.members ?? 2,
  judged_members: 1,
  queued: 0,
  ...figures,
  oldest_age_seconds: age,
});

const well = queue('well');
const empty = queue('empty', { members: 0 });
const partly = queue('partly', { healthy_members: 1, queued: 4 }, 12);
const ill = queue('ill', { members: 1, healthy_members: 0 });
const quiet = queue('quiet', { judged_members: 0 });
const late = queue('late', { queued: 9 }, 300);

test('each powerpack has a word, and the worst comes first', () => {
  const sorted = byUrgency([well, late, empty, partly, ill, quiet]);
  assert.deepEqual(
    sorted.map((powerpack) => [powerpack.name, healthOf(powerpack).word]),
    [
      ['ill', 'Unhealthy'],
      ['partly', 'Partly unhealthy'],
      ['empty', 'No members'],
      ['late', 'Long queue'],
      ['well', 'Healthy'],
      ['quiet', 'Too few messages'],
    ],
  );
});

test('waiting messages are added up, and the oldest is that of all', () => {
  assert.deepEqual(waitingIn([well, partly, late]), { queued: 13, oldestSeconds: 300 });
  assert.deepEqual(waitingIn([well]), { queued: 0, oldestSeconds: undefined });
});

describe('problems', () => {
  const calm = {
    powerpacks: [well],
    lastHour: { delivered: 90, undelivered: 5, failed: 5 },
    failedCallbacks: { callbacks: 0, hasMore: false },
  };
  const sentences = (situation: Partial<typeof calm>) =>
    concernsOf({ ...calm, ...situation }).map(({ sentence }) => sentence);

  test('nothing', () => assert.deepEqual(sentences({}), []));

  test('messages that do not arrive, when they are enough to tell', () => {
    assert.deepEqual(sentences({ lastHour: { delivered: 89, undelivered: 6, failed: 5 } }), [
      '11% of the messages of the last hour did not arrive.',
    ]);
    assert.deepEqual(sentences({ lastHour: { delivered: 0, undelivered: 9, failed: 0 } }), []);
  });

  test('failed callbacks', () => {
    assert.deepEqual(sentences({ failedCallbacks: { callbacks: 1, hasMore: false } }), [
      '1 callback failed for good in the last seven days.',
    ]);
    assert.deepEqual(sentences({ failedCallbacks: { callbacks: 20, hasMore: true } }), [
      'More than 20 callbacks failed for good in the last seven days.',
    ]);
  });

  test('powerpacks', () => {
    assert.deepEqual(sentences({ powerpacks: [empty, partly, ill, late] }), [
      'empty has no members: nothing can be sent with it.',
      '1 of 2 members of partly is unhealthy: too few of the messages of the last day arrived.',
      'The only member of ill is unhealthy: too few of the messages of the last day arrived.',
      'A message of late waits for 5 min: more numbers would send faster.',
    ]);
  });
});

describe('first steps', () => {
  const done = (progress: Partial<Parameters<typeof firstSteps>[0]>) =>
    firstSteps({
      powerpackUuid: undefined,
      hasMember: false,
      sentMessages: 0,
      hasApplication: false,
      ...progress,
    }).map(({ isDone, href }) => `${isDone ? 'done' : 'open'} ${href}`);

  test('of a new account', () => {
    assert.deepEqual(done({}), [
      'open /console/powerpacks/new',
      'open /console/powerpacks/new',
      'open /console/send',
      'open /console/applications',
    ]);
  });

  test('go on with the powerpack that there is', () => {
    assert.deepEqual(done({ powerpackUuid: 'p', hasMember: true, sentMessages: 1 }), [
      'done /console/powerpacks/new',
      'done /console/powerpacks/p',
      'done /console/send?powerpack=p',
      'open /console/powerpacks/p/settings',
    ]);
  });

  test('end when all are done, and for who sends without an application', () => {
    const all = { powerpackUuid: 'p', hasMember: true, sentMessages: 1, hasApplication: true };
    assert.deepEqual(done(all), []);
    assert.deepEqual(done({ ...all, hasApplication: false, sentMessages: 20 }), []);
  });
});
