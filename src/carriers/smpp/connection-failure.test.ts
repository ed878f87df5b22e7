// Reasons of failed connections: one line each, and never none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionFailure } from './connection-failure.ts';

test('a line of OpenSSL is cut down to its reason', () => {
  const error = Object.assign(
    new Error(
      '803C284C3B7F0000:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:rec.c:1:\n',
    ),
    { library: 'SSL routines', reason: 'tlsv13 alert certificate required' },
  );
  assert.equal(connectionFailure(error), 'TLS: tlsv13 alert certificate required');
});

test('a host that failed at each of its addresses says so of all', () => {
  const errors = [
    new Error('connect ECONNREFUSED ::1:2775'),
    new Error('connect ECONNREFUSED 127.0.0.1:2775'),
  ];
  assert.equal(
    connectionFailure(new AggregateError(errors)),
    'connect ECONNREFUSED ::1:2775, connect ECONNREFUSED 127.0.0.1:2775',
  );
});

test('other errors say it themselves', () => {
  assert.equal(connectionFailure(new Error('certificate has expired')), 'certificate has expired');
});
