// The scheduler's modes as a table; which call is made next, which wait, and for which hosts more are fetched.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { hostOf } from '../webhook.ts';
import {
  maxFetchedAtOnce,
  maxHeld,
  maxHeldForUnresponsive,
  maxHeldPerFlow,
  maxHeldPerUnresponsive,
} from './fair-share.ts';
import { HostScheduler, type Mode } from './host-scheduler.ts';

const maxCallsPerHost = 10;
const leasedUntil = new Date('2026-03-14T09:00:30Z');
/** The most calls that one account alone may have under way, and hold. */
const [callsAlone, heldAlone] = [500, 10_000];

interface Call {
  readonly mainId: string;
  readonly host: string;
  readonly index: number;
  readonly leasedUntil: Date;
}

function hold(names: readonly string[]): HostScheduler<Call> {
  const scheduler = new HostScheduler<Call>(maxCallsPerHost);
  names.forEach((host, index) => {
    add(scheduler, host, index);
  });
  return scheduler;
}

function add(scheduler: HostScheduler<Call>, host: string, index = 0, mainId = 'MA'): void {
  scheduler.add({ mainId, host, index, leasedUntil });
}

function takeAll(scheduler: HostScheduler<Call>): Call[] {
  const taken: Call[] = [];
  for (let call = scheduler.takeNext(); call !== undefined; call = scheduler.takeNext()) taken.push(call);
  return taken;
}

/** Ends calls, with a response in time or without. Returns the waiting calls that are given back. */
function finish(scheduler: HostScheduler<Call>, calls: readonly Call[], hasTimedOut: boolean): Call[] {
  return calls.flatMap((call) => {
    scheduler.end(call);
    const givenBack = scheduler.noteResponse(call, hasTimedOut);
    scheduler.leave(call);
    return givenBack;
  });
}

/** Calls each of some hosts once, without a response in time. */
function timeOut(scheduler: HostScheduler<Call>, names: readonly string[]): void {
  for (const host of names) add(scheduler, host);
  finish(scheduler, takeAll(scheduler), true);
}

const many = (count: number, name: string) => Array.from({ length: count }, () => name);
const numbered = (count: number, name: string) => Array.from({ length: count }, (_, n) => `${name}${n}`);
const flowsTo = (names: readonly string[], account = 'MA') => names.map((host) => ({ account, host }));
const slotsOf = (scheduler: HostScheduler<Call>, names: readonly string[], account = 'MA') =>
  new Map(scheduler.shareSlots(flowsTo(names, account)).map(({ host, most }) => [host, most]));
const waitingOf = (scheduler: HostScheduler<Call>, names: readonly string[]) =>
  Object.fromEntries(slotsOf(scheduler, names));

