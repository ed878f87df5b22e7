// The phases of the calls that a process holds, and how many are in each, by account, host and flow. Pure but for being changed.

/**
 * A call that is held is always in one of these phases: it waits for a slot, its request is under way, or its result is being
 * recorded.
 */
type Phase = 'waiting' | 'calling' | 'recording';

type Counts = Readonly<Record<Phase, number>>;

/** The account and the host whose slots a call uses. */
export interface Call {
  readonly mainId: string;
  readonly host: string;
}

/** The calls of one account to one host. */
export interface Flow {
  /** The main account. */
  readonly account: string;
  readonly host: string;
}

/** Returns the flow of a call. */
export const flowOf = ({ mainId, host }: Call): Flow => ({ account: mainId, host });

/** Returns the name of a flow. */
export const nameOf = ({ account, host }: Flow): string => `${account} ${host}`;

/** Returns how many calls still need their host. */
export const openIn = ({ waiting, calling }: Counts): number => waiting + calling;

/** Returns how many calls are held. */
export const heldIn = (counts: Counts): number => openIn(counts) + counts.recording;

const none: Counts = { waiting: 0, calling: 0, recording: 0 };

/** The counts of one account, host or flow, as long as a call of it is held. */
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

/** Where a call is counted: it moves thrice, and looking the counts up each time would cost more than the move. */
interface Counted {
  phase: Phase;
  readonly ofAccount: NamedCounts;
  readonly ofHost: NamedCounts;
  readonly ofFlow: NamedCounts;
}

/**
 * A call that may be held. It notes itself where it is counted: a map of the calls would get a new table with every few hundred of them,
 * and V8 keeps what the tables before pointed to until it collects the old generation, which half of the collections' time went into.
 */
export interface HoldableCall extends Call {
  /** Undefined unless it is held. */
  counted?: Counted | undefined;
}

/** Counts calls while they pass through the phases. */
export class CallPhases {
  readonly byAccount = new CountsByName();
  readonly byHost = new CountsByName();
  readonly byFlow = new CountsByName();
  #size = 0;
  #calling = 0;

  /** How many calls are held. */
  get size(): number {
    return this.#size;
  }

  /** How many requests are under way. */
  get calling(): number {
    return this.#calling;
  }

  /** Starts holding a call of the flow with a name. It waits. */
  begin(call: HoldableCall, flow: string): void {
    const counted: Counted = {
      phase: 'waiting',
      ofAccount: this.byAccount.begin(call.mainId),
      ofHost: this.byHost.begin(call.host),
      ofFlow: this.byFlow.begin(flow),
    };
    call.counted = counted;
    this.#size += 1;
    this.#count(counted, 1);
  }

  /** Moves a call that is held to another phase. */
  move({ counted }: HoldableCall, to: Phase): void {
    if (counted === undefined) return;
    this.#count(counted, -1);
    counted.phase = to;
    this.#count(counted, 1);
  }

  /** Ends holding a call, if it is held. */
  end(call: HoldableCall): void {
    const { counted } = call;
    if (counted === undefined) return;
    call.counted = undefined;
    this.#size -= 1;
    this.#count(counted, -1);
    this.byAccount.end(counted.ofAccount);
    this.byHost.end(counted.ofHost);
    this.byFlow.end(counted.ofFlow);
  }

  #count({ phase, ofAccount, ofHost, ofFlow }: Counted, by: 1 | -1): void {
    ofAccount[phase] += by;
    ofHost[phase] += by;
    ofFlow[phase] += by;
    if (phase === 'calling') this.#calling += by;
  }
}
