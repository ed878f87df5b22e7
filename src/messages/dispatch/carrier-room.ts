// Room at the carriers, as dispatch uses it up: which job may go to which carrier now.
import { doubledDelayMs } from '../../base/backoff.ts';
import type { Timers } from '../../base/timers.ts';
import type { Carrier } from '../../carriers/carrier.ts';
import type { Job } from '../outbox/outbox-store.ts';
import { segmentsLeft } from './submission.ts';

/** The carriers that run in this process, by name. */
export interface Carriers {
  get(name: string): Carrier | undefined;
  values(): Iterable<Carrier>;
}

/** The carriers of a job, in the order in which they are tried; none without a route. */
export type CarriersOf = (job: Job) => readonly string[];

/** Why a job waits: its carriers or its campaign take nothing now, or its carriers have their links in another process. */
export type Hindrance = 'noRoom' | 'elsewhere';

/** Why a job goes to no carrier: no route leads to one, or the only one that it may go to is gone. */
export type DeadEnd = 'unrouted' | 'gone';

/** How much of one carrier is in use. */
interface Load {
  /** Segments that have been taken out of their sender queues and not been handed over yet. */
  settingOut: number;
  /** Messages that the carrier has not answered. */
  inHand: number;
  /** Segments that it has answered, and whose result is not stored yet: after a crash they would be submitted again. */
  unrecorded: number;
  /** Milliseconds; nothing is submitted until then. */
  backsOffUntil: number;
  /** How often in a row it has backed off. */
  backoffs: number;
}

const firstBackoffMs = 1000;
const longestBackoffMs = 60_000;

/** Room that a job has got. It is in use until `end`. */
export interface ReservedRoom {
  readonly carrier: Carrier;
  /** Notes that the job is handed over at this moment: from now on the carrier itself counts it. */
  handOver(): void;
  /** Notes that the carrier has answered: it has room again, but not for more than may have an unknown outcome at once. */
  answered(): void;
  /** Notes that the result is stored, or that the job does not go after all. */
  end(): void;
}

export interface CarrierRoomParts {
  readonly carriers: Carriers;
  readonly carriersOf: CarriersOf;
  /** Whether there is a carrier, here or in another process, up or down. */
  readonly hasCarrier: (carrier: string) => boolean;
  /** Whether a carrier takes messages in another process. */
  readonly isUpElsewhere: (carrier: string) => boolean;
  readonly timers: Pick<Timers, 'now'>;
}

/** Gives room at carriers to jobs. */
export class CarrierRoom {
  readonly #parts: CarrierRoomParts;
  /** Of a carrier as it runs: one whose entry has changed is another one, with nothing in use. */
  readonly #loads = new WeakMap<Carrier, Load>();
  /** Of this round: the sender queue whose message needs more room than its carrier has, before which nothing goes there. */
  readonly #next = new Map<Carrier, string>();
  /** Of this round: whether a carrier has a link, and has it in another process. */
  readonly #elsewhere = new Map<string, boolean>();

  constructor(parts: CarrierRoomParts) {
    this.#parts = parts;
  }

  /** Starts a round of dispatch. */
  beginRound(): void {
    this.#next.clear();
    this.#elsewhere.clear();
  }

  /** Returns why a job waits; `undefined` if it may go now, and if it goes to no carrier. */
  hindranceOf(job: Job): Hindrance | undefined {
    const found = this.#find(job);
    return found === 'noRoom' || found === 'elsewhere' ? found : undefined;
  }

  /** Returns room for a job, which it has from now on, or why there is none. */
  reserve(job: Job): ReservedRoom | Hindrance | DeadEnd {
    const carrier = this.#find(job);
    if (typeof carrier === 'string') return carrier;
    const load = this.#loadOf(carrier);
    const segments = segmentsLeft(job);
    let state: 'settingOut' | 'inHand' | 'unrecorded' | 'ended' = 'settingOut';
    const leave = () => {
      if (state === 'settingOut') load.settingOut -= segments;
      if (state === 'inHand') load.inHand -= 1;
      if (state === 'unrecorded') load.unrecorded -= segments;
    };
    load.settingOut += segments;
    return {
      carrier,
      handOver() {
        leave();
        state = 'inHand';
        load.inHand += 1;
      },
      answered() {
        leave();
        state = 'unrecorded';
        load.unrecorded += segments;
      },
      end() {
        leave();
        state = 'ended';
      },
    };
  }

