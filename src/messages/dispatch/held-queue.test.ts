// A sender queue in memory: which job may go when.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleCarrier, sampleJob } from '../../../test/support/carriers.ts';
import { bulkPositions } from '../outbox/bulk-positions.ts';
import type { Job } from '../outbox/outbox-store.ts';
import type { ReservedRoom } from './carrier-room.ts';
import { HeldQueue, windowOf } from './held-queue.ts';
import { maxPassedOver } from './job-lists.ts';

const job = sampleJob;

const room: ReservedRoom = { carrier: sampleCarrier(), handOver() {}, answered() {}, end() {} };
const giveRoom = () => room;

/** Returns a sender queue that has read these jobs at the moment 0. */
function queueWith(...jobs: Job[]): HeldQueue {
  const queue = new HeldQueue('12015550100', undefined);
  queue.beginLoad();
  queue.load(jobs, 0);
  return queue;
}

/** Takes what may go at a moment and hands it to the carrier at once; answers the positions. */
function submit(queue: HeldQueue, now: number): number[] {
  const taken = queue.takeDue(now, 500, giveRoom);
  for (const { job: one } of taken) queue.submittedAt(one, now);
  return taken.map(({ job: { position } }) => position);
}

test('as many jobs are with the carrier as go in a second, one at least, twenty at most', () => {
  assert.deepEqual([0, 10, 40, 60, 500, 999, 1000, 4000].map(windowOf), [20, 20, 20, 16, 2, 1, 1, 1]);
});

test('a slow number waits for the answer and for its pace', () => {
  const [first, second] = [job(1), job(2)];
  const queue = queueWith(first, second);
  assert.deepEqual(submit(queue, 0), [1]);
  assert.equal(queue.nextAt(), undefined);
  queue.finished(first);
  assert.equal(queue.nextAt(), 1000);
  assert.deepEqual(submit(queue, 999), []);
  assert.deepEqual(submit(queue, 1000), [2]);
});

test('a quick number goes on without waiting for answers, up to its window', () => {
  const jobs = Array.from({ length: 30 }, (_, index) => job(index + 1, { busyMs: 40 }));
  const queue = queueWith(...jobs);
  for (let now = 0; now < 2000; now += 40) submit(queue, now);
  assert.equal(queue.nextAt(), undefined, 'twenty are with the carrier');
  queue.finished(jobs[0] ?? job(1));
  assert.deepEqual(submit(queue, 2000), [21]);
});

test('nothing is taken while something is on its way to the carrier, which it could overtake', () => {
  const [first, second] = [job(1, { busyMs: 40 }), job(2, { busyMs: 40 })];
  const queue = queueWith(first, second);
  assert.equal(queue.takeDue(0, 500, giveRoom).length, 1);
  assert.equal(queue.nextAt(), undefined);
  assert.deepEqual(queue.takeDue(500, 500, giveRoom), []);
  queue.submittedAt(first, 600);
  assert.equal(queue.nextAt(), 640, 'the pace counts from when it went');
  assert.deepEqual(submit(queue, 640), [2]);
});

test('a number without a pace sends all at once, no more than is asked for', () => {
  const queue = queueWith(...[1, 2, 3].map((position) => job(position, { busyMs: 0 })));
  assert.equal(queue.takeDue(0, 2, giveRoom).length, 2);
});

test('a job that is tried again goes before anything else of its sender queue, and everything waits for it', () => {
  const [first, second] = [job(1), job(2)];
  const queue = queueWith(first, second);
  submit(queue, 0);
  queue.retry(first, { ...first, attempts: 1 }, 5000);
  assert.equal(queue.nextAt(), 5000);
  assert.deepEqual(submit(queue, 5000), [1]);
});

test('after a failure the sender queue waits for what else is under way', () => {
  const jobs = [1, 2, 3].map((position) => job(position, { busyMs: 100 }));
  const queue = queueWith(...jobs);
  submit(queue, 0);
  submit(queue, 100);
  const [first = job(1), second = job(2)] = jobs;
  queue.retry(first, first, 500);
  assert.equal(queue.nextAt(), undefined);
  queue.finished(second);
  assert.equal(queue.nextAt(), 500);
  assert.deepEqual(submit(queue, 500), [1]);
});

test('a job that has expired is taken as such, whatever the pace, and keeps nobody waiting', () => {
  const queue = queueWith(job(1, { expiresAt: new Date(300), dueAt: new Date(900), attempts: 1 }), job(2));
  assert.equal(queue.nextAt(), 300);
  assert.deepEqual(queue.takeDue(299, 500, giveRoom), []);
  const [taken] = queue.takeDue(300, 500, giveRoom);
  assert.equal(taken?.passage, 'expired');
  if (taken !== undefined) queue.finished(taken.job);
  assert.equal(queue.nextAt(), 0);
});

