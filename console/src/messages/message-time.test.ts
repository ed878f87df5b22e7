// Times between the API, the reader's time zone and a form.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isoTime, localOf, utcOf } from './message-time.ts';

test('a time of a message is read where it is written and where it is not yet', () => {
  assert.equal(isoTime('2026-03-14 09:26:53.589000+00:00'), '2026-03-14T09:26:53.589000+00:00');
  assert.equal(new Date(isoTime('2026-03-14 09:26:53.589000+00:00') ?? '').getTime(), 1773480413589);
  assert.equal(isoTime(''), undefined);
});

test('the value of a form is read back from the address, in every time zone', () => {
  for (const local of ['2026-03-14T09:26', '2026-07-01T00:00', '2026-12-31T23:59']) {
    assert.equal(utcOf(local), new Date(local).toISOString().slice(0, 19).replace('T', ' '));
    assert.equal(localOf(utcOf(local)), local);
  }
});

test('an invalid time is nothing', () => {
  assert.equal(utcOf(''), '');
  assert.equal(utcOf('yesterday'), '');
  assert.equal(localOf(''), '');
  assert.equal(localOf('yesterday'), '');
});
