// All binds of a carrier in this process: those that it has leased, and which of them a sender's messages go over (carriers.md sections 4.2, 4.9).
import type { LinkRole, LinkStatus } from '../carrier.ts';
import { type BindLeases, LeaseKeeper } from './bind-leases.ts';
import { Link, type LinkParts } from './link.ts';

interface BindsParts extends Omit<LinkParts, 'role'> {
  readonly leases: BindLeases;
  /** Says how many of the account's binds this process has. */
  readonly held: (binds: number) => void;
}

/** Links of one bind: one that does both, or one for each direction. */
const rolesOf: Readonly<Record<'transceiver' | 'pair', readonly LinkRole[]>> = {
  transceiver: ['transceiver'],
  pair: ['transmitter', 'receiver'],
};

interface Pin {
  readonly link: Link;
  count: number;
}

/** The links of one carrier. */
export class Binds {
  readonly #parts: BindsParts;
  readonly #keeper: LeaseKeeper;
  readonly #links = new Map<number, readonly Link[]>();
  /** Where each sender has something under way: all of that goes over one link, in order. */
  readonly #pins = new Map<string, Pin>();
  #transmitters: readonly Link[] = [];
  #ending: Promise<void>[] = [];

  constructor(parts: BindsParts) {
    this.#parts = parts;
    const { config, timers, leases, events } = parts;
    this.#keeper = new LeaseKeeper(timers, leases, config.name, config.binds, {
      held: (binds) => this.#hold(binds),
      failed: events.failed,
    });
  }

  /** Links that messages go over. */
  get transmitters(): readonly Link[] {
    return this.#transmitters;
  }

  /** Whether messages can go. */
  get isUp(): boolean {
    return this.#transmitters.some(({ state }) => state === 'bound');
  }

  /** Whether the SMSC denies the account. */
  get isRefused(): boolean {
    return this.#transmitters.some(({ state }) => state === 'refused');
  }

  /** How each link of this process is. */
  get links(): readonly LinkStatus[] {
    return [...this.#links].flatMap(([bind, links]) =>
      links.map((link) => ({ bind: bind + 1, ...link.status })),
    );
  }

  /** Leases binds and begins to connect. */
  async start(): Promise<void> {
    await this.#keeper.start();
  }

  /** Ends all sessions at once, and begins others. */
  restart(reason: string): void {
    for (const link of this.#all) link.restart(reason);
  }

  /** Ends all sessions, what is unanswered first, and gives the binds back. */
  async stop(): Promise<void> {
    await Promise.all([...this.#all.map((link) => link.stop()), ...this.#ending]);
    await this.#keeper.stop();
  }

  /** Returns the link for a sender: where it has something under way, else where the most is free; `undefined` while nothing is. */
  linkFor(sender: string): Link | undefined {
    const pinned = this.#pins.get(sender);
    if (pinned !== undefined) return pinned.link;
    let best: Link | undefined;
    for (const link of this.#transmitters) {
      if (link.free > (best?.free ?? 0)) best = link;
    }
    return best;
  }

  /** Keeps a sender on a link until the answer is called as often as this was. */
  pin(sender: string, link: Link): () => void {
    const pin = this.#pins.get(sender) ?? { link, count: 0 };
    this.#pins.set(sender, pin);
    pin.count += 1;
    return () => {
      pin.count -= 1;
      if (pin.count === 0) this.#pins.delete(sender);
    };
  }

  get #all(): readonly Link[] {
    return [...this.#links.values()].flat();
  }

  #hold(binds: ReadonlySet<number>): void {
    const { config } = this.#parts;
    for (const [bind, links] of this.#links) {
      if (binds.has(bind)) continue;
      this.#links.delete(bind);
      this.#end(links);
    }
    for (const bind of binds) {
      if (this.#links.has(bind)) continue;
      const links = rolesOf[config.bind].map((role) => new Link({ ...this.#parts, role }));
      this.#links.set(bind, links);
      for (const link of links) link.start();
    }
    this.#transmitters = [...this.#links.values()].flatMap(([first]) => first ?? []);
    this.#parts.held(binds.size);
    if (binds.size === 0)
      this.#parts.events.failed(`other processes have all binds (binds: ${config.binds})`);
  }

  #end(links: readonly Link[]): void {
    for (const link of links) {
      const ending = link.stop().finally(() => {
        this.#ending = this.#ending.filter((other) => other !== ending);
      });
      this.#ending.push(ending);
    }
  }
}