test('a job that has lost its number waits for nothing, neither its moment nor the pace nor a repetition', () => {
  const [first, second, third] = [job(1), job(2, { dueAt: new Date(90_000) }), job(3)];
  const queue = queueWith(first, second, third);
  submit(queue, 0);
  queue.retry(first, { ...first, attempts: 1 }, 5000);
  queue.departed(2);
  for (const position of [1, 2]) {
    assert.equal(queue.nextAt(), 0);
    const [taken] = queue.takeDue(10, 500, giveRoom);
    assert.deepEqual([taken?.job.position, taken?.passage], [position, 'departed']);
    if (taken !== undefined) queue.finished(taken.job);
  }
  assert.equal(queue.nextAt(), 5000);
});

test('a number that a dead process perhaps used just now is busy for as long as that use keeps it', () => {
  const queue = new HeldQueue('12015550100', new Date(200));
  queue.load([job(1, { isOutcomeUnknown: true })], 500);
  assert.equal(queue.nextAt(), 1500);
});

test('messages that a dead process perhaps sent are sent again at the pace of the number, and those behind them too', () => {
  const jobs = Array.from({ length: 30 }, (_, index) =>
    job(index + 1, { busyMs: 50, isOutcomeUnknown: index < 20 }),
  );
  const queue = new HeldQueue('12015550100', undefined);
  queue.beginLoad();
  queue.load(jobs, 1000);
  const gone: number[] = [];
  for (let now = 1000; now <= 3000; now++) {
    for (const { job: one } of queue.takeDue(now, 500, giveRoom)) {
      queue.submittedAt(one, now);
      queue.finished(one);
      gone.push(now);
    }
  }
  // The dead process perhaps sent the last one just before.
  assert.deepEqual(
    gone,
    jobs.map((_, index) => 1050 + index * 50),
  );
});

test('messages that a dead process perhaps sent keep the pace of a slow number, although few are read at a time', () => {
  const stored = Array.from({ length: 10 }, (_, index) => job(index + 1, { isOutcomeUnknown: true }));
  const queue = new HeldQueue('12015550100', undefined);
  const gone: number[] = [];
  const answered = new Map<number, Job>();
  let mostRead = 0;
  for (let now = 0; now <= 20_000; now += 100) {
    if (queue.wantsJobs) {
      const { after, most } = queue.beginLoad();
      const read = stored.filter(({ position }) => position > after).slice(0, most);
      mostRead = Math.max(mostRead, read.length);
      queue.load(read, now);
    }
    for (const { job: one } of queue.takeDue(now, 500, giveRoom)) {
      queue.submittedAt(one, now);
      gone.push(now);
      answered.set(now + 300, one);
    }
    const ended = answered.get(now);
    if (ended !== undefined) queue.finished(ended);
  }
  assert.equal(mostRead, 2);
  assert.deepEqual(
    gone,
    stored.map((_, index) => 1000 + index * 1000),
  );
});

test('it wants jobs until it is told that there are no more, and is idle when the last has ended', () => {
  const first = job(1);
  const queue = new HeldQueue('12015550100', undefined);
  assert.equal(queue.wantsJobs, true);
  queue.beginLoad();
  queue.load([first], 0);
  assert.deepEqual([queue.wantsJobs, queue.isIdle, queue.beginLoad().after], [false, false, 1]);
  submit(queue, 0);
  assert.equal(queue.isIdle, false);
  queue.finished(first);
  assert.equal(queue.isIdle, true);
  queue.expectMore();
  assert.deepEqual([queue.wantsJobs, queue.isIdle], [true, false]);
});

test('as many jobs as were asked for mean that there may be more', () => {
  const queue = new HeldQueue('12015550100', undefined);
  const asked = queue.beginLoad();
  queue.load(
    Array.from({ length: asked.most }, (_, index) => job(index + 1)),
    0,
  );
  assert.equal(queue.isIdle, false);
  queue.beginLoad();
  assert.equal(queue.wantsJobs, false, 'but nothing more is expected for now');
});

test('a quick number has more jobs read ahead than a slow one', () => {
  const [quick, slow] = [50, 1000].map((busyMs) => {
    const only = job(1, { busyMs });
    const queue = queueWith(only);
    submit(queue, 0);
    queue.finished(only);
    queue.expectMore();
    return queue.beginLoad().most;
  });
  assert.ok(quick !== undefined && slow !== undefined && quick > slow, `${quick} and ${slow}`);
});

