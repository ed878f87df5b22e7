// The phases of the calls that a process holds, and how many are in each, by account, host and line. Pure but for being changed.

/**
 * A call that is held is always in one of these phases: it waits for a slot, its request is under way, or its result is being
 * recorded.
 */
export type Phase = 'waiting' | 'calling' | 'recording';

type Counts = Readonly<Record<Phase, number>>;

/** The account and the host whose slots a call uses. */
export interface Call {
  readonly mainId: string;
  readonly host: string;
}

/** The calls of one account to one host. */
export interface Line {
  /** The main account. */
  readonly account: string;
  readonly host: string;
}

/** Returns the line of a call. */
export const lineOf = ({ mainId, host }: Call): Line => ({ account: mainId, host });

/** Returns the name of a line. */
export const nameOf = ({ account, host }: Line): string => `${account} ${host}`;

/** Returns how many calls still need their host. */
export const openIn = ({ waiting, calling }: Counts): number => waiting + calling;

/** Returns how many calls are held. */
export const heldIn = (counts: Counts): number => openIn(counts) + counts.recording;

const none: Counts = { waiting: 0, calling: 0, recording: 0 };

/** The counts of one account, host or line, as long as a call of it is held. */
interface NamedCounts extends Record<Phase, number> {
  readonly name: string;
}

class CountsByName {
  readonly #counts = new Map<string, NamedCounts>();

  of(name: string): Counts {
    return this.#counts.get(name) ?? none;
  }

  /** Returns the counts of a name, to be changed for a call that is held from now on. */
  begin(name: string): NamedCounts {
    const known = this.#counts.get(name);
    if (known !== undefined) return known;
    const counts = { name, ...none };
    this.#counts.set(name, counts);
    return counts;
  }

  /** Deletes counts that count no call any more. */
  end(counts: NamedCounts): void {
    if (heldIn(counts) === 0) this.#counts.delete(counts.name);
  }
}

/** A call that is held, and the counts that it is counted in: it moves thrice, and looking them up each time would cost more than the move. */
interface HeldCall {
  phase: Phase;
  readonly ofAccount: NamedCounts;
  readonly ofHost: NamedCounts;
  readonly ofLine: NamedCounts;
}

/** Counts calls while they pass through the phases. */
export class CallPhases<Held extends Call> {
  readonly byAccount = new CountsByName();
  readonly byHost = new CountsByName();
  readonly byLine = new CountsByName();
  readonly #held = new Map<Held, HeldCall>();
  #calling = 0;

  /** How many calls are held. */
  get size(): number {
    return this.#held.size;
  }

  /** How many requests are under way. */
  get calling(): number {
    return this.#calling;
  }

  /** Starts holding a call, which waits. */
  begin(call: Held): void {
    const held: HeldCall = {
      phase: 'waiting',
      ofAccount: this.byAccount.begin(call.mainId),
      ofHost: this.byHost.begin(call.host),
      ofLine: this.byLine.begin(nameOf(lineOf(call))),
    };
    this.#held.set(call, held);
    this.#count(held, 1);
  }

  /** Moves a call that is held to another phase. */
  move(call: Held, to: Phase): void {
    const held = this.#held.get(call);
    if (held === undefined) return;
    this.#count(held, -1);
    held.phase = to;
    this.#count(held, 1);
  }

  /** Ends holding a call, if it is held. */
  end(call: Held): void {
    const held = this.#held.get(call);
    if (held === undefined) return;
    this.#held.delete(call);
    this.#count(held, -1);
    this.byAccount.end(held.ofAccount);
    this.byHost.end(held.ofHost);
    this.byLine.end(held.ofLine);
  }

  #count({ phase, ofAccount, ofHost, ofLine }: HeldCall, by: 1 | -1): void {
    ofAccount[phase] += by;
    ofHost[phase] += by;
    ofLine[phase] += by;
    if (phase === 'calling') this.#calling += by;
  }
}
