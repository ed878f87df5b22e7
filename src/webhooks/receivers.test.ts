// Who is called next, who has to wait, and for whom more is fetched.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  maxCallsAtOnce,
  maxHeld,
  maxHeldForSilent,
  maxHeldPerReceiver,
  maxHeldPerSilent,
  Receivers,
  receiverOf,
} from './receivers.ts';

const maxCallsPerReceiver = 10;

interface Call {
  readonly receiver: string;
  readonly index: number;
}

function hold(names: readonly string[]): Receivers<Call> {
  const receivers = new Receivers<Call>(maxCallsPerReceiver);
  names.forEach((receiver, index) => {
    receivers.add({ receiver, index });
  });
  return receivers;
}

function takeAll(receivers: Receivers<Call>): Call[] {
  const taken: Call[] = [];
  for (let call = receivers.takeNext(); call !== undefined; call = receivers.takeNext()) taken.push(call);
  return taken;
}

/** Ends calls, and says whether they were answered in time. */
function finish(receivers: Receivers<Call>, calls: readonly Call[], hasTimedOut: boolean): void {
  for (const call of calls) {
    receivers.end(call);
    receivers.noteSilence(call, hasTimedOut);
    receivers.leave();
  }
}

/** Calls each of some receivers once, in vain. */
function silence(receivers: Receivers<Call>, names: readonly string[]): void {
  for (const receiver of names) receivers.add({ receiver, index: 0 });
  finish(receivers, takeAll(receivers), true);
}

const many = (count: number, name: string) => Array.from({ length: count }, () => name);
const numbered = (count: number, name: string) => Array.from({ length: count }, (_, n) => `${name}${n}`);
const waitingOf = (receivers: Receivers<Call>, names: readonly string[]) =>
  Object.fromEntries(receivers.sharePlaces(names));

const names: [url: string, name: string][] = [
  ['https://example.com:8443/cb/x?y=/', 'example.com:8443'],
  ['https://example.com', 'example.com'],
  ['HTTPS://me:secret@EXAMPLE.com:443/', 'example.com'],
  ['http://bücher.example/', 'xn--bcher-kva.example'],
  ['http://[::1]:80/', '[::1]'],
  ['http://[/', '-'],
  ['rubbish', '-'],
  ['mailto:me@example.com', '-'],
  [`http://${'a'.repeat(3000)}/`, 'a'.repeat(255)],
];

for (const [url, name] of names) {
  test(`the receiver of ${url.slice(0, 40)} is ${name.slice(0, 40)}`, () =>
    assert.equal(receiverOf(url), name));
}

test('receivers take turns, each in the order in which its calls came', () => {
  const receivers = hold(['a', 'a', 'a', 'b', 'b']);
  assert.deepEqual(
    takeAll(receivers).map(({ index }) => index),
    [0, 3, 1, 4, 2],
  );
  assert.equal(receivers.waiting, 0);
});

test('a receiver gets only so many calls at once, and the next when one has ended', () => {
  const receivers = hold([...many(maxCallsPerReceiver + 2, 'slow'), 'quick']);
  const taken = takeAll(receivers);
  assert.equal(taken.filter(({ receiver }) => receiver === 'slow').length, maxCallsPerReceiver);
  assert.equal(taken.length, maxCallsPerReceiver + 1);
  finish(receivers, taken.slice(0, 1), false);
  assert.deepEqual(
    takeAll(receivers).map(({ receiver }) => receiver),
    ['slow'],
  );
});

for (const callsPerReceiver of [1, 25, 50, 100]) {
  test(`a receiver may get ${callsPerReceiver} calls at once, and however many want so many, there is one for another`, () => {
    for (const greedy of [1, 4, 16, 200]) {
      const receivers = new Receivers<Call>(callsPerReceiver);
      for (const receiver of many(101, 'first')) receivers.add({ receiver, index: 0 });
      assert.equal(takeAll(receivers).length, callsPerReceiver);
      for (const name of numbered(greedy, 'greedy')) {
        for (const receiver of many(101, name)) receivers.add({ receiver, index: 0 });
      }
      takeAll(receivers);
      receivers.add({ receiver: 'quick', index: -1 });
      assert.equal(receivers.takeNext()?.receiver, 'quick', `beside ${greedy}`);
    }
  });
}

test('all together get only so many at once', () => {
  const receivers = hold(numbered(maxCallsAtOnce + 1, 'host'));
  const taken = takeAll(receivers);
  assert.equal(taken.length, maxCallsAtOnce);
  finish(receivers, taken, false);
  assert.equal(takeAll(receivers).length, 1);
});