test('a job without room stays where it is, and its number is not busy for it', () => {
  const queue = queueWith(job(1), job(2));
  assert.equal(
    queue.mostDue(0, () => 'noRoom'),
    0,
  );
  assert.equal(queue.nextAt(), 1_000_000, 'it is looked at again when it expires, or when there is room');
  assert.deepEqual(
    queue.takeDue(0, 500, () => 'noRoom'),
    [],
  );
  assert.equal(
    queue.mostDue(5000, () => undefined),
    1,
  );
  assert.deepEqual(submit(queue, 5000), [1]);
});

test('a job whose carrier has its link elsewhere waits, and its sender queue can be left once nothing is under way', () => {
  const [first, second] = [job(1, { busyMs: 100 }), job(2, { busyMs: 100 })];
  const queue = queueWith(first, second);
  submit(queue, 0);
  assert.equal(
    queue.mostDue(100, () => 'elsewhere'),
    0,
  );
  assert.equal(queue.isElsewhere, false, 'the first is with its carrier');
  queue.finished(first);
  assert.deepEqual([queue.isElsewhere, queue.nextAt()], [true, 1_000_000]);
  queue.mostDue(200, () => 'noRoom');
  assert.equal(queue.isElsewhere, false);
  assert.deepEqual(
    queue.takeDue(300, 500, () => 'elsewhere'),
    [],
  );
  assert.equal(queue.isElsewhere, true);
});

test('a job that is tried again is waited for by its own moment, whatever waited for room before', () => {
  const [first, second] = [job(1, { busyMs: 100 }), job(2, { busyMs: 100 })];
  const queue = queueWith(first, second);
  submit(queue, 0);
  queue.mostDue(100, () => 'noRoom');
  queue.retry(first, { ...first, attempts: 1 }, 5000);
  assert.equal(
    queue.mostDue(200, () => undefined),
    0,
  );
  assert.equal(queue.nextAt(), 5000);
});

test('a job without a route is taken as such, and those behind it are asked about one by one', () => {
  const queue = queueWith(job(1), job(2));
  const ofFirst = ({ position }: Job) => (position === 1 ? 'unrouted' : room);
  const taken = queue.takeDue(0, 500, ofFirst);
  assert.deepEqual(
    taken.map(({ job: { position }, passage }) => [position, passage]),
    [[1, 'unrouted']],
  );
  queue.finished(taken[0]?.job ?? job(1));
  assert.equal(queue.takeDue(0, 500, ofFirst).length, 1);
});

test('a job that has expired does not wait for room', () => {
  const queue = queueWith(job(1, { expiresAt: new Date(300) }));
  queue.mostDue(0, () => 'noRoom');
  assert.equal(queue.nextAt(), 300);
  assert.equal(
    queue.mostDue(300, () => 'noRoom'),
    1,
  );
  assert.equal(queue.takeDue(300, 500, () => 'noRoom')[0]?.passage, 'expired');
});

test('a job whose recipient’s quiet hours have begun is given back, unless something of it was submitted', () => {
  const quietFrom = new Date(300);
  const queue = queueWith(
    job(1, { quietFrom, dueAt: new Date(900), attempts: 1 }),
    job(2, { quietFrom, partsTaken: 1 }),
  );
  assert.equal(queue.nextAt(), 300);
  const [taken] = queue.takeDue(300, 500, giveRoom);
  assert.equal(taken?.passage, 'quiet');
  if (taken !== undefined) queue.finished(taken.job);
  assert.deepEqual(submit(queue, 300), [2]);
});

const bulk = (position: number, changes: Partial<Job> = {}) => job(bulkPositions + position, changes);

test('a message that is not bulk goes first, whenever it comes', () => {
  const queue = queueWith(bulk(1), bulk(2));
  assert.deepEqual(submit(queue, 0), [bulkPositions + 1]);
  queue.finished(bulk(1));
  queue.expectMore();
  const { after, afterBulk, mostBulk } = queue.beginLoad();
  assert.deepEqual([after, afterBulk, mostBulk > 0], [0, bulkPositions + 2, false]);
  queue.load([job(3)], 0);
  for (const held of queue.takeDue(500, 500, giveRoom)) assert.fail(`${held.job.position} keeps the pace`);
});

