// The calls that are under way, so that a stop can wait for them, and a reset can end those of its account.
import type { Timers } from '../../base/timers.ts';
import { CutOffSwitch } from '../http/cut-off-switch.ts';

/** How long a reset waits for calls: receivers on the same machine have answered by then, and have had the call before the reset. */
const graceMs = 25;

interface UnderWay {
  readonly mainId: string;
  readonly cutOff: CutOffSwitch;
  readonly ended: Promise<void>;
  /** Where it stands among all. */
  index: number;
}

/** Calls until their results are recorded. */
export class CallsUnderWay {
  readonly #timers: Timers;
  /** In no order. Not a set, for the reason why `HoldableCall` is in no map. */
  readonly #calls: UnderWay[] = [];

  /** @param timers of the real time. */
  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Runs a call of an account. */
  run(mainId: string, make: (cutOff: CutOffSwitch) => Promise<void>): void {
    const cutOff = new CutOffSwitch();
    const call = { mainId, cutOff, ended: make(cutOff), index: this.#calls.length };
    this.#calls.push(call);
    void call.ended.finally(() => this.#remove(call));
  }

  /** Waits for all calls. */
  async idle(): Promise<void> {
    await Promise.all(this.#calls.map(({ ended }) => ended));
  }

  /** Waits for the calls of an account, and cuts off those that take longer than a moment. */
  async end(mainId: string): Promise<void> {
    const calls = this.#calls.filter((call) => call.mainId === mainId);
    if (calls.length === 0) return;
    const deadline = new Date(this.#timers.now().getTime() + graceMs);
    const cancel = this.#timers.at(deadline, () => {
      for (const { cutOff } of calls) cutOff.cut();
    });
    await Promise.all(calls.map(({ ended }) => ended));
    cancel();
  }

  #remove({ index }: UnderWay): void {
    const last = this.#calls.pop();
    if (last === undefined || last.index === index) return;
    last.index = index;
    this.#calls[index] = last;
  }
}
