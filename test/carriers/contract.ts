// The contract of carriers: one suite, run for each kind.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Carrier, InboundMessage, Submission, Taken } from '../../src/carriers/carrier.ts';
import { SubmitError, type SubmitFailure } from '../../src/carriers/submit-error.ts';
import { sampleSubmission } from '../support/submissions.ts';
import { Recorder } from './recorder.ts';

/** The abilities of a kind of carrier. */
export interface CarrierAbilities {
  /** How it can fail. */
  readonly failures: readonly SubmitFailure[];
  /** Whether each message gets a name of its own. Some networks name all alike, or none. */
  readonly namesAreUnique: boolean;
  /** Whether its network reports on messages. */
  readonly reports: boolean;
  /** Whether it submits long text messages part by part. */
  readonly inParts?: boolean;
}

/** A carrier with its network, which a test can look into and give orders to. */
export interface CarrierHarness {
  /** Not started yet. */
  readonly carrier: Carrier;
  /** Makes the network fail the next submission in this way. */
  failNext(failure: SubmitFailure): void;
  /** Makes the network report the next submission as undelivered, with this error code. */
  undeliverNext(errorCode: number): void;
  /** Makes the network hold the answer to the next submission; the answer to this call lets it go. */
  holdNext(): () => void;
  /** References of what the network has taken, in the order in which it came. */
  taken(): readonly string[];
  /** Lets a handset send a message through the network; does not wait for the server to take it. */
  sendFromHandset(message: InboundMessage): void;
  /** Lets so much time pass, and all that this causes come to its end. */
  pass(durationMs: number): Promise<void>;
  close(): Promise<void>;
}

/** By then every network here has reported, and every carrier has told again what was refused. */
const enoughMs = 60_000;

const many = 500;

const submission = (number: number): Submission =>
  sampleSubmission({
    reference: `019cebb2-7a55-7c3e-8d0b-${String(number).padStart(12, '0')}`,
    destination: '14155550199',
    text: `Message ${number}`,
  });

const nameOf = ({ parts }: Taken): string => parts[0]?.name ?? '';

const inbound: InboundMessage = {
  name: 'inbound-1',
  sender: '14155550199',
  destination: '14155550100',
  service: 'sms',
  text: 'Hello',
  mediaUrls: [],
};

