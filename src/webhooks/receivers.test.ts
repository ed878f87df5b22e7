// Who is called next, and who has to wait.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxCallsAtOnce, maxCallsPerReceiver, Receivers, receiverOf } from './receivers.ts';

interface Call {
  readonly url: string;
}

function hold(urls: readonly string[]): Receivers<Call> {
  const receivers = new Receivers<Call>();
  for (const url of urls) receivers.add({ url });
  return receivers;
}

function takeAll(receivers: Receivers<Call>): Call[] {
  const taken: Call[] = [];
  for (let call = receivers.takeNext(); call !== undefined; call = receivers.takeNext()) taken.push(call);
  return taken;
}

const many = (count: number, url: string) => Array.from({ length: count }, () => url);

test('a receiver is a host and a port', () => {
  assert.equal(receiverOf('https://example.com:8443/cb/x?y=/'), 'example.com:8443');
  assert.equal(receiverOf('https://example.com'), 'example.com');
  assert.equal(receiverOf('rubbish'), '');
});

test('receivers take turns, each in the order in which its calls came', () => {
  const receivers = hold(['http://a/1', 'http://a/2', 'http://a/3', 'http://b/1', 'http://b/2']);
  assert.deepEqual(
    takeAll(receivers).map(({ url }) => url),
    ['http://a/1', 'http://b/1', 'http://a/2', 'http://b/2', 'http://a/3'],
  );
  assert.equal(receivers.waiting, 0);
});

test('a receiver gets only so many calls at once, and the next when one has ended', () => {
  const receivers = hold([...many(maxCallsPerReceiver + 2, 'http://slow/'), 'http://quick/']);
  const taken = takeAll(receivers);
  assert.equal(taken.filter(({ url }) => url === 'http://slow/').length, maxCallsPerReceiver);
  assert.equal(taken.length, maxCallsPerReceiver + 1);
  receivers.end({ url: 'http://slow/' });
  assert.deepEqual(takeAll(receivers), [{ url: 'http://slow/' }]);
});

test('all together get only so many', () => {
  const receivers = hold(Array.from({ length: maxCallsAtOnce + 1 }, (_, index) => `http://host${index}/`));
  const taken = takeAll(receivers);
  assert.equal(taken.length, maxCallsAtOnce);
  for (const call of taken) receivers.end(call);
  assert.equal(takeAll(receivers).length, 1);
});

test('a receiver with many waiting calls is crowded until they have become fewer', () => {
  const receivers = hold([...many(60, 'http://slow/'), 'http://quick/']);
  assert.deepEqual(receivers.listCrowded(), ['slow']);
  const taken = takeAll(receivers);
  assert.ok(receivers.isCrowded('slow'));
  for (const call of taken) receivers.end(call);
  takeAll(receivers);
  assert.deepEqual(receivers.listCrowded(), []);
});

test('what waits can be taken out', () => {
  const receivers = hold(many(maxCallsPerReceiver + 5, 'http://slow/'));
  takeAll(receivers);
  assert.equal(receivers.removeWaiting().length, 5);
  assert.equal(receivers.waiting, 0);
  assert.equal(receivers.takeNext(), undefined);
});