test('a job waits for its send slot while it is tried again or is bulk behind others, and else for its number alone', () => {
  const dueAt = new Date(9000);
  assert.equal(queueWith(job(1, { dueAt })).nextAt(), 0);
  assert.equal(queueWith(job(1, { dueAt, notBefore: dueAt })).nextAt(), 9000);
  assert.equal(queueWith(job(1, { dueAt, attempts: 1 })).nextAt(), 9000);
  assert.equal(queueWith(bulk(1, { dueAt })).nextAt(), 0);
  const first = job(1);
  const queue = queueWith(first, bulk(2, { dueAt }));
  assert.deepEqual(submit(queue, 0), [1]);
  queue.finished(first);
  assert.equal(queue.nextAt(), 1000, 'nothing else is left');
  queue.expectMore();
  assert.equal(queue.nextAt(), 9000, 'there may be others');
});

test('a job that was taken and does not go leaves the number as free as it was', () => {
  const [first, second, third] = [job(1), job(2), job(3)];
  const queue = queueWith(first, second, third);
  submit(queue, 0);
  queue.finished(first);
  assert.equal(queue.takeDue(1500, 500, giveRoom)[0]?.job, second);
  queue.withdrawn(second);
  queue.finished(second);
  assert.equal(queue.nextAt(), 1000);
  assert.deepEqual(submit(queue, 1500), [3]);
  queue.withdrawn(third);
  assert.equal(queue.nextAt(), undefined);
  queue.finished(third);
  queue.load([job(4)], 1500);
  assert.equal(queue.nextAt(), 2500, 'what has gone keeps it busy');
});

test('waiting jobs are looked for where something else than the pace keeps them, and what is gone keeps nothing', () => {
  const [first, second] = [job(1), job(2)];
  const queue = queueWith(first, second);
  assert.deepEqual(queue.jobsKeptWaiting(0), []);
  submit(queue, 0);
  queue.retry(first, { ...first, attempts: 1, dueAt: new Date(60_000) }, 60_000);
  assert.deepEqual(
    queue.jobsKeptWaiting(10).map(({ position }) => position),
    [1, 2],
  );
  queue.forget(new Set([first.messageId]));
  assert.equal(queue.nextAt(), 1000);
  queue.mostDue(2000, () => 'noRoom');
  assert.deepEqual(queue.jobsKeptWaiting(2000), [second]);
});

test('the number is busy with what was sent before the jobs that were read', () => {
  const queue = new HeldQueue('12015550100', undefined);
  queue.beginLoad();
  queue.load([job(1)], 0, new Date(700));
  assert.equal(queue.nextAt(), 700);
});

test('the pace holds across priorities, and a bulk message goes at least every tenth time', () => {
  let seed = 11;
  const draw = (most: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * most);
  };
  for (let run = 0; run < 50; run++) {
    const busyMs = [100, 1000][draw(2)] ?? 100;
    const queue = new HeldQueue('12015550100', undefined);
    const stored: Job[] = [];
    const gone: { readonly position: number; readonly at: number }[] = [];
    let accepted = 0;
    let passedOver = 0;
    for (let now = 0; now < 400 * busyMs; now += busyMs / 4) {
      for (let count = draw(3) === 0 ? draw(3) : 0; count > 0; count--) {
        accepted += 1;
        const position = (draw(2) === 0 ? bulkPositions : 0) + accepted;
        stored.push(job(position, { busyMs, dueAt: new Date(now), expiresAt: new Date(1e12) }));
        queue.expectMore();
      }
      if (queue.wantsJobs) {
        const { after, most, afterBulk, mostBulk } = queue.beginLoad();
        const inOrder = stored.toSorted((a, b) => a.position - b.position);
        const first = inOrder.filter(({ position }) => position > after && position < bulkPositions);
        const behind = inOrder.filter(({ position }) => position > afterBulk);
        queue.load([...first.slice(0, most), ...behind.slice(0, mostBulk)], now);
      }
      const isGone = new Set(gone.map(({ position }) => position));
      const waitingBulk = stored.some(({ position }) => position > bulkPositions && !isGone.has(position));
      for (const { job: taken } of queue.takeDue(now, 500, giveRoom)) {
        queue.submittedAt(taken, now);
        queue.finished(taken);
        gone.push({ position: taken.position, at: now });
        passedOver = taken.position > bulkPositions || !waitingBulk ? 0 : passedOver + 1;
        assert.ok(passedOver <= maxPassedOver, `run ${run}: ${passedOver} in a row`);
      }
    }
    for (const [index, { at }] of gone.entries()) {
      const before = gone[index - 1];
      if (before !== undefined) assert.ok(at - before.at >= busyMs, `run ${run}: the pace`);
    }
    for (const isBulk of [true, false]) {
      const positions = gone
        .map(({ position }) => position)
        .filter((position) => position > bulkPositions === isBulk);
      assert.deepEqual(
        positions,
        positions.toSorted((a, b) => a - b),
        'each priority keeps its order',
      );
    }
  }
});