test('however many receivers hang, there is a call for one that has none', () => {
  for (const hanging of [1, 16, 50, 200, 400]) {
    const receivers = hold(numbered(hanging, 'hanging').flatMap((name) => many(2, name)));
    takeAll(receivers);
    receivers.add({ receiver: 'quick', index: -1 });
    assert.equal(receivers.takeNext()?.receiver, 'quick', `${hanging} hang`);
  }
});

test('however many receivers take their share of the places, there are some for one that holds nothing', () => {
  for (const greedy of [1, 16, 50]) {
    const receivers = new Receivers<Call>(maxCallsPerReceiver);
    const all = numbered(greedy, 'greedy');
    const fetched = (name: string) => receivers.sharePlaces([name]).get(name) ?? 0;
    for (let round = 0; round < 5; round++) {
      for (const receiver of all) {
        for (let places = fetched(receiver); places > 0; places--) receivers.add({ receiver, index: 0 });
      }
    }
    assert.deepEqual(waitingOf(receivers, all), {}, `${greedy} have what they may have`);
    assert.ok(fetched('quick') > 0, `places beside ${greedy}`);
  }
});

test('who holds least is fetched for first, and who has its share not at all', () => {
  const receivers = hold([...many(30, 'b'), ...many(10, 'c'), ...many(maxHeldPerReceiver, 'd')]);
  assert.deepEqual([...receivers.sharePlaces(['a', 'b', 'c', 'd']).keys()], ['a', 'c', 'b']);
});

test('a receiver wants more once half of its share is free', () => {
  const receivers = hold(many(maxHeldPerReceiver, 'a'));
  assert.equal(receivers.isHungry('a'), false);
  for (let round = 0; round < 6; round++) finish(receivers, takeAll(receivers), false);
  assert.equal(receivers.isHungry('a'), true);
});

test('a receiver that does not answer in time gets fewer calls until it does', () => {
  const receivers = new Receivers<Call>(maxCallsPerReceiver);
  silence(receivers, ['dead']);
  assert.deepEqual(waitingOf(receivers, ['dead']), { dead: maxHeldPerSilent });
  for (const receiver of many(5, 'dead')) receivers.add({ receiver, index: 0 });
  const taken = takeAll(receivers);
  assert.equal(taken.length, maxHeldPerSilent);
  finish(receivers, taken, false);
  assert.equal(takeAll(receivers).length, 3);
  assert.ok((receivers.sharePlaces(['dead']).get('dead') ?? 0) > maxHeldPerSilent);
});

test('silent receivers come last, who was called the longest ago first, and share what is theirs', () => {
  const receivers = new Receivers<Call>(maxCallsPerReceiver);
  const dead = numbered(maxHeldForSilent, 'dead');
  silence(receivers, dead);
  const places = receivers.sharePlaces([...dead.toReversed(), 'quick']);
  const served = maxHeldForSilent / maxHeldPerSilent;
  assert.deepEqual([...places.keys()], ['quick', ...dead.slice(0, served)]);
  silence(receivers, dead.slice(0, served));
  assert.equal([...receivers.sharePlaces(dead).keys()][0], dead[served]);
});

test('only so many silent receivers are remembered', () => {
  const receivers = new Receivers<Call>(maxCallsPerReceiver);
  const dead = numbered(1001, 'dead');
  for (const name of dead) silence(receivers, [name]);
  assert.equal(receivers.sharePlaces(['dead0']).get('dead0'), maxHeldPerReceiver);
  assert.equal(receivers.sharePlaces(['dead1']).get('dead1'), maxHeldPerSilent);
});

test('what waits for one receiver can be taken out', () => {
  const receivers = hold([...many(maxCallsPerReceiver + 5, 'dead'), 'quick']);
  takeAll(receivers);
  receivers.add({ receiver: 'quick', index: 99 });
  assert.equal(receivers.removeWaitingFor('dead').length, 5);
  assert.deepEqual(receivers.removeWaitingFor('unknown'), []);
  assert.equal(receivers.takeNext()?.index, 99);
});

test('what waits can be taken out', () => {
  const receivers = hold(many(maxCallsPerReceiver + 5, 'slow'));
  takeAll(receivers);
  assert.equal(receivers.removeWaiting().length, 5);
  assert.equal(receivers.waiting, 0);
  assert.equal(receivers.free, maxHeld - maxCallsPerReceiver);
  assert.equal(receivers.takeNext(), undefined);
});
