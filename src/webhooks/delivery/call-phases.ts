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

class CountsByName {
  readonly #counts = new Map<string, Counts>();

  of(name: string): Counts {
    return this.#counts.get(name) ?? none;
  }

  move(name: string, from: Phase | undefined, to: Phase | undefined): void {
    const counts = { ...this.of(name) };
    if (from !== undefined) counts[from] -= 1;
    if (to !== undefined) counts[to] += 1;
    if (heldIn(counts) > 0) this.#counts.set(name, counts);
    else this.#counts.delete(name);
  }
}

/** Counts calls while they pass through the phases. */
export class CallPhases<Held extends Call> {
  readonly byAccount = new CountsByName();
  readonly byHost = new CountsByName();
  readonly byLine = new CountsByName();
  readonly #phases = new Map<Held, Phase>();
  #calling = 0;

  /** How many calls are held. */
  get size(): number {
    return this.#phases.size;
  }

  /** How many requests are under way. */
  get calling(): number {
    return this.#calling;
  }

  /** Moves a call to a phase; `undefined` ends holding it. */
  move(call: Held, to: Phase | undefined): void {
    const from = this.#phases.get(call);
    if (to === undefined) this.#phases.delete(call);
    else this.#phases.set(call, to);
    this.#calling += Number(to === 'calling') - Number(from === 'calling');
    this.byAccount.move(call.mainId, from, to);
    this.byHost.move(call.host, from, to);
    this.byLine.move(nameOf(lineOf(call)), from, to);
  }
}
