// The simulator beyond the carrier contract: outcomes by rule, restarts, outages, its log file.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { sampleSubmission } from '../../../test/support/submissions.ts';
import { OperatorError } from '../../base/errors.ts';
import { InFlightTracker } from '../../base/in-flight.ts';
import { systemTimers } from '../../base/timers.ts';
import { VirtualClock } from '../../base/virtual-clock.ts';
import type { CarrierEvents, DeliveryReport, LateTaken, Taken } from '../carrier.ts';
import { SubmitError } from '../submit-error.ts';
import { noRecordLog, openRecordLog } from './record-log.ts';
import { Last } from './records.ts';
import { loadRules } from './rule-file.ts';
import { readRules } from './rule-format.ts';
import { Simulator } from './simulator.ts';

const message = sampleSubmission({ text: 'The secret is 4711' });

const folder = mkdtempSync(join(tmpdir(), 'rucksack-simulator-'));
after(() => rmSync(folder, { recursive: true }));

interface World {
  readonly simulator: Simulator;
  readonly clock: VirtualClock;
  /** Reports, each with the milliseconds since the start. */
  readonly reported: [atMs: number, report: DeliveryReport][];
  readonly errors: unknown[];
  readonly late: LateTaken[];
  pass(durationMs: number): Promise<void>;
}

async function makeWorld(
  rules: object[],
  {
    log = noRecordLog,
    report = async () => {},
  }: { log?: typeof noRecordLog; report?: CarrierEvents['report'] } = {},
): Promise<World> {
  const clock = new VirtualClock(systemTimers);
  clock.freeze();
  const startMs = clock.now().getTime();
  const inFlight = new InFlightTracker();
  const reported: World['reported'] = [];
  const errors: unknown[] = [];
  const late: LateTaken[] = [];
  const simulator = new Simulator({
    timers: clock,
    inFlight,
    seed: 1,
    rules: readRules(rules),
    log,
    onError: (error) => void errors.push(error),
  });
  await simulator.start({
    async report(given) {
      reported.push([clock.now().getTime() - startMs, given]);
      await report(given);
    },
    receive: async ({ destination }) => (destination === message.sender ? 'our-id' : undefined),
    async taken(answer) {
      late.push(answer);
    },
    room() {},
  });
  return {
    simulator,
    clock,
    reported,
    errors,
    late,
    pass: (durationMs) => clock.advance(durationMs, () => inFlight.idle()),
  };
}

const nameGiven = async (answer: Promise<Taken>) => (await answer).parts[0]?.name;

const momentsOf = ({ reported }: World) => reported.map(([atMs]) => atMs);

describe('reports', () => {
  test('come after 100 ms', async () => {
    const world = await makeWorld([]);
    await world.simulator.submit(message);
    await world.pass(99);
    assert.deepEqual(momentsOf(world), []);
    await world.pass(1);
    assert.deepEqual(momentsOf(world), [100]);
  });

  test('may be late, and come twice', async () => {
    const world = await makeWorld([{ delay_ms: 3_600_000, duplicates: 1 }]);
    const name = await nameGiven(world.simulator.submit(message));
    await world.pass(24 * 3_600_000);
    assert.deepEqual(momentsOf(world), [3_600_000, 3_600_000]);
    assert.deepEqual(new Set(world.reported.flatMap(([, report]) => report.names)), new Set([name]));
  });

  test('may be lost', async () => {
    const world = await makeWorld([{ report: 'lost' }]);
    await world.simulator.submit(message);
    await world.pass(24 * 3_600_000);
    assert.deepEqual(momentsOf(world), []);
  });

  test('may overtake the answer', async () => {
    const world = await makeWorld([{ overtake: true, duplicates: 1 }]);
    const answer = world.simulator.submit(message).then(() => world.reported.length);
    assert.equal(await answer, 1);
    await world.pass(0);
    assert.deepEqual(momentsOf(world), [0, 0]);
  });

  test('that overtake and are refused do not hold the answer up', async () => {
    let refusals = 1;
    const report = async () => {
      refusals -= 1;
      if (refusals >= 0) throw new Error('the database is away');
    };
    const world = await makeWorld([{ overtake: true }], { report });
    await world.simulator.submit(message);
    await world.pass(10_000);
    assert.deepEqual(momentsOf(world), [0, 1000]);
    assert.equal(world.errors.length, 1);
  });

  test('that overtake keep a stop waiting, and the submission is answered', async () => {
    let take = () => {};
    const held = new Promise<void>((resolve) => {
      take = resolve;
    });
    const { simulator } = await makeWorld([{ overtake: true }], { report: () => held });
    const ends: string[] = [];
    const answer = simulator.submit(message).then(() => ends.push('submission'));
    const stop = simulator.stop().then(() => ends.push('stop'));
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(ends, []);
    take();
    await Promise.all([answer, stop]);
    assert.deepEqual(ends, ['submission', 'stop']);
  });

  test('come of a message that was taken without an answer', async () => {
    const world = await makeWorld([{ submit: 'unanswered', report: 'undelivered', error_code: 80 }]);
    await assert.rejects(world.simulator.submit(message), SubmitError);
    await world.pass(100);
    assert.deepEqual(
      world.reported.map(([, { outcome, errorCode }]) => [outcome, errorCode]),
      [['undelivered', 80]],
    );
  });

  test('that are due together are delivered together', async () => {
    let together = 0;
    let most = 0;
    const world = await makeWorld([], {
      async report() {
        together += 1;
        most = Math.max(most, together);
        await new Promise((resolve) => setImmediate(resolve));
        together -= 1;
      },
    });
    await Promise.all(
      [1, 2, 3].map((number) => world.simulator.submit({ ...message, reference: `m${number}` })),
    );
    await world.pass(100);
    assert.equal(most, 3);
  });
});

