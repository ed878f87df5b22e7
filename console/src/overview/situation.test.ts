// The overview's conclusions from an account's figures.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { concernsOf, type Situation } from './attention.ts';
import { firstSteps } from './first-steps.ts';
import { byUrgency, healthOf, waitingIn } from './health.ts';

const queue = (
  name: string,
  figures: Partial<{ [Name in 'members' | 'healthy_members' | 'queued']: number }> = {},
  age: number | null = null,
) => ({
  powerpack_uuid: `${name}-uuid`,
  name,
  members: 2,
  healthy_members: figures.members ?? 2,
  queued: 0,
  ...figures,
  oldest_age_seconds: age,
});

const well = queue('well');
const empty = queue('empty', { members: 0 });
const partly = queue('partly', { healthy_members: 1, queued: 4 }, 12);
const ill = queue('ill', { members: 1, healthy_members: 0 });
const late = queue('late', { queued: 9 }, 300);

test('each powerpack has a word, and the worst comes first', () => {
  const sorted = byUrgency([well, late, empty, partly, ill]);
  assert.deepEqual(
    sorted.map((powerpack) => [powerpack.name, healthOf(powerpack).word]),
    [
      ['ill', 'Unhealthy'],
      ['partly', 'Partly unhealthy'],
      ['empty', 'No members'],
      ['late', 'Long queue'],
      ['well', 'Healthy'],
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
    incidents: undefined,
  };
  const sentences = (situation: Partial<Situation>) =>
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
      '1 of 2 members of partly is unhealthy: too few of the messages of the last day arrived.',
      'The only member of ill is unhealthy: too few of the messages of the last day arrived.',
      'A message of late waits for 5 min: more numbers would send faster.',
      'empty has no members: nothing can be sent with it.',
    ]);
  });

  test('the open incidents of a main account, and what is none, but not the same twice', () => {
    const incident = {
      affected: 60,
      began_at: '2026-03-14T09:26:53.589000Z',
      ended_at: null,
      incident_id: 'id',
      kind: 'number',
      sentence: '60 of 60 messages of a day from 12025550101 did not arrive',
      subject: '12025550101',
      total: 60,
    } as const;
    const situation: Situation = {
      powerpacks: [ill, empty, late],
      lastHour: { delivered: 0, undelivered: 60, failed: 0 },
      failedCallbacks: { callbacks: 1, hasMore: false },
      incidents: { newest: [incident], hasMore: true },
    };
    assert.deepEqual(
      concernsOf(situation).map(({ sentence, href }) => `${sentence} ${href}`),
      [
        '60 of 60 messages of a day from 12025550101 did not arrive. /console/numbers/12025550101',
        'There are more incidents. /console/incidents',
        '1 callback failed for good in the last seven days. /console/webhooks?outcome=failed',
        'empty has no members: nothing can be sent with it. /console/powerpacks/empty-uuid',
      ],
    );
    assert.deepEqual(
      concernsOf({ ...calm, powerpacks: [ill, late], incidents: { newest: [], hasMore: false } }),
      [],
    );
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
