// The virtual clock: what runs, in which order, and the time that the clock shows meanwhile.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { InFlightTracker } from './in-flight.ts';
import type { Timers } from './timers.ts';
import { VirtualClock } from './virtual-clock.ts';

const startMs = Date.parse('2026-03-14T09:26:53.589Z');

/** Timers on a time that the test sets: `pass` advances it and runs what is due. */
class HandTimers implements Timers {
  #nowMs = startMs;
  #waiting: { atMs: number; run: () => void }[] = [];

  readonly now = () => new Date(this.#nowMs);

  at(when: Date, run: () => void): () => void {
    const waiting = { atMs: when.getTime(), run };
    this.#waiting.push(waiting);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
    };
  }

  pass(durationMs: number): void {
    this.#nowMs += durationMs;
    const due = this.#waiting.filter(({ atMs }) => atMs <= this.#nowMs);
    this.#waiting = this.#waiting.filter(({ atMs }) => atMs > this.#nowMs);
    for (const { run } of due) run();
  }

  get count(): number {
    return this.#waiting.length;
  }
}

function makeClock(frozen: boolean) {
  const real = new HandTimers();
  const clock = new VirtualClock(real);
  if (frozen) clock.freeze();
  const seen: string[] = [];
  const sinceStart = () => clock.now().getTime() - startMs;
  const after = (durationMs: number) => new Date(clock.now().getTime() + durationMs);
  const note = (name: string) => () => void seen.push(`${name} at ${sinceStart()}`);
  return { real, clock, seen, sinceStart, after, note, inFlight: new InFlightTracker() };
}

const nothing = async () => {};

describe('a clock that runs', () => {
  test('follows the real time, and runs what is due', () => {
    const { real, clock, seen, sinceStart, after, note } = makeClock(false);
    clock.at(after(100), note('later'));
    clock.at(after(50), note('sooner'));
    real.pass(70);
    assert.deepEqual(seen, ['sooner at 70']);
    real.pass(30);
    assert.deepEqual(seen, ['sooner at 70', 'later at 100']);
    assert.equal(sinceStart(), 100);
  });

  test('uses one real timer, however many wait', () => {
    const { real, clock, after, note } = makeClock(false);
    for (let waitMs = 100; waitMs > 0; waitMs--) clock.at(after(waitMs), note('one'));
    assert.equal(real.count, 1);
  });

  test('does not run what was cancelled', () => {
    const { real, clock, seen, after, note } = makeClock(false);
    clock.at(after(10), note('cancelled'))();
    real.pass(20);
    assert.deepEqual(seen, []);
  });

  test('can be set, and runs on from there', () => {
    const { real, clock, seen, sinceStart, after, note } = makeClock(false);
    clock.at(after(1000), note('due'));
    clock.set(after(990));
    real.pass(9);
    assert.deepEqual(seen, []);
    real.pass(1);
    assert.deepEqual(seen, ['due at 1000']);
    assert.equal(sinceStart(), 1000);
  });

  test('that is advanced runs on from the target', async () => {
    const { real, clock, seen, sinceStart, after, note } = makeClock(false);
    clock.at(after(3_600_000), note('an hour'));
    clock.at(after(3_600_010), note('a little later'));
    await clock.advance(3_600_000, nothing);
    assert.deepEqual(seen, ['an hour at 3600000']);
    real.pass(10);
    assert.equal(sinceStart(), 3_600_010);
    assert.deepEqual(seen, ['an hour at 3600000', 'a little later at 3600010']);
  });
});

describe('a frozen clock', () => {
  test('does not move, and runs nothing', () => {
    const { real, clock, seen, sinceStart, after, note } = makeClock(true);
    clock.at(after(10), note('never'));
    real.pass(1000);
    assert.equal(sinceStart(), 0);
    assert.deepEqual(seen, []);
  });

  test('continues from where it stopped when it is resumed', () => {
    const { real, clock, seen, sinceStart, after, note } = makeClock(true);
    clock.at(after(10), note('due'));
    real.pass(1000);
    clock.resume();
    real.pass(9);
    assert.equal(sinceStart(), 9);
    real.pass(1);
    assert.deepEqual(seen, ['due at 10']);
  });

  test('runs what is already due in a later turn', () => {
    const { real, clock, seen, after, note } = makeClock(true);
    clock.at(after(0), note('now'));
    clock.at(after(-5), note('past'));
    clock.at(after(0), note('cancelled'))();
    assert.deepEqual(seen, []);
    real.pass(0);
    assert.deepEqual(seen, ['now at 0', 'past at 0']);
  });

  test('that is set runs nothing; the next advance runs what became due', async () => {
    const { real, clock, seen, after, note } = makeClock(true);
    clock.at(after(10), note('passed by'));
    clock.set(after(100));
    real.pass(1);
    assert.deepEqual(seen, []);
    await clock.advance(0, nothing);
    assert.deepEqual(seen, ['passed by at 100']);
  });

  test('can be set back', () => {
    const { clock, sinceStart, after } = makeClock(true);
    clock.set(after(-1000));
    assert.equal(sinceStart(), -1000);
  });
});

