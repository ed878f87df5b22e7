// An attempt ends when no answer is missing any more, whatever was written of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleMessage } from '../../../test/support/smpp-samples.ts';
import { sampleSubmission } from '../../../test/support/submissions.ts';
import { Attempt } from './attempt.ts';
import type { PartAnswer } from './part-answers.ts';
import { type PartNames, PartsAhead } from './parts-ahead.ts';

/** Makes an attempt of some parts over a link with some places, whose answers the test gives. */
function makeAttempt(parts: number, places: number, ahead: PartNames = new Map()) {
  const pending: ((answer: PartAnswer) => void)[] = [];
  const told = { complete: 0, overdue: 0 };
  const link = {
    state: 'bound' as const,
    get free() {
      return places - pending.length;
    },
    submit: () => new Promise<PartAnswer>((resolve) => pending.push(resolve)),
    overdue: (count: number) => {
      told.overdue += count;
    },
  };
  const bodies = Array.from({ length: parts }, () => sampleMessage());
  const attempt = new Attempt(sampleSubmission(), bodies, ahead, link, {
    answered() {},
    complete: () => {
      told.complete += 1;
    },
  });
  attempt.advance();
  return { attempt, pending, told };
}

const lateAnswer: PartAnswer = { kind: 'taken', name: 'late' };

test('given up with parts that were not written, it ends with the last answer that was missing', async () => {
  const { attempt, pending, told } = makeAttempt(6, 4);
  attempt.giveUp();
  assert.deepEqual([pending.length, told.overdue, told.complete], [4, 4, 0]);
  for (const answer of pending) answer(lateAnswer);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([told.overdue, told.complete], [0, 1]);
});

test('given up when all that was written is answered, it ends at once', async () => {
  const { attempt, pending, told } = makeAttempt(6, 4);
  for (const answer of pending) answer(lateAnswer);
  await new Promise((resolve) => setImmediate(resolve));
  attempt.giveUp();
  assert.deepEqual([told.overdue, told.complete], [0, 1]);
});

test('answered in time, it ends once', async () => {
  const { pending, told } = makeAttempt(2, 4);
  for (const answer of pending) answer(lateAnswer);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(told.complete, 1);
});

test('with parts that are known to be taken, it writes the others alone, and ends with the last of these', async () => {
  const { attempt, pending, told } = makeAttempt(
    4,
    4,
    new Map([
      [2, 'two'],
      [4, 'four'],
    ]),
  );
  assert.equal(pending.length, 2);
  pending[0]?.({ kind: 'taken', name: 'one' });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(told.complete, 0);
  pending[1]?.({ kind: 'taken', name: 'three' });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(told.complete, 1);
  assert.deepEqual(
    attempt.answers.map((answer) => (answer?.kind === 'taken' ? answer.name : '')),
    ['one', 'two', 'three', 'four'],
  );
});

test('of parts that are known to be taken, those that another process has handed over since are left out', () => {
  const ahead = new PartsAhead();
  const answers: PartAnswer[] = [
    { kind: 'refused', status: 0x58 },
    { kind: 'taken', name: 'two' },
    { kind: 'taken', name: 'three' },
  ];
  ahead.note('message', answers, 0);
  assert.deepEqual([...ahead.of('message', 0).keys()], [2, 3]);
  assert.deepEqual([...ahead.of('message', 2).keys()], [3]);
});
