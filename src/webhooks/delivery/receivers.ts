// Which call is made next, and for whom more is fetched: accounts and receivers have shares of what is free, so that none fills it all. Pure but for being changed.
import { LRUCache } from 'lru-cache';
import { FairQueue } from '../../base/fair-queue.ts';

/** The most calls that are fetched at once. */
export const maxFetchedAtOnce = 200;
/** The most calls under way at once, in all. One account alone may have 500. */
export const maxCallsAtOnce = 555;
/** The most calls that a process holds: waiting for their turn, under way, or being written. One account alone may have 2000. */
export const maxHeld = 2222;
/** The most of them for one receiver that wait or are under way. One account alone may have 100: what it needs until the next fetch. */
const maxHeldPerReceiver = 111;
/** An account may have so many times what it leaves free for others. */
const timesFree = 9;
/** The most calls held of one account for one receiver. */
export const maxHeldPerLine = 100;
/** The same for a receiver whose last call had no answer in time, of all accounts. */
export const maxHeldPerSilent = 2;
/** The most calls held for all silent receivers together. */
export const maxHeldForSilent = 200;
/** How many silent receivers are remembered; of more, those that were called the longest ago are forgotten. */
const maxSilent = 1000;
/** How many accounts are remembered by when calls of theirs were fetched last. */
const maxFetched = 1000;
/** An account may have for one receiver one of so many parts of what it may have; fewer parts make the calls under way where a receiver may have many of them. */
const partsOfFree = 20;

/**
 * What one receiver may have at most: the less is free, the less each may have, so that a few who keep what they have do not fill it all,
 * and the last places, as many as there are parts, are for those who have nothing.
 */
const shareOf = (free: number, most: number, parts = partsOfFree): number =>
  Math.min(most, Math.ceil(free / parts));

/** Returns how many more an account may have of something that is shared, where it has `own` and `free` are left. */
const roomFor = (own: number, free: number): number =>
  Math.max(0, Math.ceil((timesFree * free - own) / (timesFree + 1)));

interface Call {
  readonly mainId: string;
  readonly receiver: string;
}

/** The calls of one account to one receiver. */
export interface Line {
  /** The main account. */
  readonly account: string;
  readonly receiver: string;
}

/** How many calls of a line may be taken. */
export interface Places extends Line {
  readonly most: number;
}

interface HeldLine<Held> {
  underWay: number;
  readonly waiting: Held[];
}

/** Numbers by name; a name that is not there has 0. */
class Counts {
  readonly #counts = new Map<string, number>();

  get(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  add(name: string, count: number): void {
    const sum = this.get(name) + count;
    if (sum === 0) this.#counts.delete(name);
    else this.#counts.set(name, sum);
  }
}

/**
 * The calls that this process holds: those that wait for their turn, those under way, those that are being written. The calls of one
 * account to one receiver are a line, and lines take turns. Three bounds hold: the calls to a receiver, of all accounts; those of an
 * account, which leaves a tenth of all for others; and those of a line, which leaves some for the account's other receivers.
 */
export class Receivers<Held extends Call> {
  readonly #callsPerReceiver: number;
  readonly #partsOfCalls: number;
  readonly #lines = new Map<string, HeldLine<Held>>();
  /** Calls that wait or are under way, by receiver. */
  readonly #heldByReceiver = new Counts();
  readonly #underWayByReceiver = new Counts();
  readonly #heldByAccount = new Counts();
  readonly #underWayByAccount = new Counts();
  /** Those whose last call had no answer in time, the one that was called the longest ago last. */
  readonly #silent = new LRUCache<string, true>({ max: maxSilent });
  /** Accounts, the one for which calls were fetched the longest ago last. */
  readonly #fetched = new LRUCache<string, true>({ max: maxFetched });
  #underWay = 0;
  #waiting = 0;
  #held = 0;

