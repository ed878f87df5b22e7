// Hints: who hears them, here and in other processes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTopic, Signals } from './signals.ts';

test('all who listen to a topic hear it, and are told where; others are told the topic', () => {
  const told: string[] = [];
  const signals = new Signals({
    tell: (topic) => told.push(topic),
    tellChange: () => assert.fail('told a change'),
  });
  const heard: unknown[] = [];
  signals.on('queues', (where) => heard.push(['first', where]));
  const end = signals.on('queues', (where) => heard.push(['second', where]));
  signals.on('webhooks', () => heard.push('webhooks'));
  signals.emit('queues', ['12015550100']);
  end();
  signals.emit('queues');
  assert.deepEqual(heard, [
    ['first', ['12015550100']],
    ['second', ['12015550100']],
    ['first', undefined],
  ]);
  assert.deepEqual(told, ['queues', 'queues']);
});

test('what another process says is not said again', () => {
  const signals = new Signals({ tell: () => assert.fail('told others'), tellChange: () => assert.fail() });
  let heard = 0;
  signals.on('reports', () => {
    heard += 1;
  });
  signals.hear('reports');
  assert.equal(heard, 1);
});

test('only topics are topics', () => {
  assert.deepEqual(['queues', 'webhooks', 'reports', 'Queues', ''].map(isTopic), [
    true,
    true,
    true,
    false,
    false,
  ]);
});
