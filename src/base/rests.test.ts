// Rests after heavy batches: who has to, and for how long.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rests } from './rests.ts';

const part = (owner: string, weight: number) => ({ owner, weight });

test('an owner with a heavy part rests as long as the batch took, if another was there in the last second', () => {
  const rests = new Rests(100);
  rests.note([part('quiet', 99)], 0, 10);
  rests.note([part('busy', 60), part('busy', 40), part('third', 1)], 10, 110);
  assert.equal(rests.restMs('busy', 110), 100);
  assert.equal(rests.restMs('busy', 150), 60);
  assert.equal(rests.restMs('busy', 210), 0);
  assert.equal(rests.restMs('quiet', 110), 0);
  assert.equal(rests.restMs('third', 110), 0);
});

test('without others nobody rests: neither alone, nor among those who are as heavy, nor when the light ones are gone', () => {
  const rests = new Rests(100);
  rests.note([part('busy', 99)], 0, 10);
  rests.note([part('busy', 500)], 10, 110);
  assert.equal(rests.restMs('busy', 110), 0, 'its own light part is no reason');
  rests.note([part('as busy', 500)], 110, 210);
  assert.equal(rests.restMs('as busy', 210), 0);
  rests.note([part('quiet', 1)], 300, 310);
  rests.note([part('busy', 1000)], 310, 2310);
  assert.equal(rests.restMs('busy', 2310), 0, 'the quiet one was last seen two seconds ago');
});
