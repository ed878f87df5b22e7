// Who is called next, who has to wait, and for whom more is fetched.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { receiverOf } from '../webhook.ts';
import {
  maxFetchedAtOnce,
  maxHeld,
  maxHeldForSilent,
  maxHeldPerLine,
  maxHeldPerSilent,
  Receivers,
} from './receivers.ts';

const maxCallsPerReceiver = 10;
/** What one account alone may have under way, and hold. */
const [callsAlone, heldAlone] = [500, 2000];

interface Call {
  readonly mainId: string;
  readonly receiver: string;
  readonly index: number;
}

function hold(names: readonly string[]): Receivers<Call> {
  const receivers = new Receivers<Call>(maxCallsPerReceiver);
  names.forEach((receiver, index) => {
    add(receivers, receiver, index);
  });
  return receivers;
}

function add(receivers: Receivers<Call>, receiver: string, index = 0, mainId = 'MA'): void {
  receivers.add({ mainId, receiver, index });
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
    receivers.leave(call);
  }
}

/** Calls each of some receivers once, in vain. */
function silence(receivers: Receivers<Call>, names: readonly string[]): void {
  for (const receiver of names) add(receivers, receiver);
  finish(receivers, takeAll(receivers), true);
}

const many = (count: number, name: string) => Array.from({ length: count }, () => name);
const numbered = (count: number, name: string) => Array.from({ length: count }, (_, n) => `${name}${n}`);
const linesTo = (names: readonly string[], account = 'MA') =>
  names.map((receiver) => ({ account, receiver }));
const placesOf = (receivers: Receivers<Call>, names: readonly string[], account = 'MA') =>
  new Map(receivers.sharePlaces(linesTo(names, account)).map(({ receiver, most }) => [receiver, most]));
const waitingOf = (receivers: Receivers<Call>, names: readonly string[]) =>
  Object.fromEntries(placesOf(receivers, names));

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
      for (const receiver of many(101, 'first')) add(receivers, receiver);
      assert.equal(takeAll(receivers).length, callsPerReceiver);
      for (const name of numbered(greedy, 'greedy')) {
        for (const receiver of many(101, name)) add(receivers, receiver);
      }
      takeAll(receivers);
      add(receivers, 'quick', -1);
      assert.equal(receivers.takeNext()?.receiver, 'quick', `beside ${greedy}`);
    }
  });
}

test('an account gets only so many at once', () => {
  const receivers = hold(numbered(callsAlone + 1, 'host'));
  const taken = takeAll(receivers);
  assert.equal(taken.length, callsAlone);
  finish(receivers, taken, false);
  assert.equal(takeAll(receivers).length, 1);
});

test('however many receivers hang, there is a call for one that has none', () => {
  for (const hanging of [1, 16, 50, 200, 400]) {
    const receivers = hold(numbered(hanging, 'hanging').flatMap((name) => many(2, name)));
    takeAll(receivers);
    add(receivers, 'quick', -1);
    assert.equal(receivers.takeNext()?.receiver, 'quick', `${hanging} hang`);
  }
});

test('however many receivers take their share of the places, there are some for one that holds nothing', () => {
  for (const greedy of [1, 16, 50]) {
    const receivers = new Receivers<Call>(maxCallsPerReceiver);
    const all = numbered(greedy, 'greedy');
    const fetched = (name: string) => placesOf(receivers, [name]).get(name) ?? 0;
    for (let round = 0; round < 5; round++) {
      for (const receiver of all) {
        for (let places = fetched(receiver); places > 0; places--) add(receivers, receiver);
      }
    }
    assert.deepEqual(waitingOf(receivers, all), {}, `${greedy} have what they may have`);
    assert.ok(fetched('quick') > 0, `places beside ${greedy}`);
  }
});

test('who holds least is fetched for first, and who has its share not at all', () => {
  const receivers = hold([...many(30, 'b'), ...many(10, 'c'), ...many(maxHeldPerLine, 'd')]);
  assert.deepEqual([...placesOf(receivers, ['a', 'b', 'c', 'd']).keys()], ['a', 'c', 'b']);
});

test('a receiver wants more once half of its share is free', () => {
  const receivers = hold(many(maxHeldPerLine, 'a'));
  assert.equal(receivers.isHungry({ mainId: 'MA', receiver: 'a' }), false);
  for (let round = 0; round < 6; round++) finish(receivers, takeAll(receivers), false);
  assert.equal(receivers.isHungry({ mainId: 'MA', receiver: 'a' }), true);
});

