import assert from 'node:assert/strict';
import test from 'node:test';
import { loggedError } from './logger.ts';

test('of an error its sentence, stack and code are logged, and neither rows nor connections', () => {
  const error = Object.assign(new Error('new row violates check constraint "messages_segments"'), {
    code: '23514',
    table: 'messages',
    detail: 'Failing row contains (…, Your code is 123456).',
    client: { prepared: ['select 1'] },
  });
  assert.deepEqual(loggedError(error), {
    type: 'Error',
    message: error.message,
    stack: error.stack,
    code: '23514',
    table: 'messages',
  });
});

test('an error tells its causes', () => {
  const error = new Error('the database is away', { cause: new Error('connection refused') });
  assert.match(JSON.stringify(loggedError(error)), /the database is away: connection refused/);
});

test('an error that has the sentence of its cause tells it once', () => {
  const silent = new Error('Connection terminated unexpectedly');
  const late = new Error('connection timeout', { cause: silent });
  const wrapped = new Error('connection timeout', { cause: late });
  silent.cause = wrapped;
  const { message } = loggedError(wrapped) as { message: string };
  assert.equal(message, 'connection timeout: Connection terminated unexpectedly');
});

test('an error of several, without a sentence of its own, has theirs', () => {
  const errors = [
    new Error('connect ECONNREFUSED ::1:5432'),
    new Error('connect ECONNREFUSED 127.0.0.1:5432'),
  ];
  const logged = loggedError(Object.assign(new AggregateError(errors), { code: 'ECONNREFUSED' }));
  const { message, code } = logged as { message: string; code: string };
  assert.equal(message, 'connect ECONNREFUSED ::1:5432; connect ECONNREFUSED 127.0.0.1:5432');
  assert.equal(code, 'ECONNREFUSED');
});

test('a thrown text is logged as it is', () => {
  assert.equal(loggedError('gone'), 'gone');
});
