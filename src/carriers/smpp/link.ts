// One bind to an SMSC that is kept up: connects, binds, hands messages over, and begins again when the session ends (carriers.md section 4.2).
import type { Timers } from '../../base/timers.ts';
import type { LinkRole, LinkState, LinkStatus } from '../carrier.ts';
import { bindRequest } from './bind-request.ts';
import type { SmppConfig } from './config.ts';
import type { Connect } from './connect.ts';
import type { PartAnswer } from './part-answers.ts';
import type { MessageBody, Pdu } from './pdu.ts';
import { isRefusal, reconnectMs } from './reconnect.ts';
import { type Delivery, type DeliveryAnswer, Session } from './session.ts';
import { sessionSettings } from './session-settings.ts';
import { nameStatus, statuses, statusesOfParameters } from './status-table.ts';
import type { LeftOut } from './submit-bodies.ts';

interface LinkEvents {
  /** Takes a message or a receipt; resolves with the status to answer. `session` is a name that no other session has. */
  deliver(delivery: Delivery, session: string): Promise<number>;
  answered(delivery: Delivery, answer: DeliveryAnswer): void;
  /** Says that an answer came that no request waits for. */
  unexpected(): void;
  /** Says that there may be more room, or less. */
  changed(): void;
  /** Says that the SMSC took the bind. */
  bound(link: Pick<LinkStatus, 'role' | 'host' | 'peer'>): void;
  /** Says that a session that was bound is over. */
  ended(reason: string): void;
  failed(reason: string): void;
}

export interface LinkParts {
  readonly config: SmppConfig;
  readonly role: LinkRole;
  readonly timers: Timers;
  readonly connect: Connect;
  /** Returns a number from 0 to 1 by chance. */
  readonly chance: () => number;
  /** Returns a name for a session. */
  readonly newName: () => string;
  readonly events: LinkEvents;
}

/** A session that lasted so long was no failure. */
const steadyMs = 10_000;

/** Messages that are unanswered when one side ends a session have so long; the rest of five seconds is for the goodbye. */
const drainMs = 4000;

/**
 * Statuses of a submit_sm_resp by which the SMSC says that it does not know this bind. 0x53 (ESME_RINVSYSTYP) is none: an SMSC may give it to one
 * message, and what is under way with the others would be sent twice.
 */
const lostBind: ReadonlySet<number> = new Set([
  statuses.invalidBindStatus,
  statuses.alreadyBound,
  statuses.bindFailed,
  statuses.invalidPassword,
  statuses.invalidSystemId,
]);