test('a receiver that does not answer in time gets fewer calls until it does', () => {
  const receivers = new Receivers<Call>(maxCallsPerReceiver);
  silence(receivers, ['dead']);
  assert.deepEqual(waitingOf(receivers, ['dead']), { dead: maxHeldPerSilent });
  for (const receiver of many(5, 'dead')) add(receivers, receiver);
  const taken = takeAll(receivers);
  assert.equal(taken.length, maxHeldPerSilent);
  finish(receivers, taken, false);
  assert.equal(takeAll(receivers).length, 3);
  assert.ok((placesOf(receivers, ['dead']).get('dead') ?? 0) > maxHeldPerSilent);
});

test('silent receivers come last, who was called the longest ago first, and share what is theirs', () => {
  const receivers = new Receivers<Call>(maxCallsPerReceiver);
  const dead = numbered(maxHeldForSilent, 'dead');
  silence(receivers, dead);
  const places = placesOf(receivers, [...dead.toReversed(), 'quick']);
  const served = maxHeldForSilent / maxHeldPerSilent;
  assert.deepEqual([...places.keys()], ['quick', ...dead.slice(0, served)]);
  silence(receivers, dead.slice(0, served));
  assert.equal([...placesOf(receivers, dead).keys()][0], dead[served]);
});

test('only so many silent receivers are remembered', () => {
  const receivers = new Receivers<Call>(maxCallsPerReceiver);
  const dead = numbered(1001, 'dead');
  for (const name of dead) silence(receivers, [name]);
  assert.equal(placesOf(receivers, ['dead0']).get('dead0'), maxHeldPerLine);
  assert.equal(placesOf(receivers, ['dead1']).get('dead1'), maxHeldPerSilent);
});

