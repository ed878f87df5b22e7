// Which call is made next, and how many calls are fetched for which account and host. Pure but for being changed.
import { LRUCache } from 'lru-cache';
import { FairQueue } from '../../base/fair-queue.ts';
import {
  type Call,
  CallPhases,
  type Flow,
  flowOf,
  type HoldableCall,
  heldIn,
  nameOf,
  openIn,
} from './call-phases.ts';
import {
  fairShare,
  maxCallsAtOnce,
  maxFetchedAtOnce,
  maxHeld,
  maxHeldForUnresponsive,
  maxHeldPerFlow,
  maxHeldPerHost,
  maxHeldPerUnresponsive,
  partsOfCalls,
  roomFor,
} from './fair-share.ts';

/**
 * The scheduler is always in one of these modes:
 *
 * - `fetching`: a pass over the hosts with calls due is under way, and the next look follows at once;
 * - `idle`: the last pass took all calls that were due, and the next one begins when more are;
 * - `behind`: calls of some hosts are left in the database, and the next pass begins once such a host is under-filled;
 * - `full`: no slot was free, and fetching goes on once enough are;
 * - `stopped`: no call is fetched or started any more.
 */
export type Mode = 'fetching' | 'idle' | 'behind' | 'full' | 'stopped';

/** How many free slots end the mode `full`. */
const enoughFree = 50;
/** How many unresponsive hosts are remembered; of more, those that were called the longest ago are forgotten. */
const maxUnresponsive = 1000;
/** How many accounts are remembered by when calls of theirs were fetched last. */
const maxFetched = 1000;

interface LeasedCall extends HoldableCall {
  readonly leasedUntil: Date;
}

/** How many calls of a flow may be fetched. */
export interface Slots extends Flow {
  readonly most: number;
}

/** The result of a look at the database. */
interface Look {
  /** The flows with calls that were due. */
  readonly due: readonly Flow[];
  /** The most calls that might be fetched of each. */
  readonly slots: readonly Slots[];
  /** The most calls that might be fetched in all. */
  readonly limit: number;
  readonly fetched: readonly Call[];
  /** Whether the pass has seen all hosts. */
  readonly endsPass: boolean;
}

/**
 * Holds the calls that this process has leased. The calls of one account to one host are a flow, and flows take turns. Three bounds
 * hold: the calls to a host, of all accounts; those of an account, which leaves a tenth of all for others; and those of a flow, which
 * leaves some for the account's other hosts. A host is unresponsive from a call without a response in time until one with a response.
 */
export class HostScheduler<Held extends LeasedCall> {
  readonly #callsPerHost: number;
  readonly #partsOfCalls: number;
  readonly #calls = new CallPhases();
  /** The calls in the phase `waiting`, by flow, the flow whose turn is next first. */
  readonly #waiting = new Map<string, Held[]>();
  /** The unresponsive hosts, the one that was called the longest ago last. */
  readonly #unresponsive = new LRUCache<string, true>({ max: maxUnresponsive });
  /** Accounts, the one for which calls were fetched the longest ago last. */
  readonly #fetched = new LRUCache<string, true>({ max: maxFetched });
  /** The hosts of which calls were left in the database, by this pass or during it, and by the passes before. */
  #left = new Set<string>();
  #leftBefore = new Set<string>();
  /** Of each flow a call that left its slot during the look that is under way, which may have counted the slot as used. */
  readonly #freed = new Map<string, Call>();
  /** Whether a whole pass was made: until then calls of any host may be in the database. */
  #hasSeenAll = false;
  #mode: Mode = 'idle';

  /** @param callsPerHost the most calls under way at once to one host. */
  constructor(callsPerHost: number) {
    this.#callsPerHost = callsPerHost;
    this.#partsOfCalls = partsOfCalls(callsPerHost);
  }

  get mode(): Mode {
    return this.#mode;
  }