describe('modes', () => {
  const flow = { account: 'MA', host: 'a' };
  const call = { mainId: 'MA', host: 'a', index: 0, leasedUntil };
  const look = { due: [flow], slots: [{ ...flow, most: 2 }], limit: 2, fetched: [call], endsPass: true };
  const fill = (scheduler: HostScheduler<Call>) => {
    for (const host of numbered(scheduler.free, 'host')) add(scheduler, host);
  };

  /** The events of a scheduler. */
  const events = {
    'a look begins': (scheduler) => scheduler.beginLook(true),
    'a look begins while no slot is free': (scheduler) => {
      fill(scheduler);
      scheduler.beginLook(true);
    },
    'a look ends that fetched all that was due': (scheduler) => scheduler.endLook(look),
    'a look ends that was allowed fewer than were due': (scheduler) =>
      scheduler.endLook({ ...look, slots: [] }),
    'a look ends that fetched as many as it might': (scheduler) =>
      scheduler.endLook({ ...look, fetched: [call, call] }),
    'a look ends in the middle of a pass': (scheduler) => scheduler.endLook({ ...look, endsPass: false }),
    'it is stopped': (scheduler) => scheduler.stop(),
  } satisfies Record<string, (scheduler: HostScheduler<Call>) => unknown>;
  type Event = keyof typeof events;

  /** The events that lead to each mode. */
  const ways: Readonly<Record<Mode, readonly Event[]>> = {
    idle: [],
    fetching: ['a look begins'],
    behind: ['a look begins', 'a look ends that was allowed fewer than were due'],
    full: ['a look begins while no slot is free'],
    stopped: ['it is stopped'],
  };

  function inMode(mode: Mode): HostScheduler<Call> {
    const scheduler = new HostScheduler<Call>(maxCallsPerHost);
    for (const event of ways[mode]) events[event](scheduler);
    return scheduler;
  }

  const table: readonly [from: Mode, event: Event, to: Mode][] = [
    ['idle', 'a look begins', 'fetching'],
    ['idle', 'a look begins while no slot is free', 'full'],
    ['idle', 'it is stopped', 'stopped'],
    ['fetching', 'a look begins', 'fetching'],
    ['fetching', 'a look begins while no slot is free', 'full'],
    ['fetching', 'a look ends that fetched all that was due', 'idle'],
    ['fetching', 'a look ends that was allowed fewer than were due', 'behind'],
    ['fetching', 'a look ends that fetched as many as it might', 'fetching'],
    ['fetching', 'a look ends in the middle of a pass', 'fetching'],
    ['fetching', 'it is stopped', 'stopped'],
    ['behind', 'a look begins', 'fetching'],
    ['behind', 'a look begins while no slot is free', 'full'],
    ['behind', 'it is stopped', 'stopped'],
    ['full', 'a look begins', 'full'],
    ['full', 'it is stopped', 'stopped'],
    ['stopped', 'a look begins', 'stopped'],
    ['stopped', 'a look ends that fetched all that was due', 'stopped'],
    ['stopped', 'a look ends that was allowed fewer than were due', 'stopped'],
  ];
  for (const [from, event, to] of table) {
    test(`${from}, ${event}: ${to}`, () => {
      const scheduler = inMode(from);
      events[event](scheduler);
      assert.equal(scheduler.mode, to);
    });
  }

  test('behind: a look is wanted, once, when half of the share of a host with calls left is free', () => {
    const scheduler = inMode('behind');
    for (const host of many(maxHeldPerFlow, 'a')) add(scheduler, host);
    assert.equal(scheduler.wantsLook(call), false);
    for (let round = 0; round < 6; round++) finish(scheduler, takeAll(scheduler), false);
    assert.deepEqual([scheduler.wantsLook({ ...call, host: 'b' }), scheduler.wantsLook(call)], [false, true]);
    assert.equal(scheduler.wantsLook(call), false);
  });

  test('fetching: the next look follows at once where slots became free that this one took for used', () => {
    const lookBeside = (during: (scheduler: HostScheduler<Call>) => void) => {
      const scheduler = new HostScheduler<Call>(maxCallsPerHost);
      for (const host of many(maxHeldPerFlow, 'a')) add(scheduler, host);
      const limit = scheduler.beginLook(true);
      const slots = scheduler.shareSlots([flow]);
      during(scheduler);
      scheduler.endLook({ due: [flow], slots, limit, fetched: [], endsPass: true });
      return scheduler.mode;
    };
    const finishRounds = (scheduler: HostScheduler<Call>, rounds: number) => {
      for (let round = 0; round < rounds; round++) {
        const taken = takeAll(scheduler);
        finish(scheduler, taken, false);
        for (const ended of taken) assert.equal(scheduler.wantsLook(ended), false);
      }
    };
    assert.equal(
      lookBeside((scheduler) => finishRounds(scheduler, 6)),
      'fetching',
    );
    assert.equal(
      lookBeside((scheduler) => finishRounds(scheduler, 1)),
      'behind',
    );
  });

  test('full: a look is wanted once 50 slots are free', () => {
    const scheduler = inMode('full');
    const taken = takeAll(scheduler);
    finish(scheduler, taken.slice(0, 49), false);
    assert.equal(scheduler.wantsLook(call), false);
    finish(scheduler, taken.slice(49, 50), false);
    assert.equal(scheduler.wantsLook(call), true);
  });

  for (const mode of ['idle', 'fetching', 'stopped'] as const) {
    test(`${mode}: a free slot is no reason to look`, () =>
      assert.equal(inMode(mode).wantsLook(call), false));
  }

  test('stopped: no call is started and none is fetched', () => {
    const scheduler = hold(['a']);
    scheduler.stop();
    assert.deepEqual([scheduler.takeNext(), scheduler.beginLook(true)], [undefined, 0]);
    assert.equal(scheduler.removeWaiting().length, 1);
  });
});