  /** Stops submitting to a carrier that takes nothing; after a second, then two, at most a minute, one message is tried again. */
  backOff(carrier: Carrier): void {
    const load = this.#loadOf(carrier);
    const now = this.#parts.timers.now().getTime();
    if (now < load.backsOffUntil) return;
    load.backoffs += 1;
    load.backsOffUntil = now + doubledDelayMs(firstBackoffMs, load.backoffs, longestBackoffMs);
  }

  /** Ends the backoff of a carrier: it has taken a message. */
  endBackoff(carrier: Carrier): void {
    const load = this.#loadOf(carrier);
    load.backoffs = 0;
    load.backsOffUntil = 0;
  }

  #find(job: Job): Carrier | Hindrance | DeadEnd {
    // A carrier that may have the message keeps it: another one would deliver it once more.
    const isBound = job.unknownAttempts > 0 || job.partsTaken > 0;
    const only = (isBound ? job.carrier : undefined) ?? job.onlyCarrier;
    if (only !== undefined && this.#isGone(only)) return 'gone';
    const names = only === undefined ? this.#parts.carriersOf(job) : [only];
    if (names.length === 0) return 'unrouted';
    const carrier = this.#firstUp(names);
    if (carrier === 'elsewhere') return carrier;
    return carrier !== undefined && this.#fits(carrier, job) ? carrier : 'noRoom';
  }

  /** Returns the first carrier that is up. A full window is no reason to go to the next one, nor is it that the link is another process's. */
  #firstUp(names: readonly string[]): Carrier | 'elsewhere' | undefined {
    const { carriers } = this.#parts;
    for (const name of names) {
      const carrier = carriers.get(name);
      if (this.#isElsewhere(name, carrier)) return 'elsewhere';
      if (names.length === 1) return carrier;
      if (carrier?.status().state === 'up' && !this.#isBackingOff(this.#loadOf(carrier))) return carrier;
    }
    return undefined;
  }

  #isGone(name: string): boolean {
    const { carriers, hasCarrier, isUpElsewhere } = this.#parts;
    return carriers.get(name) === undefined && !hasCarrier(name) && !isUpElsewhere(name);
  }

  #isElsewhere(name: string, carrier: Carrier | undefined): boolean {
    let known = this.#elsewhere.get(name);
    if (known === undefined) {
      known = this.#parts.isUpElsewhere(name) && !hasLink(carrier);
      this.#elsewhere.set(name, known);
    }
    return known;
  }

  #fits(carrier: Carrier, job: Job): boolean {
    const load = this.#loadOf(carrier);
    if ((this.#next.get(carrier) ?? job.queue) !== job.queue) return false;
    if (this.#isBackingOff(load)) return false;
    // What a crash would have submitted again is never more than the carrier's window.
    const room = carrier.room(job.sender) - load.settingOut - load.unrecorded;
    if (room <= 0) return false;
    // A message that is larger than the window goes alone. One after a backoff is the probe.
    const isAlone = load.settingOut === 0 && load.inHand === 0 && load.unrecorded === 0;
    if (isAlone || (room >= segmentsLeft(job) && load.backoffs === 0)) return true;
    this.#next.set(carrier, job.queue);
    return false;
  }

  #isBackingOff({ backsOffUntil }: Load): boolean {
    return backsOffUntil > 0 && this.#parts.timers.now().getTime() < backsOffUntil;
  }

  #loadOf(carrier: Carrier): Load {
    let load = this.#loads.get(carrier);
    if (load === undefined) {
      load = { settingOut: 0, inHand: 0, unrecorded: 0, backsOffUntil: 0, backoffs: 0 };
      this.#loads.set(carrier, load);
    }
    return load;
  }
}

/** Returns whether a carrier has a link in this process. One that drains takes nothing anywhere. */
function hasLink(carrier: Carrier | undefined): boolean {
  const state = carrier?.status().state;
  return state === 'up' || state === 'draining';
}
