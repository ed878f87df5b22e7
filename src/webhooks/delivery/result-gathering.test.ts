// Results of calls wait for each other, and never for long.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frozenClock } from '../../../test/support/app.ts';
import type { VirtualClock } from '../../base/virtual-clock.ts';
import { gatherMs, ResultGathering } from './result-gathering.ts';

const most = 3;
const noWork = async () => {};

/** Starts waiting, and notes the name once that is over. */
function noteWhenOver(gathering: ResultGathering, over: string[], name: string, isLast = false) {
  return gathering.wait(isLast).then(() => void over.push(name));
}

function start(): { clock: VirtualClock; gathering: ResultGathering; over: string[] } {
  const clock = frozenClock();
  return { clock, gathering: new ResultGathering(clock, most), over: [] };
}

test('a result is recorded at once when no call is under way, with those that wait', async () => {
  const { gathering, over } = start();
  const first = noteWhenOver(gathering, over, 'first');
  await Promise.all([first, noteWhenOver(gathering, over, 'last', true)]);
  assert.deepEqual(over, ['first', 'last']);
});

test('results wait for 20 ms, counted from the first one', async () => {
  const { clock, gathering, over } = start();
  void noteWhenOver(gathering, over, 'first');
  await clock.advance(gatherMs - 1, noWork);
  void noteWhenOver(gathering, over, 'second');
  assert.deepEqual(over, []);
  await clock.advance(1, noWork);
  assert.deepEqual(over, ['first', 'second']);
  void noteWhenOver(gathering, over, 'third');
  await clock.advance(gatherMs - 1, noWork);
  assert.equal(over.length, 2);
  await clock.advance(1, noWork);
  assert.equal(over.length, 3);
});

test('so many results wait no longer, and those behind them wait as long as the first did', async () => {
  const { clock, gathering, over } = start();
  await Promise.all(Array.from({ length: most }, (_, index) => noteWhenOver(gathering, over, `${index}`)));
  assert.equal(over.length, most);
  void noteWhenOver(gathering, over, 'next');
  await clock.advance(gatherMs - 1, noWork);
  assert.equal(over.length, most);
  await clock.advance(1, noWork);
  assert.equal(over.length, most + 1);
});