describe('new calls', () => {
  const later = new Date(leasedUntil.getTime() + 20_000);

  /** Returns a scheduler that has made a pass, which left calls to `leftHosts`. */
  function afterPass(leftHosts: readonly string[] = []): HostScheduler<Call> {
    const scheduler = new HostScheduler<Call>(maxCallsPerHost);
    pass(scheduler, leftHosts);
    return scheduler;
  }

  function pass(scheduler: HostScheduler<Call>, leftHosts: readonly string[] = []): void {
    const limit = scheduler.beginLook(true);
    scheduler.endLook({ due: flowsTo(leftHosts), slots: [], limit, fetched: [], endsPass: true });
  }

  const callsTo = (hosts: readonly string[], mainId = 'MA') =>
    hosts.map((host, index) => ({ mainId, host, index, leasedUntil: later }));
  const chosen = (scheduler: HostScheduler<Call>, hosts: readonly string[], since = leasedUntil) =>
    scheduler.chooseNew(callsTo(hosts), since).map(({ host, index }) => `${host}${index}`);

  test('are not held before the first pass, because calls of their hosts may be in the database', () => {
    const scheduler = new HostScheduler<Call>(maxCallsPerHost);
    assert.deepEqual(chosen(scheduler, ['a']), []);
    pass(scheduler);
    assert.deepEqual(chosen(scheduler, ['a', 'b']), ['a0', 'b1']);
  });

  test('are not held once it is stopped', () => {
    const scheduler = afterPass();
    scheduler.stop();
    assert.deepEqual(chosen(scheduler, ['a']), []);
  });

  test('are not held while calls of their host are in the database, until a whole pass finds none', () => {
    const scheduler = afterPass(['a']);
    assert.deepEqual(chosen(scheduler, ['a', 'b']), ['b1']);
    pass(scheduler);
    assert.deepEqual(chosen(scheduler, ['a']), ['a0']);
    scheduler.noteLeft('a');
    const limit = scheduler.beginLook(true);
    assert.deepEqual(chosen(scheduler, ['a']), []);
    scheduler.endLook({ due: [], slots: [], limit, fetched: [], endsPass: true });
    assert.deepEqual(chosen(scheduler, ['a']), ['a0']);
  });

  test('left during a pass are not forgotten when it ends', () => {
    const scheduler = afterPass();
    const limit = scheduler.beginLook(true);
    scheduler.noteLeft('a');
    scheduler.endLook({ due: [], slots: [], limit, fetched: [], endsPass: true });
    assert.deepEqual([chosen(scheduler, ['a']), scheduler.mode], [[], 'behind']);
  });

  test('are not held while their host is unresponsive', () => {
    const scheduler = afterPass();
    timeOut(scheduler, ['a']);
    assert.deepEqual(chosen(scheduler, ['a', 'b']), ['b1']);
  });

  test('are not held while the first call of their flow has waited for too long', () => {
    const scheduler = afterPass();
    for (const host of many(maxCallsPerHost + 1, 'a')) add(scheduler, host);
    takeAll(scheduler);
    assert.deepEqual(chosen(scheduler, ['a', 'b'], leasedUntil), ['a0', 'b1']);
    assert.deepEqual(chosen(scheduler, ['a', 'b'], new Date(leasedUntil.getTime() + 1)), ['b1']);
  });

  test('are held up to what there is for one account, and there is room for another', () => {
    const scheduler = afterPass();
    const held = scheduler.chooseNew(callsTo(many(2 * maxHeld, 'a')), leasedUntil);
    assert.deepEqual(
      held.map(({ index }) => index),
      Array.from({ length: heldAlone }, (_, index) => index),
    );
    for (const call of held) scheduler.add(call);
    assert.deepEqual(chosen(scheduler, ['a']), []);
    assert.equal(scheduler.chooseNew(callsTo(['a'], 'quiet'), leasedUntil).length, 1);
  });
});

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
  test(`the host of ${url.slice(0, 40)} is ${name.slice(0, 40)}`, () => assert.equal(hostOf(url), name));
}