describe('an advance', () => {
  test('goes from time to time, in order, and at the same time in the order of asking', async () => {
    const { clock, seen, sinceStart, after, note } = makeClock(true);
    clock.at(after(20), note('third'));
    clock.at(after(10), note('first'));
    clock.at(after(10), note('second'));
    clock.at(after(31), note('too late'));
    await clock.advance(30, nothing);
    assert.deepEqual(seen, ['first at 10', 'second at 10', 'third at 20']);
    assert.equal(sinceStart(), 30);
  });

  test('waits for the work that each step started, before it goes on', async () => {
    const { clock, seen, after, note, inFlight } = makeClock(true);
    const work = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      note('work')();
      clock.at(after(5), note('its timer'));
    };
    clock.at(after(10), () => void inFlight.track(work));
    clock.at(after(12), note('after the work'));
    await clock.advance(20, () => inFlight.idle());
    assert.deepEqual(seen, ['work at 10', 'after the work at 12', 'its timer at 15']);
  });

  test('waits for running work before the time moves', async () => {
    const { clock, seen, note, inFlight } = makeClock(true);
    void inFlight.track(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      note('work')();
    });
    await clock.advance(20, () => inFlight.idle());
    assert.deepEqual(seen, ['work at 0']);
  });

  test('follows the one that was asked for before it', async () => {
    const { clock, seen, sinceStart, after, note } = makeClock(true);
    clock.at(after(10), note('first'));
    clock.at(after(15), note('second'));
    await Promise.all([clock.advance(12, nothing), clock.advance(12, nothing)]);
    assert.deepEqual(seen, ['first at 10', 'second at 15']);
    assert.equal(sinceStart(), 24);
  });

  test('that fails throws, and the next one still runs', async () => {
    const { clock, seen, after, note } = makeClock(true);
    clock.at(after(10), () => {
      throw new Error('broken');
    });
    clock.at(after(20), note('next'));
    await assert.rejects(clock.advance(15, nothing), /broken/);
    await clock.advance(15, nothing);
    assert.deepEqual(seen, ['next at 20']);
  });

  test('does not run what an earlier callback cancelled', async () => {
    const { clock, seen, after, note } = makeClock(true);
    let cancel = () => {};
    clock.at(after(10), () => cancel());
    cancel = clock.at(after(10), note('cancelled'));
    await clock.advance(10, nothing);
    assert.deepEqual(seen, []);
  });

  test('of fifteen days does not stop for regular looks, and runs the last one', async () => {
    const { clock, seen, after, note } = makeClock(true);
    let looks = 0;
    const look = () => {
      looks += 1;
      clock.at(after(1000), look, true);
    };
    look();
    const dayMs = 86_400_000;
    clock.at(after(10 * dayMs), note('expiry'));
    await clock.advance(15 * dayMs, nothing);
    assert.deepEqual(seen, [`expiry at ${10 * dayMs}`]);
    assert.equal(looks, 3);
  });

  test('leaves a clock frozen that was frozen meanwhile', async () => {
    const { real, clock, sinceStart, after } = makeClock(false);
    clock.at(after(10), () => clock.freeze());
    await clock.advance(20, nothing);
    real.pass(5);
    assert.equal(sinceStart(), 20);
    assert.equal(clock.isFrozen, true);
  });

  test('ends with the year 9999', async () => {
    const { clock } = makeClock(true);
    await clock.advance(Number.MAX_SAFE_INTEGER, nothing);
    assert.equal(clock.now().toISOString(), '9999-12-31T23:59:59.999Z');
  });
});
