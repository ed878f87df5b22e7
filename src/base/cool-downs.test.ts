// Pauses after heavy batches: which owners are paused, and for how long.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pauses } from './pauses.ts';

const part = (owner: string, weight: number) => ({ owner, weight });

test('an owner with a heavy part is paused as long as the batch took, if another wrote in the last second', () => {
  const pauses = new Pauses(100);
  pauses.record([part('quiet', 99)], 0, 10);
  pauses.record([part('busy', 60), part('busy', 40), part('third', 1)], 10, 110);
  assert.equal(pauses.pauseMs('busy', 110), 100);
  assert.equal(pauses.pauseMs('busy', 150), 60);
  assert.equal(pauses.pauseMs('busy', 210), 0);
  assert.equal(pauses.pauseMs('quiet', 110), 0);
  assert.equal(pauses.pauseMs('third', 110), 0);
});

test('without other owners none is paused: neither alone, nor among equally heavy ones, nor when the light ones are gone', () => {
  const pauses = new Pauses(100);
  pauses.record([part('busy', 99)], 0, 10);
  pauses.record([part('busy', 500)], 10, 110);
  assert.equal(pauses.pauseMs('busy', 110), 0, 'its own light part is no reason');
  pauses.record([part('as busy', 500)], 110, 210);
  assert.equal(pauses.pauseMs('as busy', 210), 0);
  pauses.record([part('quiet', 1)], 300, 310);
  pauses.record([part('busy', 1000)], 310, 2310);
  assert.equal(pauses.pauseMs('busy', 2310), 0, 'the quiet one was last seen two seconds ago');
});
