// Who may be called next: bounds on calls at once, in all and per receiver, so that a slow one does not stop the others.
/** The most calls under way at once, in all. */
export const maxCallsAtOnce = 500;
/** The most calls under way at once to one receiver. */
export const maxCallsPerReceiver = 10;
/** From so many waiting calls on no more are fetched for a receiver: what it needs until the next fetch. */
const enoughWaiting = 50;

interface Receiver<Call> {
  underWay: number;
  readonly waiting: Call[];
}

/** Host and port of a URL, as written; the queue's SQL finds the same. */
export function receiverOf(url: string): string {
  return url.split('/')[2] ?? '';
}

/** The calls that this process holds: those under way, and those that wait for their turn. */
export class Receivers<Call extends { readonly url: string }> {
  readonly #receivers = new Map<string, Receiver<Call>>();
  #underWay = 0;
  #waiting = 0;

  /** How many calls wait. */
  get waiting(): number {
    return this.#waiting;
  }

  add(call: Call): void {
    const name = receiverOf(call.url);
    const receiver = this.#receivers.get(name) ?? { underWay: 0, waiting: [] };
    receiver.waiting.push(call);
    this.#receivers.set(name, receiver);
    this.#waiting += 1;
  }

  /** Takes out a call that may be made now; it is under way until `end`. Receivers take turns. */
  takeNext(): Call | undefined {
    if (this.#waiting === 0 || this.#underWay >= maxCallsAtOnce) return undefined;
    for (const [name, receiver] of this.#receivers) {
      if (receiver.underWay >= maxCallsPerReceiver) continue;
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

  /** Says that a call is not under way any more. */
  end(call: Call): void {
    const name = receiverOf(call.url);
    const receiver = this.#receivers.get(name);
    if (receiver === undefined) return;
    receiver.underWay -= 1;
    this.#underWay -= 1;
    if (receiver.underWay === 0 && receiver.waiting.length === 0) this.#receivers.delete(name);
  }

  /** Those for whom enough calls are waiting here. */
  listCrowded(): string[] {
    return [...this.#receivers.keys()].filter((name) => this.isCrowded(name));
  }

  isCrowded(name: string): boolean {
    return (this.#receivers.get(name)?.waiting.length ?? 0) >= enoughWaiting;
  }

  /** Takes out everything that waits. */
  removeWaiting(): Call[] {
    const waiting = [...this.#receivers.values()].flatMap((receiver) => receiver.waiting.splice(0));
    this.#waiting = 0;
    return waiting;
  }
}