test('what waits for one receiver can be taken out', () => {
  const receivers = hold([...many(maxCallsPerReceiver + 5, 'dead'), 'quick']);
  takeAll(receivers);
  add(receivers, 'quick', 99);
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

describe('accounts', () => {
  const spam = numbered(2000, 'spam');

  /** Holds calls of an account to some receivers, in 20 rounds: of one as many as may be fetched, of thousands one of each a round. */
  function flood(receivers: Receivers<Call>, account: string, names: readonly string[]): void {
    const each = Math.ceil(maxFetchedAtOnce / names.length);
    for (let round = 0; round < 20; round++) {
      let left = Math.min(maxFetchedAtOnce, receivers.free);
      for (const { receiver, most } of receivers.sharePlaces(linesTo(names, account))) {
        for (let count = Math.min(each, most, left); count > 0; count--, left--)
          add(receivers, receiver, 0, account);
      }
    }
  }

  const beside: [title: string, floods: readonly (readonly string[])[], receiver: string][] = [
    ['one account with one receiver, another one', [['a']], 'b'],
    ['one account with one receiver, the same one', [['a']], 'a'],
    ['three accounts with the same receiver', [['a'], ['a'], ['a']], 'a'],
    ['one account with thousands of receivers', [spam], 'b'],
    ['one account with thousands of receivers, one of them', [spam], 'spam0'],
    ['three accounts with thousands of receivers', [spam, spam, spam], 'b'],
  ];
  for (const [title, floods, receiver] of beside) {
    test(`there are places and a turn beside ${title}`, () => {
      const receivers = new Receivers<Call>(maxCallsPerReceiver);
      floods.forEach((names, index) => {
        flood(receivers, `flood${index}`, names);
      });
      const underWay = takeAll(receivers);
      // A few calls end, so that each account has a turn.
      const toSame = underWay.filter((one) => one.receiver === receiver);
      const ended = toSame.length > 0 ? toSame.slice(0, floods.length + 1) : underWay.slice(0, 20);
      finish(receivers, ended, false);
      const lines = floods.flatMap((names, index) => linesTo(names, `flood${index}`));
      const [first] = receivers.sharePlaces([...lines, { account: 'quiet', receiver }]);
      assert.deepEqual([first?.account, first?.receiver], ['quiet', receiver]);
      add(receivers, receiver, 1, 'quiet');
      assert.ok(takeAll(receivers).some(({ mainId }) => mainId === 'quiet'));
    });
  }

  test('one alone has what there is for one: 500 calls under way, 2,000 held, 100 of them for a receiver', () => {
    const receivers = new Receivers<Call>(maxCallsPerReceiver);
    assert.deepEqual([...placesOf(receivers, ['a']).values()], [maxHeldPerLine]);
    flood(receivers, 'MA', spam);
    assert.equal(takeAll(receivers).length, callsAlone);
    assert.ok(maxHeld - receivers.free <= heldAlone && maxHeld - receivers.free > heldAlone - 20);
  });

  test('lines of the same receiver take turns', () => {
    const receivers = new Receivers<Call>(1);
    for (const account of ['a', 'a', 'a', 'b', 'b']) add(receivers, 'same', 0, account);
    const order: string[] = [];
    for (let call = receivers.takeNext(); call !== undefined; call = receivers.takeNext()) {
      order.push(call.mainId);
      finish(receivers, [call], false);
    }
    assert.deepEqual(order, ['a', 'b', 'a', 'b', 'a']);
  });

  test('of two accounts the one goes first for which was fetched the longest ago, and then in turn', () => {
    const receivers = new Receivers<Call>(maxCallsPerReceiver);
    add(receivers, 'x', 0, 'b');
    add(receivers, 'x', 0, 'a');
    const lines = ['a', 'b', 'c'].flatMap((account) => linesTo(['x1', 'x2'], account));
    const accounts = receivers.sharePlaces(lines).map(({ account }) => account);
    assert.deepEqual(accounts, ['c', 'b', 'a', 'c', 'b', 'a']);
  });

  test('the places of silent receivers are given out by account in turn', () => {
    const receivers = new Receivers<Call>(maxCallsPerReceiver);
    const dead = numbered(maxHeldForSilent, 'dead');
    silence(receivers, dead);
    add(receivers, 'last', 0, 'quiet');
    finish(receivers, takeAll(receivers), true);
    const places = receivers.sharePlaces([...linesTo(dead), ...linesTo(['last'], 'quiet')]);
    assert.equal(
      places.findIndex(({ account }) => account === 'quiet'),
      1,
    );
  });

  test('one silent receiver is given to accounts in turn', () => {
    const receivers = new Receivers<Call>(maxCallsPerReceiver);
    silence(receivers, ['dead']);
    const lines = [...linesTo(['dead'], 'MA'), ...linesTo(['dead'], 'quiet')];
    assert.deepEqual(receivers.sharePlaces(lines), [
      { account: 'quiet', receiver: 'dead', most: maxHeldPerSilent },
    ]);
  });

  /** What happens: a call of an account to a receiver comes, one is made if it may be, or the one that was made the longest ago ends. */
  const happenings = fc.array(
    fc.oneof(
      fc.record({ account: fc.constantFrom('a', 'b', 'c'), receiver: fc.constantFrom('x', 'y', 'z') }),
      fc.constant('take' as const),
      fc.constant('answered' as const),
      fc.constant('timed out' as const),
    ),
    { maxLength: 300 },
  );

  test('no bound is ever passed, and at the end each call was made once and nothing is held', () => {
    fc.assert(
      fc.property(happenings, (story) => {
        const receivers = new Receivers<Call>(2);
        const underWay: Call[] = [];
        const made: number[] = [];
        let count = 0;
        const step = (what: (typeof story)[number]) => {
          if (what === 'take') {
            const call = receivers.takeNext();
            if (call === undefined) return;
            underWay.push(call);
            made.push(call.index);
          } else if (what === 'answered' || what === 'timed out') {
            finish(receivers, underWay.splice(0, 1), what === 'timed out');
          } else if ((placesOf(receivers, [what.receiver], what.account).get(what.receiver) ?? 0) > 0) {
            add(receivers, what.receiver, count, what.account);
            count += 1;
          }
          for (const receiver of ['x', 'y', 'z']) {
            assert.ok(underWay.filter((call) => call.receiver === receiver).length <= 2);
          }
        };
        story.forEach(step);
        for (let left = 2 * count; left > 0; left--) {
          step('take');
          step('answered');
        }
        assert.deepEqual(
          made.toSorted((one, other) => one - other),
          Array.from({ length: count }, (_, index) => index),
        );
        assert.deepEqual([receivers.waiting, receivers.free, receivers.takeNext()], [0, maxHeld, undefined]);
      }),
    );
  });
});
