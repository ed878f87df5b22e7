// What every carrier must do, whatever it is made of: one suite, run for each.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Carrier, InboundMessage, Submission } from '../../src/carriers/carrier.ts';
import { SubmitError, type SubmitFailure } from '../../src/carriers/submit-error.ts';
import { Told } from './recorder.ts';

/** A carrier with its network, which a test can look into and give orders to. */
export interface CarrierHarness {
  /** Not started yet. */
  readonly carrier: Carrier;
  /** How this carrier can fail. */
  readonly failures: readonly SubmitFailure[];
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

const submission = (number: number): Submission => ({
  reference: `019cebb2-7a55-7c3e-8d0b-${String(number).padStart(12, '0')}`,
  attempt: 1,
  sender: '14155550100',
  destination: '14155550199',
  service: 'sms',
  text: `Message ${number}`,
  segments: 1,
  mediaUrls: [],
});

const inbound: InboundMessage = {
  carrierMessageId: 'inbound-1',
  sender: '14155550199',
  destination: '14155550100',
  service: 'sms',
  text: 'Hello',
  mediaUrls: [],
};

/** Declares the suite for the carrier that `makeHarness` makes anew for each test. */
export function carrierContract(name: string, makeHarness: () => Promise<CarrierHarness>): void {
  describe(`the ${name} as a carrier`, () => {
    let harness: CarrierHarness;
    let told: Told;

    beforeEach(async () => {
      harness = await makeHarness();
      told = new Told();
      await harness.carrier.start(told);
    });
    afterEach(async () => {
      await harness.carrier.stop();
      await harness.close();
    });

    const reportedIds = () => told.reports.map(({ carrierMessageId }) => carrierMessageId);

    test('names each message it takes with a name of its own', async () => {
      const answers = await Promise.all(
        Array.from({ length: many }, (_, number) => harness.carrier.submit(submission(number))),
      );
      const names = new Set(answers.map(({ carrierMessageId }) => carrierMessageId));
      assert.equal(names.size, many);
      assert.ok(!names.has(''));
    });

    test('names a second attempt differently from the first', async () => {
      const first = await harness.carrier.submit(submission(1));
      const second = await harness.carrier.submit({ ...submission(1), attempt: 2 });
      assert.notEqual(first.carrierMessageId, second.carrierMessageId);
    });

    test('hands messages over in the order in which it was given them', async () => {
      const submissions = Array.from({ length: many }, (_, number) => submission(number));
      await Promise.all(submissions.map((one) => harness.carrier.submit(one)));
      assert.deepEqual(
        harness.taken(),
        submissions.map(({ reference }) => reference),
      );
    });

    test('reports each message by the name that it gave', async () => {
      const answers = await Promise.all(
        [1, 2, 3].map((number) => harness.carrier.submit(submission(number))),
      );
      await harness.pass(enoughMs);
      await told.reached(3);
      assert.deepEqual(reportedIds().sort(), answers.map(({ carrierMessageId }) => carrierMessageId).sort());
      for (const { outcome, errorCode, at } of told.reports) {
        assert.deepEqual([outcome, errorCode], ['delivered', undefined]);
        assert.ok(!Number.isNaN(at.getTime()));
      }
    });

    test('reports a message that was not delivered with its error code', async () => {
      harness.undeliverNext(50);
      const { carrierMessageId } = await harness.carrier.submit(submission(1));
      await harness.pass(enoughMs);
      await told.reached(1);
      const [report] = told.reports;
      assert.deepEqual(
        [report?.carrierMessageId, report?.outcome, report?.errorCode],
        [carrierMessageId, 'undelivered', 50],
      );
    });

    test('tells a report again until it was taken, and then no more', async () => {
      told.refuse(2);
      const { carrierMessageId } = await harness.carrier.submit(submission(1));
      for (const times of [1, 2, 3]) {
        await harness.pass(enoughMs);
        await told.reached(times);
      }
      await harness.pass(enoughMs);
      assert.deepEqual(reportedIds(), [carrierMessageId, carrierMessageId, carrierMessageId]);
    });

    test('tells a message from a handset, all of it', async () => {
      const message = { ...inbound, service: 'mms', mediaUrls: ['https://example.net/a.png'] } as const;
      harness.sendFromHandset(message);
      await told.reached(1);
      const [{ carrierMessageId, ...rest } = inbound] = told.messages;
      const { carrierMessageId: _, ...sent } = message;
      assert.notEqual(carrierMessageId, '');
      assert.deepEqual(rest, sent);
    });

    test('tells a message from a handset again, under the same name, until it was taken', async () => {
      told.refuse(2);
      harness.sendFromHandset(inbound);
      for (const times of [1, 2, 3]) {
        await told.reached(times);
        await harness.pass(enoughMs);
      }
      const names = told.messages.map(({ carrierMessageId }) => carrierMessageId);
      assert.equal(names.length, 3);
      assert.equal(new Set(names).size, 1);
    });

    test('fails in the ways that it knows, and takes the next message', async () => {
      for (const [index, failure] of harness.failures.entries()) {
        harness.failNext(failure);
        await assert.rejects(harness.carrier.submit(submission(index)), (error) => {
          assert.ok(error instanceof SubmitError, `${failure}: ${String(error)}`);
          assert.equal(error.failure, failure);
          assert.notEqual(error.message, '');
          return true;
        });
        const next = await harness.carrier.submit({ ...submission(index), attempt: 2 });
        assert.notEqual(next.carrierMessageId, '');
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
      const { carrierMessageId } = await inHand;
      await stopped;
      assert.notEqual(carrierMessageId, '');
      assert.deepEqual(harness.taken(), [submission(1).reference]);
    });

    test('tells nothing once it has stopped', async () => {
      await harness.carrier.submit(submission(1));
      await harness.carrier.stop();
      const before = told.reports.length;
      await harness.pass(enoughMs);
      assert.equal(told.reports.length, before);
    });

    test('may be stopped twice', async () => {
      await harness.carrier.stop();
      await harness.carrier.stop();
    });
  });
}