  /** How many more calls may be held. */
  get free(): number {
    return Math.max(0, maxHeld - this.#calls.size);
  }

  /** How many requests are under way. */
  get calling(): number {
    return this.#calls.calling;
  }

  /** Starts a look at the database. Returns how many calls it may fetch; at 0 no look is needed. */
  beginLook(beginsPass: boolean): number {
    if (this.#mode === 'stopped') return 0;
    this.#freed.clear();
    const limit = Math.min(maxFetchedAtOnce, this.free);
    if (limit > 0 && beginsPass) {
      this.#leftBefore = new Set([...this.#leftBefore, ...this.#left]);
      this.#left = new Set();
    }
    this.#mode = limit === 0 ? 'full' : 'fetching';
    return limit;
  }

  /** Ends a look: the calls that it fetched wait for their turns. A flow that got all that it was allowed may have more in the database. */
  endLook({ due, slots, limit, fetched, endsPass }: Look): void {
    const fetchedOf = new Map<string, number>();
    for (const call of fetched) {
      const name = nameOf(flowOf(call));
      fetchedOf.set(name, (fetchedOf.get(name) ?? 0) + 1);
    }
    const allowed = new Map(slots.map((flow) => [nameOf(flow), flow.most]));
    for (const flow of due) {
      const name = nameOf(flow);
      if ((fetchedOf.get(name) ?? 0) >= (allowed.get(name) ?? 0)) this.#left.add(flow.host);
    }
    if (this.#mode === 'stopped' || fetched.length === limit || !endsPass) return;
    this.#leftBefore.clear();
    this.#hasSeenAll = true;
    const wantsMore = [...this.#freed].some(
      ([name, call]) => this.#left.has(call.host) && this.#isUnderFilled(call, fetchedOf.get(name)),
    );
    if (!wantsMore) this.#mode = this.#left.size > 0 ? 'behind' : 'idle';
  }

  /** Returns whether to look for more calls now that `call` has left a slot. If so, the next look is under way. */
  wantsLook(call: Call): boolean {
    if (this.#mode === 'fetching') this.#freed.set(nameOf(flowOf(call)), call);
    const isWanted =
      (this.#mode === 'behind' && this.#left.has(call.host) && this.#isUnderFilled(call)) ||
      (this.#mode === 'full' && this.free >= enoughFree);
    if (isWanted) this.#mode = 'fetching';
    return isWanted;
  }

  /**
   * Returns those of some new calls that may be held from their start, without a look: of each flow the first ones, as many as its
   * account has room for. A flow gets none while its host is unresponsive or has calls in the database, because calls are made in the
   * order of their creation, and none while its first waiting call is leased for less than `leasedUntil`: it is slower than its calls come.
   */
  chooseNew<New extends Call>(calls: readonly New[], leasedUntil: Date): New[] {
    if (this.#mode === 'stopped' || !this.#hasSeenAll) return [];
    const refused = new Set<string>();
    const toAccount = new Map<string, number>();
    return calls.filter((call) => {
      const name = nameOf(flowOf(call));
      const given = toAccount.get(call.mainId) ?? 0;
      const isChosen =
        !refused.has(name) && given < this.#roomOf(call.mainId) && this.#takesNew(call, name, leasedUntil);
      if (isChosen) toAccount.set(call.mainId, given + 1);
      else refused.add(name);
      return isChosen;
    });
  }

  /** Records that calls to a host are in the database, to be fetched by a look. */
  noteLeft(host: string): void {
    this.#left.add(host);
  }

  /** Stops fetching and starting. Calls under way go on. */
  stop(): void {
    this.#mode = 'stopped';
  }

  /** Adds a call, which waits for its turn. */
  add(call: Held): void {
    const name = nameOf(flowOf(call));
    const waiting = this.#waiting.get(name) ?? [];
    waiting.push(call);
    this.#waiting.set(name, waiting);
    this.#fetched.set(call.mainId, true);
    this.#calls.begin(call, name);
  }

  /** Returns a call that may be made now; it is under way from then on. Flows take turns. */
  takeNext(): Held | undefined {
    if (this.#mode === 'stopped') return undefined;
    for (const [name, waiting] of this.#waiting) {
      const [call] = waiting;
      if (call === undefined || !this.#mayStart(call, name)) continue;
      waiting.shift();
      if (waiting.length === 0) this.#waiting.delete(name);
      else if (this.#waiting.size > 1) {
        // The flow's next turn comes after those of all others.
        this.#waiting.delete(name);
        this.#waiting.set(name, waiting);
      }
      this.#calls.move(call, 'calling');
      return call;
    }
    return undefined;
  }

  /** Ends the request of a call: it uses no slot of its host any more, and is held while its result is recorded. */
  end(call: Held): void {
    this.#calls.move(call, 'recording');
  }

  /** Records whether a host responded in time. Returns the calls that are no longer held, because their host is unresponsive. */
  noteResponse({ host }: Held, hasTimedOut: boolean): Held[] {
    if (!hasTimedOut) {
      this.#unresponsive.delete(host);
      return [];
    }
    this.#unresponsive.set(host, true);
    const removed = this.#removeWaiting((call) => call.host === host);
    if (removed.length > 0) this.noteLeft(host);
    return removed;
  }

  /** Ends holding a call. */
  leave(call: Held): void {
    this.#calls.end(call);
  }

  /** Ends holding the calls that wait, those of one account or all. Returns them. */
  removeWaiting(mainId?: string): Held[] {
    return this.#removeWaiting((call) => mainId === undefined || call.mainId === mainId);
  }

  /**
   * Returns how many calls may be fetched of each of some flows, in the order in which they are fetched: by account in turn, beginning
   * with the account for which calls were fetched the longest ago, and of each account the flow with the fewest calls first. Flows of
   * unresponsive hosts come last. Flows that may get none are left out. The sum may be more than `free`.
   */
  shareSlots(flows: readonly Flow[]): Slots[] {
    const ranks = ranksOf(this.#unresponsive);
    const rank = ({ host }: Flow): number => ranks.get(host) ?? 0;
    const isUnresponsive = ({ host }: Flow): boolean => ranks.has(host);
    let freeForUnresponsive = maxHeldForUnresponsive;
    for (const host of ranks.keys()) freeForUnresponsive -= openIn(this.#calls.byHost.of(host));
    // Shares are equal: the flow with the most slots left holds the fewest calls.
    const responsive = this.#inTurn(
      flows.filter((flow) => !isUnresponsive(flow)),
      (one, other) => other.most - one.most,
    );
    const unresponsive = this.#inTurn(flows.filter(isUnresponsive), (one, other) => rank(one) - rank(other));
    return [
      ...this.#fit(responsive, Number.POSITIVE_INFINITY),
      ...this.#fit(unresponsive, freeForUnresponsive),
    ];
  }

  #takesNew({ host }: Call, flow: string, leasedUntil: Date): boolean {
    if (this.#unresponsive.has(host) || this.#left.has(host) || this.#leftBefore.has(host)) return false;
    const [first] = this.#waiting.get(flow) ?? [];
    return first === undefined || first.leasedUntil >= leasedUntil;
  }

  #removeWaiting(isMeant: (call: Held) => boolean): Held[] {
    const removed = [...this.#waiting].flatMap(([name, [first]]) => {
      if (first === undefined || !isMeant(first)) return [];
      const waiting = this.#waiting.get(name) ?? [];
      this.#waiting.delete(name);
      return waiting;
    });
    for (const call of removed) this.leave(call);
    return removed;
  }

  #mayStart(call: Call, flow: string): boolean {
    const { calling, byAccount, byHost, byFlow } = this.#calls;
    const most = this.#unresponsive.has(call.host) ? maxHeldPerUnresponsive : this.#callsPerHost;
    if (byHost.of(call.host).calling >= most) return false;
    const room = roomFor(byAccount.of(call.mainId).calling, maxCallsAtOnce - calling);
    return byFlow.of(flow).calling < fairShare(room, this.#callsPerHost, this.#partsOfCalls);
  }

  /** Returns whether half of what the flow of a call may hold is free again, once the calls that were just fetched are added. */
  #isUnderFilled(call: Call, fetched = 0): boolean {
    const flow = flowOf(call);
    const share = this.#shareFor(flow);
    return share > 0 && (this.#slotsFor(flow) - fetched) * 2 >= share && this.free > fetched;
  }

  /** Returns how many calls a flow may hold. */
  #shareFor({ account, host }: Flow): number {
    return fairShare(
      this.#roomOf(account),
      this.#unresponsive.has(host) ? maxHeldPerUnresponsive : maxHeldPerFlow,
    );
  }

  /** Returns how many more it may hold, by itself and by what is held for its host; `given` more count as held for that. */
  #slotsFor(flow: Flow, given = 0): number {
    const own = openIn(this.#calls.byFlow.of(nameOf(flow)));
    const ofHost = openIn(this.#calls.byHost.of(flow.host)) + given;
    const room = this.#unresponsive.has(flow.host)
      ? maxHeldPerUnresponsive - ofHost
      : roomFor(own, maxHeldPerHost - ofHost);
    return Math.max(0, Math.min(this.#shareFor(flow) - own, room));
  }

  /** Returns what each flow may get, by account in turn and in an order within each account. */
  #inTurn(flows: readonly Flow[], order: (one: Slots, other: Slots) => number): Slots[] {
    const fetched = ranksOf(this.#fetched);
    const rank = ({ account }: Flow): number => fetched.get(account) ?? -1;
    const queue = new FairQueue<Slots>();
    const slots = flows.map((flow) => ({ ...flow, most: this.#slotsFor(flow) }));
    for (const flow of slots.sort((one, other) => rank(one) - rank(other) || order(one, other))) {
      if (flow.most > 0) queue.add(flow.account, flow, flow.most);
    }
    return queue.takeBatch(Number.POSITIVE_INFINITY);
  }

  /**
   * Returns what the flows get of their slots, in order: as many as each host may have, and `free` in all. The slots of an account may be
   * more than it has room for, as many of its flows have few calls, unless there is room for less than is fetched at once.
   */
  #fit(slots: readonly Slots[], free: number): Slots[] {
    const given = { toHost: new Map<string, number>(), toAccount: new Map<string, number>() };
    let left = free;
    return slots.flatMap((flow) => {
      const { account, host } = flow;
      const [toHost, toAccount] = [given.toHost.get(host) ?? 0, given.toAccount.get(account) ?? 0];
      const room = this.#roomOf(account);
      const ofAccount = room < maxFetchedAtOnce ? room - toAccount : room;
      const most = Math.min(this.#slotsFor(flow, toHost), ofAccount, left);
      if (most <= 0) return [];
      given.toHost.set(host, toHost + most);
      given.toAccount.set(account, toAccount + most);
      left -= most;
      return [{ ...flow, most }];
    });
  }

  #roomOf(account: string): number {
    return roomFor(heldIn(this.#calls.byAccount.of(account)), this.free);
  }
}

/** Returns the rank of each name, 0 for the one that was used the longest ago. */
const ranksOf = (names: LRUCache<string, true>): Map<string, number> =>
  new Map([...names.rkeys()].map((name, index) => [name, index]));