/** Adds the suite for the carrier that `makeHarness` makes anew for each test. */
export function carrierContract(
  name: string,
  { failures, namesAreUnique, reports, inParts = false }: CarrierAbilities,
  makeHarness: () => Promise<CarrierHarness>,
): void {
  const named = { skip: !namesAreUnique && 'names are not unique' };
  const parted = { skip: !inParts && 'it submits messages whole' };
  const reported = { skip: !reports && 'its network does not report' };
  describe(`the ${name} as a carrier`, () => {
    let harness: CarrierHarness;
    let recorder: Recorder;

    beforeEach(async () => {
      harness = await makeHarness();
      recorder = new Recorder();
      await harness.carrier.start(recorder);
    });
    afterEach(async () => {
      await harness.carrier.stop();
      await harness.close();
    });

    const reportedNames = () => recorder.reports.map(({ names }) => names[0]);

    test('names each message it takes with a name of its own', async () => {
      let onWay = 0;
      const answers = await Promise.all(
        Array.from({ length: many }, (_, number) =>
          harness.carrier.submit(submission(number), () => {
            onWay += 1;
          }),
        ),
      );
      assert.equal(onWay, many, 'each said when it left');
      for (const { parts, totalParts } of answers) {
        assert.deepEqual([parts.map(({ part }) => part), totalParts], [[1], 1]);
      }
      if (!namesAreUnique) return;
      const names = new Set(answers.map(nameOf));
      assert.equal(names.size, many);
      assert.ok(!names.has(''));
    });

    test('gives a second attempt no name of another message', named, async () => {
      const names = [];
      for (const [number, attempt] of [
        [1, 1],
        [2, 1],
        [1, 2],
      ] as const) {
        names.push(nameOf(await harness.carrier.submit({ ...submission(number), attempt })));
      }
      const [first, other, again] = names;
      assert.notEqual(first, other);
      assert.notEqual(again, other);
    });

    test(
      'names each part of a long message, and submits only those that are not taken yet',
      parted,
      async () => {
        const long = { ...submission(1), segments: 3, text: 'x'.repeat(3 * 153) };
        const whole = await harness.carrier.submit(long);
        assert.deepEqual([whole.parts.map(({ part }) => part), whole.totalParts], [[1, 2, 3], 3]);
        assert.equal(new Set(whole.parts.map(({ name }) => name)).size, 3);
        const rest = await harness.carrier.submit({ ...long, attempt: 2, partsTaken: 2 });
        assert.deepEqual([rest.parts.map(({ part }) => part), rest.totalParts], [[3], 3]);
      },
    );

    test('has room while it takes messages, and none once it has stopped', async () => {
      assert.ok(harness.carrier.room(submission(1).sender) > 0);
      assert.equal(harness.carrier.status().state, 'up');
      await harness.carrier.stop();
      assert.equal(harness.carrier.room(submission(1).sender), 0);
      assert.equal(harness.carrier.status().state, 'down');
    });

    test('has no room while it is drained, and says so when there is some again', async () => {
      harness.carrier.drain();
      assert.equal(harness.carrier.room(submission(1).sender), 0);
      assert.equal(harness.carrier.status().state, 'draining');
      assert.equal(recorder.rooms, 0);
      harness.carrier.resumeTaking();
      assert.ok(harness.carrier.room(submission(1).sender) > 0);
      assert.equal(recorder.rooms, 1);
    });

    test('hands messages over in the order in which it was given them', async () => {
      const submissions = Array.from({ length: many }, (_, number) => submission(number));
      await Promise.all(submissions.map((one) => harness.carrier.submit(one)));
      assert.deepEqual(
        harness.taken(),
        submissions.map(({ reference }) => reference),
      );
    });

    test('reports each message by the name that it gave', reported, async () => {
      const answers = await Promise.all(
        [1, 2, 3].map((number) => harness.carrier.submit(submission(number))),
      );
      await harness.pass(enoughMs);
      await recorder.reached(3);
      assert.deepEqual(reportedNames().sort(), answers.map(nameOf).sort());
      for (const { outcome, errorCode, at } of recorder.reports) {
        assert.deepEqual([outcome, errorCode], ['delivered', undefined]);
        assert.ok(!Number.isNaN(at.getTime()));
      }
    });

    test('reports a message that was not delivered with its error code', reported, async () => {
      harness.undeliverNext(50);
      const name = nameOf(await harness.carrier.submit(submission(1)));
      await harness.pass(enoughMs);
      await recorder.reached(1);
      const [report] = recorder.reports;
      assert.deepEqual([report?.names[0], report?.outcome, report?.errorCode], [name, 'undelivered', 50]);
    });

    test('tells a report again until it was taken, and then no more', reported, async () => {
      recorder.refuse(2);
      const name = nameOf(await harness.carrier.submit(submission(1)));
      for (const times of [1, 2, 3]) {
        await harness.pass(enoughMs);
        await recorder.reached(times);
      }
      await harness.pass(enoughMs);
      assert.deepEqual(reportedNames(), [name, name, name]);
    });

    test('tells a message from a handset, all of it', async () => {
      const picture = { ...inbound, service: 'mms', mediaUrls: ['https://example.net/a.png'] } as const;
      const message = harness.carrier.services.includes('mms') ? picture : inbound;
      harness.sendFromHandset(message);
      await recorder.reached(1);
      const [{ name, ...rest } = inbound] = recorder.messages;
      const { name: _, ...sent } = message;
      assert.notEqual(name, '');
      assert.deepEqual(rest, sent);
    });

    test('tells a message from a handset again, under the same name, until it was taken', async () => {
      recorder.refuse(2);
      harness.sendFromHandset(inbound);
      for (const times of [1, 2, 3]) {
        await recorder.reached(times);
        await harness.pass(enoughMs);
      }
      const names = recorder.messages.map(({ name }) => name);
      assert.equal(names.length, 3);
      assert.equal(new Set(names).size, 1);
    });

    test('fails in the ways that it knows, and takes the next message', async () => {
      for (const [index, failure] of failures.entries()) {
        harness.failNext(failure);
        await assert.rejects(harness.carrier.submit(submission(index)), (error) => {
          assert.ok(error instanceof SubmitError, `${failure}: ${String(error)}`);
          assert.equal(error.failure, failure);
          assert.notEqual(error.message, '');
          return true;
        });
        const next = await harness.carrier.submit({ ...submission(index), attempt: 2 });
        assert.equal(next.parts.length, 1);
      }
    });

    test('lets a submission in hand end when it is stopped, and takes no more', async () => {
      const letGo = harness.holdNext();
      const inHand = harness.carrier.submit(submission(1));
      const stopped = harness.carrier.stop();
      await assert.rejects(
        harness.carrier.submit(submission(2)),
        (error) => error instanceof SubmitError && error.failure === 'disconnected',
      );
      letGo();
      const { parts } = await inHand;
      await stopped;
      assert.equal(parts.length, 1);
      assert.deepEqual(harness.taken(), [submission(1).reference]);
    });

    test('tells nothing once it has stopped', reported, async () => {
      await harness.carrier.submit(submission(1));
      await harness.carrier.stop();
      const before = recorder.reports.length;
      await harness.pass(enoughMs);
      assert.equal(recorder.reports.length, before);
    });

    test('may be stopped twice', async () => {
      await harness.carrier.stop();
      await harness.carrier.stop();
    });
  });
}