  /** @param callsPerReceiver the most calls under way at once to one receiver. */
  constructor(callsPerReceiver: number) {
    this.#callsPerReceiver = callsPerReceiver;
    // Alone, a receiver gets them all: its own are not free any more.
    const free = roomFor(0, maxCallsAtOnce) - callsPerReceiver;
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

  add(call: Held): void {
    const name = lineOf(call);
    const line = this.#lines.get(name) ?? { underWay: 0, waiting: [] };
    line.waiting.push(call);
    this.#lines.set(name, line);
    this.#heldByReceiver.add(call.receiver, 1);
    this.#heldByAccount.add(call.mainId, 1);
    this.#fetched.set(call.mainId, true);
    this.#waiting += 1;
    this.#held += 1;
  }

  /** Takes out a call that may be made now; it is under way until `end`. Lines take turns. */
  takeNext(): Held | undefined {
    if (this.#waiting === 0) return undefined;
    for (const [name, line] of this.#lines) {
      const [call] = line.waiting;
      if (call === undefined || !this.#mayStart(line, call)) continue;
      line.waiting.shift();
      line.underWay += 1;
      this.#countUnderWay(call, 1);
      this.#waiting -= 1;
      // To the end of all.
      this.#lines.delete(name);
      this.#lines.set(name, line);
      return call;
    }
    return undefined;
  }

  /** Says that a call is not under way any more. It counts for its receiver no longer, but is held until `leave`. */
  end(call: Held): void {
    const name = lineOf(call);
    const line = this.#lines.get(name);
    if (line === undefined) return;
    line.underWay -= 1;
    this.#countUnderWay(call, -1);
    this.#heldByReceiver.add(call.receiver, -1);
    if (line.underWay === 0 && line.waiting.length === 0) this.#lines.delete(name);
  }

  /** Remembers whether a receiver answered its last call in time: one that did not is silent until it does. */
  noteSilence({ receiver }: Held, isSilent: boolean): void {
    if (isSilent) this.#silent.set(receiver, true);
    else this.#silent.delete(receiver);
  }

  /** Says that a call that has ended is not held any more. */
  leave({ mainId }: Held): void {
    this.#heldByAccount.add(mainId, -1);
    this.#held -= 1;
  }

  /**
   * Returns how many calls may be fetched of each of some lines, in the order in which they should be: by account in turn, the account
   * for which was fetched the longest ago first, and of each account the line that holds least. Silent receivers come last. Lines that
   * may get none are left out. Together they may be more than are `free`.
   */
  sharePlaces(lines: readonly Line[]): Places[] {
    const silent = ranksOf(this.#silent);
    const silentRank = ({ receiver }: Line): number => silent.get(receiver) ?? 0;
    const isSilent = ({ receiver }: Line): boolean => silent.has(receiver);
    let freeForSilent = maxHeldForSilent;
    for (const receiver of silent.keys()) freeForSilent -= this.#heldByReceiver.get(receiver);
    // Shares are equal: the line that has most places left holds least.
    const answering = this.#inTurn(
      lines.filter((line) => !isSilent(line)),
      (one, other) => other.most - one.most,
    );
    const hanging = this.#inTurn(lines.filter(isSilent), (one, other) => silentRank(one) - silentRank(other));
    return [...this.#fit(answering, Number.POSITIVE_INFINITY), ...this.#fit(hanging, freeForSilent)];
  }

  /** Whether half of what the line of a call may have is free again. */
  isHungry({ mainId, receiver }: Call): boolean {
    const line = { account: mainId, receiver };
    const share = this.#shareFor(line);
    return share > 0 && this.#placesFor(line) * 2 >= share && this.free > 0;
  }

  /** Takes out everything that waits. */
  removeWaiting(): Held[] {
    return this.#remove(() => true);
  }

  /** Takes out what waits for one receiver. */
  removeWaitingFor(receiver: string): Held[] {
    return this.#remove((call) => call.receiver === receiver);
  }

  #remove(isMeant: (call: Held) => boolean): Held[] {
    const removed: Held[] = [];
    for (const [name, line] of this.#lines) {
      const [first] = line.waiting;
      if (first === undefined || !isMeant(first)) continue;
      removed.push(...line.waiting.splice(0));
      if (line.underWay === 0) this.#lines.delete(name);
    }
    for (const call of removed) {
      this.#heldByReceiver.add(call.receiver, -1);
      this.leave(call);
    }
    this.#waiting -= removed.length;
    return removed;
  }

  #countUnderWay({ mainId, receiver }: Call, count: number): void {
    this.#underWayByReceiver.add(receiver, count);
    this.#underWayByAccount.add(mainId, count);
    this.#underWay += count;
  }

  #mayStart(line: HeldLine<Held>, { mainId, receiver }: Call): boolean {
    const most = this.#silent.has(receiver) ? maxHeldPerSilent : this.#callsPerReceiver;
    if (this.#underWayByReceiver.get(receiver) >= most) return false;
    const room = roomFor(this.#underWayByAccount.get(mainId), maxCallsAtOnce - this.#underWay);
    return line.underWay < shareOf(room, this.#callsPerReceiver, this.#partsOfCalls);
  }

  /** How many calls a line may hold. */
  #shareFor({ account, receiver }: Line): number {
    return shareOf(this.#roomOf(account), this.#silent.has(receiver) ? maxHeldPerSilent : maxHeldPerLine);
  }

  /** How many more it may hold, by itself and by what is held for its receiver; `given` more are as good as held for that. */
  #placesFor(line: Line, given = 0): number {
    const { receiver } = line;
    const own = this.#heldFor(line);
    const ofReceiver = this.#heldByReceiver.get(receiver) + given;
    const room = this.#silent.has(receiver)
      ? maxHeldPerSilent - ofReceiver
      : roomFor(own, maxHeldPerReceiver - ofReceiver);
    return Math.max(0, Math.min(this.#shareFor(line) - own, room));
  }

  /** Returns what each line may get, by account in turn and in an order within each account. */
  #inTurn(lines: readonly Line[], order: (one: Places, other: Places) => number): Places[] {
    const fetched = ranksOf(this.#fetched);
    const rank = ({ account }: Line): number => fetched.get(account) ?? -1;
    const queue = new FairQueue<Places>();
    const places = lines.map((line) => ({ ...line, most: this.#placesFor(line) }));
    for (const line of places.sort((one, other) => rank(one) - rank(other) || order(one, other))) {
      if (line.most > 0) queue.add(line.account, line, line.most);
    }
    return queue.takeBatch(Number.POSITIVE_INFINITY);
  }

  /**
   * Returns what the lines get of their places, in order: so much for each receiver, and `free` in all. The places of an account may be
   * more than it has room for, as many of its lines have few calls, unless there is room for less than is fetched at once.
   */
  #fit(places: readonly Places[], free: number): Places[] {
    const [ofReceivers, ofAccounts] = [new Counts(), new Counts()];
    let left = free;
    return places.flatMap((line) => {
      const { account, receiver } = line;
      const room = this.#roomOf(account);
      const ofAccount = room < maxFetchedAtOnce ? room - ofAccounts.get(account) : room;
      const most = Math.min(this.#placesFor(line, ofReceivers.get(receiver)), ofAccount, left);
      if (most <= 0) return [];
      ofReceivers.add(receiver, most);
      ofAccounts.add(account, most);
      left -= most;
      return [{ ...line, most }];
    });
  }

  #roomOf(account: string): number {
    return roomFor(this.#heldByAccount.get(account), this.free);
  }

  #heldFor({ account, receiver }: Line): number {
    const line = this.#lines.get(lineOf({ mainId: account, receiver }));
    return line === undefined ? 0 : line.underWay + line.waiting.length;
  }
}

const lineOf = ({ mainId, receiver }: Call): string => `${mainId} ${receiver}`;

/** Returns the place of each name, from the one that was used the longest ago. */
const ranksOf = (names: LRUCache<string, true>): Map<string, number> =>
  new Map([...names.rkeys()].map((name, index) => [name, index]));