describe('in parts', () => {
  const long = sampleSubmission({ segments: 3, text: 'x'.repeat(400) });
  const partsOf = ({ parts, totalParts }: Taken) => [parts.map(({ part }) => part), totalParts];

  test('each part has a name and a report of its own', async () => {
    const world = await makeWorld([{ in_parts: true }]);
    const taken = await world.simulator.submit(long);
    assert.deepEqual(partsOf(taken), [[1, 2, 3], 3]);
    await world.pass(100);
    assert.deepEqual(
      world.reported.map(([, { names, covers }]) => [names[0], covers]),
      taken.parts.map(({ name }) => [name, 'part']),
    );
  });

  test('some are taken before a failure, and the next attempt takes the rest', async () => {
    const world = await makeWorld([
      { times: 1, in_parts: true, submit: 'throttled', parts_taken: 2 },
      { in_parts: true },
    ]);
    await assert.rejects(world.simulator.submit(long), ({ taken }: SubmitError) => {
      assert.deepEqual(taken && partsOf(taken), [[1, 2], 3]);
      return true;
    });
    assert.deepEqual(partsOf(await world.simulator.submit({ ...long, attempt: 2, partsTaken: 2 })), [[3], 3]);
  });

  test('one segment is no part', async () => {
    const world = await makeWorld([{ in_parts: true }]);
    await world.simulator.submit(message);
    await world.pass(100);
    assert.deepEqual(
      world.reported.map(([, { covers }]) => covers),
      ['message'],
    );
  });
});

test('a late answer is told when its time has come', async () => {
  const world = await makeWorld([{ submit: 'unanswered', late_ms: 40_000 }]);
  await assert.rejects(world.simulator.submit(message), SubmitError);
  await world.pass(39_999);
  assert.deepEqual(world.late, []);
  await world.pass(1);
  assert.deepEqual(
    world.late.map(({ reference, attempt, totalParts }) => [reference, attempt, totalParts]),
    [[message.reference, 1, 1]],
  );
});

test('an intermediate state is reported before the last', async () => {
  const world = await makeWorld([{ progress: true }]);
  await world.simulator.submit(message);
  await world.pass(100);
  assert.deepEqual(
    world.reported.map(([atMs, { outcome, detail }]) => [atMs, outcome, detail]),
    [
      [0, 'progress', 'ENROUTE'],
      [100, 'delivered', undefined],
    ],
  );
});

test('an outage refuses every message, says for how long, and holds reports back', async () => {
  const world = await makeWorld([
    { times: 1, match: { text: 'outage' }, submit: 'disconnected', outage_ms: 5000 },
  ]);
  const retryAfter = async (text: string) => {
    try {
      await world.simulator.submit({ ...message, text });
      return 'taken';
    } catch (error) {
      assert.ok(error instanceof SubmitError && error.failure === 'disconnected');
      return error.retryAfterMs;
    }
  };
  assert.equal(await retryAfter('before'), 'taken');
  assert.equal(await retryAfter('outage'), 5000);
  await world.pass(3000);
  assert.equal(await retryAfter('within'), 2000);
  assert.deepEqual(momentsOf(world), []);
  await world.pass(2000);
  assert.deepEqual(momentsOf(world), [5000]);
  assert.equal(await retryAfter('after'), 'taken');
});