test('hosts take turns, each in the order in which its calls came', () => {
  const scheduler = hold(['a', 'a', 'a', 'b', 'b']);
  assert.deepEqual(
    takeAll(scheduler).map(({ index }) => index),
    [0, 3, 1, 4, 2],
  );
  assert.equal(scheduler.takeNext(), undefined);
});

test('a host gets only so many calls at once, and the next when one has ended', () => {
  const scheduler = hold([...many(maxCallsPerHost + 2, 'slow'), 'quick']);
  const taken = takeAll(scheduler);
  assert.equal(taken.filter(({ host }) => host === 'slow').length, maxCallsPerHost);
  assert.equal(taken.length, maxCallsPerHost + 1);
  finish(scheduler, taken.slice(0, 1), false);
  assert.deepEqual(
    takeAll(scheduler).map(({ host }) => host),
    ['slow'],
  );
});

for (const callsPerHost of [1, 25, 50, 100]) {
  test(`a host may get ${callsPerHost} calls at once, and however many want so many, there is one for another`, () => {
    for (const greedy of [1, 4, 16, 200]) {
      const scheduler = new HostScheduler<Call>(callsPerHost);
      for (const host of many(101, 'first')) add(scheduler, host);
      assert.equal(takeAll(scheduler).length, callsPerHost);
      for (const name of numbered(greedy, 'greedy')) {
        for (const host of many(101, name)) add(scheduler, host);
      }
      takeAll(scheduler);
      add(scheduler, 'quick', -1);
      assert.equal(scheduler.takeNext()?.host, 'quick', `beside ${greedy}`);
    }
  });
}

test('an account gets only so many at once', () => {
  const scheduler = hold(numbered(callsAlone + 1, 'host'));
  const taken = takeAll(scheduler);
  assert.equal(taken.length, callsAlone);
  finish(scheduler, taken, false);
  assert.equal(takeAll(scheduler).length, 1);
});

test('however many hosts hang, there is a slot for one that has none', () => {
  for (const hanging of [1, 16, 50, 200, 400]) {
    const scheduler = hold(numbered(hanging, 'hanging').flatMap((name) => many(2, name)));
    takeAll(scheduler);
    add(scheduler, 'quick', -1);
    assert.equal(scheduler.takeNext()?.host, 'quick', `${hanging} hang`);
  }
});

test('however many hosts take their share of the slots, there are some for one that holds none', () => {
  for (const greedy of [1, 16, 50]) {
    const scheduler = new HostScheduler<Call>(maxCallsPerHost);
    const all = numbered(greedy, 'greedy');
    const fetched = (name: string) => slotsOf(scheduler, [name]).get(name) ?? 0;
    for (let round = 0; round < 5; round++) {
      for (const host of all) {
        for (let slots = fetched(host); slots > 0; slots--) add(scheduler, host);
      }
    }
    assert.deepEqual(waitingOf(scheduler, all), {}, `${greedy} have what they may have`);
    assert.ok(fetched('quick') > 0, `slots beside ${greedy}`);
  }
});

test('calls of the host that holds fewest are fetched first, and none of a host that has its share', () => {
  const scheduler = hold([...many(30, 'b'), ...many(10, 'c'), ...many(maxHeldPerFlow, 'd')]);
  assert.deepEqual([...slotsOf(scheduler, ['a', 'b', 'c', 'd']).keys()], ['a', 'c', 'b']);
});

test('an unresponsive host gets fewer calls until it responds', () => {
  const scheduler = new HostScheduler<Call>(maxCallsPerHost);
  timeOut(scheduler, ['dead']);
  assert.deepEqual(waitingOf(scheduler, ['dead']), { dead: maxHeldPerUnresponsive });
  for (const host of many(5, 'dead')) add(scheduler, host);
  const taken = takeAll(scheduler);
  assert.equal(taken.length, maxHeldPerUnresponsive);
  finish(scheduler, taken, false);
  assert.equal(takeAll(scheduler).length, 3);
  assert.ok((slotsOf(scheduler, ['dead']).get('dead') ?? 0) > maxHeldPerUnresponsive);
});

