import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConnectionPlans } from './connection-plans.ts';

/** Returns what was sent before which uses of a connection. */
function sentWhile(plans: ConnectionPlans<object>, connection: object, uses: readonly boolean[]) {
  return uses.flatMap((plansOnce, index) => {
    const sent = plans.use(connection, plansOnce);
    return sent === undefined ? [] : [[index, /force_\w+|discard plans/.exec(sent)?.[0]]];
  });
}

const once = (count: number) => Array.from({ length: count }, () => true);

test('a connection is told how to plan when that changes, and each for itself', () => {
  const plans = new ConnectionPlans<object>();
  const connection = {};
  assert.deepEqual(sentWhile(plans, connection, [false, true, true, false, false, true]), [
    [1, 'force_generic_plan'],
    [3, 'force_custom_plan'],
    [5, 'force_generic_plan'],
  ]);
  assert.deepEqual(sentWhile(plans, {}, [false, true]), [[1, 'force_generic_plan']]);
});

test('plans are made anew as uses double, and in the end after every 2048', () => {
  const sent = sentWhile(new ConnectionPlans<object>(), {}, once(9000));
  const anew = sent.flatMap(([index, what]) => (what === 'discard plans' ? [Number(index)] : []));
  const gaps = anew.map((index, place) => index - (anew[place - 1] ?? 0));
  assert.deepEqual(gaps.slice(0, 8), [16, 33, 65, 129, 257, 513, 1025, 2049]);
  assert.deepEqual(new Set(gaps.slice(7)), new Set([2049]));
});
