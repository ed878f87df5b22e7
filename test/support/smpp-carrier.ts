// An SMPP carrier bound to a scripted SMSC, on a clock that the test turns and wires without a network.

import assert from 'node:assert/strict';
import { systemTimers } from '../../src/base/timers.ts';
import { VirtualClock } from '../../src/base/virtual-clock.ts';
import type { BindLeases } from '../../src/carriers/smpp/bind-leases.ts';
import type { InboundMark, InboundMarks } from '../../src/carriers/smpp/inbound-names.ts';
import { SmppCarrier } from '../../src/carriers/smpp/smpp-carrier.ts';
import { SubmitError, type SubmitFailure } from '../../src/carriers/submit-error.ts';
import { Recorder } from '../carriers/recorder.ts';
import { repeatableBytes } from './app.ts';
import { sampleSmppConfig } from './smpp-samples.ts';
import { Smsc, type SmscScript } from './smsc.ts';
import { Wires } from './stream-pair.ts';

export interface SmppBench {
  readonly carrier: SmppCarrier;
  readonly smsc: Smsc;
  readonly clock: VirtualClock;
  readonly wires: Wires;
  /** Lines of the log, as JSON. */
  readonly log: string[];
  /** How often the carrier has connected. */
  connections(): number;
  /** Makes connecting fail from now on, or possible again. */
  isReachable: boolean;
  /** Turns the time on, and lets all that this causes come to its end. */
  pass(durationMs: number): Promise<void>;
}

/** Leases all binds to the one process that there is. */
export const allBinds: BindLeases = {
  hold: async (_carrier, binds) => Array.from({ length: binds }, (_, bind) => bind),
  release: async () => {},
};

/** Remembers marks for one process. */
export class MemoryMarks implements InboundMarks {
  readonly #marks = new Map<string, InboundMark & { readonly isBad: boolean }>();

  async name(mark: InboundMark): Promise<string> {
    const known = this.#marks.get(mark.hash);
    const isAgain = known !== undefined && (known.isBad || known.session !== mark.session);
    const name = isAgain ? known.name : mark.name;
    this.#marks.set(mark.hash, { ...mark, name, isBad: false });
    return name;
  }

  async answered(mark: InboundMark, isGood: boolean): Promise<void> {
    const known = this.#marks.get(mark.hash);
    if (known === undefined || known.session !== mark.session) return;
    if (isGood) this.#marks.delete(mark.hash);
    else this.#marks.set(mark.hash, { ...known, isBad: true });
  }
}

/** Returns a carrier that is not started. `config` is written as in the file of carriers. */
export function makeSmppBench(
  config: Readonly<Record<string, unknown>> = {},
  script: SmscScript = {},
  leases: BindLeases = allBinds,
): SmppBench {
  const clock = new VirtualClock(systemTimers);
  clock.freeze();
  clock.set(new Date('2026-11-29T10:00:00Z'));
  const wires = new Wires();
  const smsc = new Smsc(clock, script);
  let connections = 0;
  const log: string[] = [];
  const keep = (fields: object, sentence: string) => void log.push(JSON.stringify({ ...fields, sentence }));
  const bench: SmppBench = {
    log,
    smsc,
    clock,
    wires,
    isReachable: true,
    connections: () => connections,
    pass: (durationMs) => clock.advance(durationMs, () => wires.idle()),
    carrier: new SmppCarrier(sampleSmppConfig(config), {
      timers: clock,
      logger: { debug: keep, info: keep, warn: keep, error: keep, fatal: keep },
      randomBytes: repeatableBytes(7),
      marks: new MemoryMarks(),
      leases,
      connect: async (host) => {
        connections += 1;
        if (!bench.isReachable) throw new Error(`${host} cannot be reached: refused`);
        const [ours, theirs] = wires.pair();
        smsc.serve(theirs);
        return ours;
      },
    }),
  };
  return bench;
}

export interface RunningSmpp extends SmppBench {
  readonly recorder: Recorder;
}

/** Runs a test with a carrier that was started, and stops it. */
export async function withSmpp(
  config: Readonly<Record<string, unknown>>,
  script: SmscScript,
  body: (bench: RunningSmpp) => Promise<void>,
): Promise<void> {
  const bench = makeSmppBench(config, script);
  const recorder = new Recorder();
  await bench.carrier.start(recorder);
  await bench.wires.idle();
  await body(Object.assign(bench, { recorder }));
  const stopped = bench.carrier.stop();
  await bench.pass(10_000);
  await stopped;
}

/** Returns a check for `assert.rejects`: that a submission failed in this way. */
export const failsWith = (failure: SubmitFailure) => (error: unknown) => {
  assert.ok(error instanceof SubmitError, String(error));
  assert.equal(error.failure, failure);
  return true;
};
