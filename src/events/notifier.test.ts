// Hints: who hears them, here and in other processes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTopic, Notifier } from './notifier.ts';

test('all who listen to a topic hear it, and are told where; others are told the topic', () => {
  const told: string[] = [];
  const notifier = new Notifier({
    tell: (topic) => told.push(topic),
    tellChange: () => assert.fail('told a change'),
  });
  const heard: unknown[] = [];
  notifier.on('queues', (where) => heard.push(['first', where]));
  const end = notifier.on('queues', (where) => heard.push(['second', where]));
  notifier.on('webhooks', () => heard.push('webhooks'));
  notifier.emit('queues', ['12015550100']);
  end();
  notifier.emit('queues');
  assert.deepEqual(heard, [
    ['first', ['12015550100']],
    ['second', ['12015550100']],
    ['first', undefined],
  ]);
  assert.deepEqual(told, ['queues', 'queues']);
});

test('what another process says is not said again', () => {
  const notifier = new Notifier({ tell: () => assert.fail('told others'), tellChange: () => assert.fail() });
  let heard = 0;
  notifier.on('reports', () => {
    heard += 1;
  });
  notifier.hear('reports');
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