test('unresponsive hosts come last, the one that was called the longest ago first, and share what is theirs', () => {
  const scheduler = new HostScheduler<Call>(maxCallsPerHost);
  const dead = numbered(maxHeldForUnresponsive, 'dead');
  timeOut(scheduler, dead);
  const slots = slotsOf(scheduler, [...dead.toReversed(), 'quick']);
  const served = maxHeldForUnresponsive / maxHeldPerUnresponsive;
  assert.deepEqual([...slots.keys()], ['quick', ...dead.slice(0, served)]);
  timeOut(scheduler, dead.slice(0, served));
  assert.equal([...slotsOf(scheduler, dead).keys()][0], dead[served]);
});

test('only so many unresponsive hosts are remembered', () => {
  const scheduler = new HostScheduler<Call>(maxCallsPerHost);
  const dead = numbered(1001, 'dead');
  for (const name of dead) timeOut(scheduler, [name]);
  assert.equal(slotsOf(scheduler, ['dead0']).get('dead0'), maxHeldPerFlow);
  assert.equal(slotsOf(scheduler, ['dead1']).get('dead1'), maxHeldPerUnresponsive);
});

test('calls that wait for a host are given back once it is unresponsive', () => {
  const scheduler = hold([...many(maxCallsPerHost + 5, 'dead'), 'quick']);
  const [first] = takeAll(scheduler);
  add(scheduler, 'quick', 99);
  assert.ok(first !== undefined);
  assert.equal(finish(scheduler, [first], true).length, 5);
  assert.equal(scheduler.takeNext()?.index, 99);
});

test('all calls that wait can be given back', () => {
  const scheduler = hold(many(maxCallsPerHost + 5, 'slow'));
  takeAll(scheduler);
  assert.equal(scheduler.removeWaiting().length, 5);
  assert.deepEqual(scheduler.removeWaiting(), []);
  assert.equal(scheduler.free, maxHeld - maxCallsPerHost);
  assert.equal(scheduler.takeNext(), undefined);
});

