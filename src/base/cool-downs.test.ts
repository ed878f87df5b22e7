// Cool-downs after heavy batches: which owners are held back, and for how long.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CoolDowns } from './cool-downs.ts';

const part = (owner: string, weight: number) => ({ owner, weight });

test('an owner with a heavy part is held back as long as the batch took, if another wrote in the last second', () => {
  const coolDowns = new CoolDowns(100);
  coolDowns.record([part('quiet', 99)], 0, 10);
  coolDowns.record([part('busy', 60), part('busy', 40), part('third', 1)], 10, 110);
  assert.equal(coolDowns.coolDownMs('busy', 110), 100);
  assert.equal(coolDowns.coolDownMs('busy', 150), 60);
  assert.equal(coolDowns.coolDownMs('busy', 210), 0);
  assert.equal(coolDowns.coolDownMs('quiet', 110), 0);
  assert.equal(coolDowns.coolDownMs('third', 110), 0);
});

test('without other owners none is held back: neither alone, nor among equally heavy ones, nor when the light ones are gone', () => {
  const coolDowns = new CoolDowns(100);
  coolDowns.record([part('busy', 99)], 0, 10);
  coolDowns.record([part('busy', 500)], 10, 110);
  assert.equal(coolDowns.coolDownMs('busy', 110), 0, 'its own light part is no reason');
  coolDowns.record([part('as busy', 500)], 110, 210);
  assert.equal(coolDowns.coolDownMs('as busy', 210), 0);
  coolDowns.record([part('quiet', 1)], 300, 310);
  coolDowns.record([part('busy', 1000)], 310, 2310);
  assert.equal(coolDowns.coolDownMs('busy', 2310), 0, 'the quiet one was last seen two seconds ago');
});
