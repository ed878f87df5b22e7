// Who may be called next, and for whom more is fetched: shares of what is free, so that receivers that hang never fill it all. Pure but for being changed.
import { LRUCache } from 'lru-cache';

/** The most calls under way at once, in all. */
export const maxCallsAtOnce = 500;
/** The most calls that a process holds: waiting for their turn, under way, or being written. */
export const maxHeld = 2000;
/** The most of them for one receiver: what it needs until the next fetch. */
export const maxHeldPerReceiver = 100;
/** The same for a receiver whose last call had no answer in time. */
export const maxHeldPerSilent = 2;
/** The most calls held for all silent receivers together. */
export const maxHeldForSilent = 200;
/** How many silent receivers are remembered; of more, those that were called the longest ago are forgotten. */
const maxSilent = 1000;
/** A receiver may have one of so many parts of what is free; fewer parts make the calls under way where it may have many of them. */
const partsOfFree = 20;

interface Receiver<Call> {
  underWay: number;
  readonly waiting: Call[];
}

/** The longest name of a host that there is, with a port. */
const maxNameLength = 255;
/** The receiver of URLs that cannot be called. */
const nobody = '-';

/** Host and port that a URL leads to. However it is spelled, a receiver has one name. */
export function receiverOf(url: string): string {
  const host = URL.canParse(url) ? new URL(url).host : '';
  return host.slice(0, maxNameLength) || nobody;
}

/**
 * What one may have at most: the less is free, the less each may have, so that a few who keep what they have do not fill it all,
 * and the last places, as many as there are parts, are for those who have nothing.
 */
const shareOf = (free: number, most: number, parts = partsOfFree): number =>
  Math.min(most, Math.ceil(free / parts));

/** The calls that this process holds: those that wait for their turn, those under way, those that are being written. */
export class Receivers<Call extends { readonly receiver: string }> {
  readonly #callsPerReceiver: number;
  readonly #partsOfCalls: number;
  readonly #receivers = new Map<string, Receiver<Call>>();
  /** Those whose last call had no answer in time, the one that was called the longest ago last. */
  readonly #silent = new LRUCache<string, true>({ max: maxSilent });
  #underWay = 0;
  #waiting = 0;
  #held = 0;

  /** @param callsPerReceiver the most calls under way at once to one receiver. */
  constructor(callsPerReceiver: number) {
    this.#callsPerReceiver = callsPerReceiver;
    // Alone, a receiver gets them all: its own are not free any more.
    const free = maxCallsAtOnce - callsPerReceiver;
    this.#partsOfCalls = Math.min(partsOfFree, Math.floor(free / callsPerReceiver));
  }

  /** How many calls wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /** How many more may be held. */
  get free(): number {
    return Math.max(0, maxHeld - this.#held);
  }

  add(call: Call): void {
    const receiver = this.#receivers.get(call.receiver) ?? { underWay: 0, waiting: [] };
    receiver.waiting.push(call);
    this.#receivers.set(call.receiver, receiver);
    this.#waiting += 1;
    this.#held += 1;
  }

  /** Takes out a call that may be made now; it is under way until `end`. Receivers take turns. */
  takeNext(): Call | undefined {
    if (this.#waiting === 0) return undefined;
    const share = shareOf(maxCallsAtOnce - this.#underWay, this.#callsPerReceiver, this.#partsOfCalls);
    for (const [name, receiver] of this.#receivers) {
      const most = this.#silent.has(name) ? Math.min(share, maxHeldPerSilent) : share;
      if (receiver.underWay >= most) continue;
      const call = receiver.waiting.shift();
      if (call === undefined) continue;
      receiver.underWay += 1;
      this.#underWay += 1;
      this.#waiting -= 1;
      // To the end of the line.
      this.#receivers.delete(name);
      this.#receivers.set(name, receiver);
      return call;
    }
    return undefined;
  }

  /** Says that a call is not under way any more. It counts for its receiver no longer, but is held until `leave`. */
  end({ receiver: name }: Call): void {
    const receiver = this.#receivers.get(name);
    if (receiver === undefined) return;
    receiver.underWay -= 1;
    this.#underWay -= 1;
    if (receiver.underWay === 0 && receiver.waiting.length === 0) this.#receivers.delete(name);
  }

  /** Remembers whether a receiver answered its last call in time: one that did not is silent until it does. */
  noteSilence({ receiver: name }: Call, isSilent: boolean): void {
    if (isSilent) this.#silent.set(name, true);
    else this.#silent.delete(name);
  }

  /** Says that a call that has ended is not held any more. */
  leave(): void {
    this.#held -= 1;
  }

  /**
   * How many calls may be fetched for each of some receivers, in the order in which they should be: who holds least comes first,
   * silent ones come last. Who may get none is left out. Together they may be more than are `free`.
   */
  sharePlaces(names: readonly string[]): Map<string, number> {
    const places = names
      .filter((name) => !this.#silent.has(name))
      .map((name): [string, number] => [name, this.#placesFor(name)])
      .filter(([, count]) => count > 0)
      // Shares are equal: who has most places left holds least.
      .sort(([, one], [, other]) => other - one);
    return new Map([...places, ...this.#shareAmongSilent(new Set(names))]);
  }

  /** Whether half of what a receiver may have is free again. */
  isHungry(name: string): boolean {
    return this.#placesFor(name) * 2 >= this.#shareFor(name) && this.free > 0;
  }

  /** Takes out everything that waits. */
  removeWaiting(): Call[] {
    return [...this.#receivers.keys()].flatMap((name) => this.removeWaitingFor(name));
  }

  /** Takes out what waits for one receiver. */
  removeWaitingFor(name: string): Call[] {
    const receiver = this.#receivers.get(name);
    const waiting = receiver?.waiting.splice(0) ?? [];
    this.#waiting -= waiting.length;
    this.#held -= waiting.length;
    if (receiver?.underWay === 0) this.#receivers.delete(name);
    return waiting;
  }

  #heldFor(name: string): number {
    const receiver = this.#receivers.get(name);
    return receiver === undefined ? 0 : receiver.underWay + receiver.waiting.length;
  }

  #shareFor(name: string): number {
    return shareOf(this.free, this.#silent.has(name) ? maxHeldPerSilent : maxHeldPerReceiver);
  }

  #placesFor(name: string): number {
    return Math.max(0, this.#shareFor(name) - this.#heldFor(name));
  }

  #shareAmongSilent(names: ReadonlySet<string>): [name: string, count: number][] {
    let free = maxHeldForSilent;
    for (const name of this.#silent.keys()) free -= this.#heldFor(name);
    const places: [string, number][] = [];
    for (const name of this.#silent.rkeys()) {
      if (!names.has(name)) continue;
      const count = Math.min(this.#placesFor(name), free);
      if (count <= 0) continue;
      free -= count;
      places.push([name, count]);
    }
    return places;
  }
}