describe('accounts', () => {
  const thousands = numbered(2000, 'host');

  /** Adds calls of an account to some hosts, in 80 rounds: to one host as many as may be fetched, to thousands one to each a round. */
  function flood(scheduler: HostScheduler<Call>, account: string, names: readonly string[]): void {
    const each = Math.ceil(maxFetchedAtOnce / names.length);
    for (let round = 0; round < 80; round++) {
      let left = Math.min(maxFetchedAtOnce, scheduler.free);
      for (const { host, most } of scheduler.shareSlots(flowsTo(names, account))) {
        for (let count = Math.min(each, most, left); count > 0; count--, left--)
          add(scheduler, host, 0, account);
      }
    }
  }

  const beside: [title: string, floods: readonly (readonly string[])[], host: string][] = [
    ['one account with one host, another one', [['a']], 'b'],
    ['one account with one host, the same one', [['a']], 'a'],
    ['three accounts with the same host', [['a'], ['a'], ['a']], 'a'],
    ['one account with thousands of hosts', [thousands], 'b'],
    ['one account with thousands of hosts, one of them', [thousands], 'host0'],
    ['three accounts with thousands of hosts', [thousands, thousands, thousands], 'b'],
  ];
  for (const [title, floods, host] of beside) {
    test(`there are slots and a turn beside ${title}`, () => {
      const scheduler = new HostScheduler<Call>(maxCallsPerHost);
      floods.forEach((names, index) => {
        flood(scheduler, `flood${index}`, names);
      });
      const underWay = takeAll(scheduler);
      // A few calls end, so that each account has a turn.
      const toSame = underWay.filter((one) => one.host === host);
      const ended = toSame.length > 0 ? toSame.slice(0, floods.length + 1) : underWay.slice(0, 20);
      finish(scheduler, ended, false);
      const flows = floods.flatMap((names, index) => flowsTo(names, `flood${index}`));
      const [first] = scheduler.shareSlots([...flows, { account: 'quiet', host }]);
      assert.deepEqual([first?.account, first?.host], ['quiet', host]);
      add(scheduler, host, 1, 'quiet');
      assert.ok(takeAll(scheduler).some(({ mainId }) => mainId === 'quiet'));
    });
  }

  test('one alone has what there is for one: 500 calls under way, 10,000 held, 100 of them fetched for a host', () => {
    const scheduler = new HostScheduler<Call>(maxCallsPerHost);
    assert.deepEqual([...slotsOf(scheduler, ['a']).values()], [maxHeldPerFlow]);
    flood(scheduler, 'MA', thousands);
    assert.equal(takeAll(scheduler).length, callsAlone);
    assert.ok(maxHeld - scheduler.free <= heldAlone && maxHeld - scheduler.free > heldAlone - 20);
  });

  test('flows of the same host take turns', () => {
    const scheduler = new HostScheduler<Call>(1);
    for (const account of ['a', 'a', 'a', 'b', 'b']) add(scheduler, 'same', 0, account);
    const order: string[] = [];
    for (let call = scheduler.takeNext(); call !== undefined; call = scheduler.takeNext()) {
      order.push(call.mainId);
      finish(scheduler, [call], false);
    }
    assert.deepEqual(order, ['a', 'b', 'a', 'b', 'a']);
  });

  test('of two accounts the one goes first for which was fetched the longest ago, and then in turn', () => {
    const scheduler = new HostScheduler<Call>(maxCallsPerHost);
    add(scheduler, 'x', 0, 'b');
    add(scheduler, 'x', 0, 'a');
    const flows = ['a', 'b', 'c'].flatMap((account) => flowsTo(['x1', 'x2'], account));
    const accounts = scheduler.shareSlots(flows).map(({ account }) => account);
    assert.deepEqual(accounts, ['c', 'b', 'a', 'c', 'b', 'a']);
  });

  test('the slots of unresponsive hosts are given out by account in turn', () => {
    const scheduler = new HostScheduler<Call>(maxCallsPerHost);
    const dead = numbered(maxHeldForUnresponsive, 'dead');
    timeOut(scheduler, dead);
    add(scheduler, 'last', 0, 'quiet');
    finish(scheduler, takeAll(scheduler), true);
    const slots = scheduler.shareSlots([...flowsTo(dead), ...flowsTo(['last'], 'quiet')]);
    assert.equal(
      slots.findIndex(({ account }) => account === 'quiet'),
      1,
    );
  });

  test('the slots of one unresponsive host are given to accounts in turn', () => {
    const scheduler = new HostScheduler<Call>(maxCallsPerHost);
    timeOut(scheduler, ['dead']);
    const flows = [...flowsTo(['dead'], 'MA'), ...flowsTo(['dead'], 'quiet')];
    assert.deepEqual(scheduler.shareSlots(flows), [
      { account: 'quiet', host: 'dead', most: maxHeldPerUnresponsive },
    ]);
  });

  /** The events: a call of an account to a host comes, one is started if it may be, or the one that was started the longest ago ends. */
  const happenings = fc.array(
    fc.oneof(
      fc.record({ account: fc.constantFrom('a', 'b', 'c'), host: fc.constantFrom('x', 'y', 'z') }),
      fc.constant('take' as const),
      fc.constant('answered' as const),
      fc.constant('timed out' as const),
    ),
    { maxLength: 300 },
  );

  test('no bound is ever passed, and at the end each call was made once and nothing is held', () => {
    fc.assert(
      fc.property(happenings, (story) => {
        const scheduler = new HostScheduler<Call>(2);
        const underWay: Call[] = [];
        const givenBack: Call[] = [];
        const made: number[] = [];
        let count = 0;
        const step = (what: (typeof story)[number]) => {
          if (what === 'take') {
            const call = scheduler.takeNext();
            if (call === undefined) return;
            underWay.push(call);
            made.push(call.index);
          } else if (what === 'answered' || what === 'timed out') {
            givenBack.push(...finish(scheduler, underWay.splice(0, 1), what === 'timed out'));
          } else if ((slotsOf(scheduler, [what.host], what.account).get(what.host) ?? 0) > 0) {
            add(scheduler, what.host, count, what.account);
            count += 1;
          }
          for (const host of ['x', 'y', 'z']) {
            assert.ok(underWay.filter((call) => call.host === host).length <= 2);
          }
        };
        story.forEach(step);
        for (let left = 3 * count; left > 0; left--) {
          const again = givenBack.shift();
          if (again !== undefined) scheduler.add(again);
          step('take');
          step('answered');
        }
        assert.deepEqual(
          made.toSorted((one, other) => one - other),
          Array.from({ length: count }, (_, index) => index),
        );
        assert.deepEqual([scheduler.free, scheduler.takeNext()], [maxHeld, undefined]);
      }),
    );
  });
});