test('after a restart, and with other rules, it delivers the planned reports', async () => {
  const before = await makeWorld([{ report: 'undelivered', error_code: 50, delay_ms: [1000, 9000] }]);
  const submissions = Array.from({ length: 20 }, (_, number) => ({ ...message, reference: `m${number}` }));
  const submittedAt = before.clock.now();
  const answers = await Promise.all(submissions.map((submission) => before.simulator.submit(submission)));
  const after = await makeWorld([{ submit: 'spam' }]);
  after.clock.set(submittedAt);
  after.simulator.resume(
    answers.map(({ parts }, index) => ({
      name: parts[0]?.name ?? '',
      part: 1,
      submission: submissions[index] ?? message,
      submittedAt,
    })),
  );
  await before.pass(10_000);
  await after.pass(10_000);
  const reports = (world: World) => world.reported.map(([, report]) => report);
  assert.equal(reports(before).length, 20);
  assert.deepEqual(reports(after), reports(before));
});

test('ids that are not its own are ignored after a restart', async () => {
  const world = await makeWorld([]);
  world.simulator.resume([
    { name: 'of another carrier', part: 1, submission: message, submittedAt: world.clock.now() },
  ]);
  await world.pass(10_000);
  assert.deepEqual(momentsOf(world), []);
});

describe('a handset', () => {
  const inbound = {
    name: 'inbound-1',
    sender: message.destination,
    destination: message.sender,
    service: 'sms',
    text: 'Hello',
    mediaUrls: [],
  } as const;

  test('gets our id of its message, or that no account has the number', async () => {
    const { simulator } = await makeWorld([]);
    assert.equal(await simulator.fromHandset(inbound), 'our-id');
    assert.equal(await simulator.fromHandset({ ...inbound, destination: '13105550100' }), undefined);
    assert.deepEqual(
      simulator.records.inbound.newestFirst().map(({ messageId }) => messageId),
      [undefined, 'our-id'],
    );
  });

  test('is refused by a simulator that has stopped', async () => {
    const { simulator } = await makeWorld([]);
    await simulator.stop();
    await assert.rejects(simulator.fromHandset(inbound), SubmitError);
  });
});

test('only the last records are kept, the newest first', () => {
  const last = new Last<number>(3);
  for (const number of [1, 2]) last.add(number);
  assert.deepEqual(last.newestFirst(), [2, 1]);
  for (const number of [3, 4, 5]) last.add(number);
  assert.deepEqual(last.newestFirst(), [5, 4, 3]);
});

describe('the log', () => {
  const path = join(folder, 'log.jsonl');

  test('has a line of each submission before its answer, and of reports and inbound messages, without texts', async () => {
    const realMs = 1_800_000_000_000;
    const log = openRecordLog(path, () => new Date(realMs));
    const world = await makeWorld([{ match: { text: 'spam' }, submit: 'spam' }], { log });
    const lines = () =>
      readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    const { reference, attempt, sender, destination, segments } = message;
    const submission = { ms: realMs, kind: 'submission', reference, attempt, sender, destination, segments };
    const answer = world.simulator.submit(message);
    const name = `${reference}-1-delivered-100x1`;
    assert.deepEqual(lines(), [{ ...submission, carrierMessageId: name }]);
    assert.deepEqual(await answer, { parts: [{ part: 1, name }], totalParts: 1 });
    await assert.rejects(world.simulator.submit({ ...message, text: 'spam', attempt: 2 }));
    await world.pass(100);
    await world.simulator.fromHandset({
      ...message,
      name: 'in',
      sender: destination,
      destination: sender,
    });
    await world.simulator.stop();
    assert.deepEqual(lines().slice(1), [
      { ...submission, attempt: 2, failure: 'spam' },
      { ms: realMs, kind: 'report', carrierMessageId: name, outcome: 'delivered' },
      {
        ms: realMs,
        kind: 'inbound',
        name: 'in',
        sender: destination,
        destination: sender,
        messageId: 'our-id',
      },
    ]);
  });

  test('that cannot be written is an operator’s error', () => {
    assert.throws(() => openRecordLog(folder, () => new Date()), OperatorError);
  });
});

describe('the file of rules', () => {
  const write = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  test('is read like the rules of the API', () => {
    const rules = [{ match: { destination: '1415*' }, submit: 'spam' }];
    assert.deepEqual(loadRules(write('rules.json', JSON.stringify(rules))), readRules(rules));
  });

  const broken: [what: string, path: string, reason: RegExp][] = [
    [
      'is not there',
      join(folder, 'none.json'),
      /^RUCKSACK_SIMULATOR_RULES: .*none\.json: cannot be read: ENOENT/,
    ],
    ['is not JSON', write('text.json', 'hello'), /text\.json: cannot be read: Unexpected token/],
    [
      'has a wrong rule',
      write('wrong.json', '[{"share": 2}]'),
      /wrong\.json: rules\[0\]\.share must be a number/,
    ],
  ];
  for (const [what, path, reason] of broken) {
    test(`that ${what} is an operator’s error`, () => {
      assert.throws(
        () => loadRules(path),
        (error) => error instanceof OperatorError && reason.test(error.message),
      );
    });
  }
});