/** Has one session at a time, and another after each that ended. */
export class Link {
  readonly #parts: LinkParts;
  #state: LinkState = 'idle';
  #since: Date;
  #host = '';
  #peer = '';
  #session: Session | undefined;
  #hostIndex = 0;
  #failures = 0;
  #lastWait: 'refused' | 'waiting' = 'waiting';
  #boundAtMs = 0;
  /** The submit_sm that are unanswered, the oldest first. */
  readonly #open = new Set<{ readonly since: Date }>();
  #stale = 0;
  #leftOut: LeftOut = { validity: false, tlvs: false };
  #cancelWait = () => {};
  #whenIdle: (() => void)[] = [];

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.#since = parts.timers.now();
  }

  get state(): LinkState {
    return this.#state;
  }

  /** How it is, for people. */
  get status(): Omit<LinkStatus, 'bind'> {
    const isBound = this.#state === 'bound' || this.#state === 'unbinding';
    return {
      role: this.#parts.role,
      state: this.#state,
      since: this.#since,
      host: this.#host,
      peer: isBound ? this.#peer : '',
      unanswered: this.#open.size,
      unansweredSince: oldestOf(this.#open)?.since,
    };
  }

  /** Fields that this session's SMSC has refused. */
  get leftOut(): LeftOut {
    return this.#leftOut;
  }

  /** How many submit_sm are unanswered. */
  get open(): number {
    return this.#open.size;
  }

  /** How many more may be unanswered; 0 while there is no session that takes any. */
  get free(): number {
    if (this.#state !== 'bound' || this.#session?.isWritable !== true) return 0;
    return Math.max(this.#parts.config.window - this.#open.size, 0);
  }

  /** Connects, and again whenever the session ends. */
  start(): void {
    if (this.#state === 'idle') void this.#run();
  }

  /** Ends the session, after what is unanswered has ended or four seconds have passed, and does not begin again. */
  async stop(): Promise<void> {
    const session = this.#session;
    const wasBound = this.#state === 'bound' || this.#state === 'unbinding';
    this.#enter('stopped');
    this.#cancelWait();
    this.#parts.events.changed();
    if (session === undefined) return;
    if (wasBound) {
      await this.#idleWithin(drainMs);
      await session.unbind();
    } else session.end('stopped');
  }

  /** Ends the session at once, and begins another. */
  restart(reason: string): void {
    this.#session?.end(reason);
  }

  /**
   * Sends one part; resolves with its answer whenever that comes. A part that is refused for its validity period or its optional
   * parameters is sent once more without them, and so are those after it until the session ends.
   */
  async submit(body: MessageBody): Promise<PartAnswer> {
    const session = this.#session;
    if (this.#state !== 'bound' || session === undefined)
      return { kind: 'unwritten', reason: 'there is no bind' };
    const open = { since: this.#parts.timers.now() };
    this.#open.add(open);
    try {
      let answer = await session.request({ command: 'submit_sm', ...body });
      const lesser = this.#lesser(body, answer.status);
      if (lesser !== undefined) answer = await session.request({ command: 'submit_sm', ...lesser });
      return this.#read(answer);
    } catch (error) {
      return { kind: 'lost', reason: (error as Error).message };
    } finally {
      this.#open.delete(open);
      if (this.#open.size === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
      this.#parts.events.changed();
    }
  }

  /** Counts answers that are overdue (or, below 0, that came at last). A session that owes too many has ended without saying so. */
  overdue(count: number): void {
    this.#stale = Math.max(this.#stale + count, 0);
    if (this.#stale * 2 > this.#parts.config.window) this.restart('the SMSC does not answer submit_sm');
  }

  #read(answer: Pdu): PartAnswer {
    if (answer.status !== statuses.ok) {
      if (lostBind.has(answer.status)) this.restart(`the SMSC answered ${nameStatus(answer.status)}`);
      return { kind: 'refused', status: answer.status };
    }
    return { kind: 'taken', name: 'messageId' in answer ? answer.messageId.trim() : '' };
  }

  #lesser(body: MessageBody, status: number): MessageBody | undefined {
    if (status === statuses.invalidExpiry && body.validityPeriod !== '') {
      this.#leftOut = { ...this.#leftOut, validity: true };
      return { ...body, validityPeriod: '' };
    }
    if (statusesOfParameters.has(status) && body.tlvs.size > 0 && this.#parts.config.tlvs.length === 0) {
      this.#leftOut = { ...this.#leftOut, tlvs: true };
      return this.#parts.config.long === 'udh8' || this.#parts.config.long === 'udh16'
        ? { ...body, tlvs: new Map() }
        : undefined;
    }
    return undefined;
  }

  async #run(): Promise<void> {
    const { config, connect, events } = this.#parts;
    this.#enter('connecting');
    const host = config.hosts[this.#hostIndex % config.hosts.length] ?? '';
    this.#host = host;
    try {
      const socket = await connect(host);
      // It may have been stopped meanwhile.
      if (this.#hasStopped) socket.destroy();
      else await this.#bind(this.#makeSession(socket), host);
    } catch (error) {
      if (this.#hasStopped) return;
      events.failed((error as Error).message);
      this.#again(undefined);
    }
  }

  get #hasStopped(): boolean {
    return this.#state === 'stopped';
  }

  #enter(state: LinkState): void {
    this.#state = state;
    this.#since = this.#parts.timers.now();
  }

  #makeSession(socket: ConstructorParameters<typeof Session>[0]): Session {
    const { config, timers, events } = this.#parts;
    const name = this.#parts.newName();
    const session: Session = new Session(socket, timers, sessionSettings(config), {
      deliver: (delivery) => events.deliver(delivery, name),
      answered: events.answered,
      unbinding: () => void this.#unbound(session),
      unexpected: events.unexpected,
      writable: () => events.changed(),
      ended: (reason) => this.#ended(session, reason),
    });
    this.#session = session;
    this.#leftOut = { validity: false, tlvs: false };
    this.#stale = 0;
    return session;
  }

  async #bind(session: Session, host: string): Promise<void> {
    const { config, role, timers, events } = this.#parts;
    this.#enter('binding');
    const limit = new Date(timers.now().getTime() + config.bind_seconds * 1000);
    const cancel = timers.at(limit, () =>
      session.end(`no answer to the bind within ${config.bind_seconds} s`),
    );
    const answer = await session.request(bindRequest(config, role));
    cancel();
    if (this.#session !== session) throw new Error('the session ended right behind its bind');
    if (answer.status === statuses.ok) {
      // The peer may have unbound in the same chunk.
      if (this.#state === 'binding') this.#enter('bound');
      this.#peer = 'systemId' in answer ? answer.systemId : '';
      this.#boundAtMs = timers.now().getTime();
      events.bound({ role, host, peer: this.#peer });
      events.changed();
      return;
    }
    this.#session = undefined;
    session.end('the bind was refused');
    if (this.#hasStopped) return;
    events.failed(`${host} refused the bind: ${nameStatus(answer.status)}`);
    this.#again(answer.status);
  }

  /** Ends a session that the SMSC wants to end, after a moment for the answers that are missing. */
  async #unbound(session: Session): Promise<void> {
    if (this.#state === 'bound' || this.#state === 'binding') this.#enter('unbinding');
    this.#parts.events.changed();
    await this.#idleWithin(drainMs);
    session.end('the SMSC unbound');
  }

  #ended(session: Session, reason: string): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    const wasBound = this.#state === 'bound' || this.#state === 'unbinding';
    this.#parts.events.changed();
    if (!wasBound || this.#hasStopped) return;
    const { timers, events } = this.#parts;
    if (timers.now().getTime() - this.#boundAtMs >= steadyMs) this.#failures = 0;
    events.ended(reason);
    this.#again(undefined);
  }

  #again(status: number | undefined): void {
    const { config, timers, chance, events } = this.#parts;
    const state = isRefusal(status) ? 'refused' : 'waiting';
    // The waits after refusals are not those after lost connections.
    if (state !== this.#lastWait) this.#failures = 0;
    this.#lastWait = state;
    this.#session = undefined;
    this.#failures += 1;
    this.#hostIndex += 1;
    this.#enter(state);
    const waitMs = reconnectMs(status, this.#failures, config.reconnect_seconds, chance());
    this.#cancelWait = timers.at(new Date(timers.now().getTime() + waitMs), () => void this.#run());
    events.changed();
  }

  async #idleWithin(ms: number): Promise<void> {
    if (this.#open.size === 0) return;
    const { timers } = this.#parts;
    await new Promise<void>((resolve) => {
      const cancel = timers.at(new Date(timers.now().getTime() + ms), resolve);
      this.#whenIdle.push(() => {
        cancel();
        resolve();
      });
    });
  }
}

function oldestOf<Item>(items: ReadonlySet<Item>): Item | undefined {
  for (const item of items) return item;
  return undefined;
}
