// Wake-ups: which listeners are called, here and in other processes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTopic, Notifier } from './notifier.ts';

test('the listeners of a topic are called with the queues; other processes get the topic', () => {
  const sent: string[] = [];
  const notifier = new Notifier({
    emit: (topic) => sent.push(topic),
    announce: () => assert.fail('sent a change'),
  });
  const called: unknown[] = [];
  notifier.on('queues', (queues) => called.push(['first', queues]));
  const end = notifier.on('queues', (queues) => called.push(['second', queues]));
  notifier.on('webhooks', () => called.push('webhooks'));
  notifier.emit('queues', ['12015550100']);
  end();
  notifier.emit('queues');
  assert.deepEqual(called, [
    ['first', ['12015550100']],
    ['second', ['12015550100']],
    ['first', undefined],
  ]);
  assert.deepEqual(sent, ['queues', 'queues']);
});

test('a wake-up from another process is not sent again', () => {
  const notifier = new Notifier({ emit: () => assert.fail('sent again'), announce: () => assert.fail() });
  let called = 0;
  notifier.on('reports', () => {
    called += 1;
  });
  notifier.emitHere('reports');
  assert.equal(called, 1);
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
