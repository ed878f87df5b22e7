// One connection to an SMSC from its first octet to its end: requests and their answers, the peer's requests, enquire_link (SMPP 3.4
// section 2; carriers.md section 4.2). Knows no message and no reconnecting.
import type { Duplex } from 'node:stream';
import type { Timers } from '../../base/timers.ts';
import { connectionFailure } from './connection-failure.ts';
import { Framer } from './framer.ts';
import { FrameError } from './octets.ts';
import {
  type CommandName,
  decodePdu,
  encodePdu,
  noTlvs,
  type Pdu,
  type PduHeader,
  type PduOf,
  readHeader,
  responseBit,
} from './pdu.ts';
import { statuses } from './status-table.ts';

/** A request without its header's numbers, which the session gives it. */
export type Request = {
  [Name in CommandName]: Omit<PduOf<Name>, 'status' | 'sequence'>;
}[CommandName];

export type Delivery = PduOf<'deliver_sm'> | PduOf<'data_sm'>;

/** How a delivery of the peer was answered. */
export interface DeliveryAnswer {
  readonly isPositive: boolean;
  /** Whether the answer has left this process. */
  readonly isFlushed: boolean;
  readonly tookMs: number;
}

interface SessionEvents {
  /** Takes a message or a receipt; resolves with the status to answer, once that may be answered. Never rejects. */
  deliver(delivery: Delivery): Promise<number>;
  /** Says how a delivery was answered. */
  answered(delivery: Delivery, answer: DeliveryAnswer): void;
  /** Says that the peer ends the session: nothing new may be sent, what is unanswered has four seconds. */
  unbinding(): void;
  /** Says that an answer came that no request waits for. */
  unexpected(): void;
  /** Says that requests may be written again. */
  writable(): void;
  /** Says that the connection is gone, once. */
  ended(reason: string): void;
}

export interface SessionSettings {
  readonly enquireLinkMs: number;
  readonly responseMs: number;
  /** How many of the peer's deliveries may be unanswered; others are refused at once. */
  readonly inboundWindow: number;
  /** The status for a delivery that could not be taken now. */
  readonly nackStatus: number;
}

/** Thrown by requests that were under way when the session ended. */
class SessionEnded extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'SessionEnded';
  }
}

interface Pending {
  readonly resolve: (answer: Pdu) => void;
  readonly reject: (error: SessionEnded) => void;
}

/** Sequence numbers run from 1 to this and begin again (section 5.1.4). */
const maxSequence = 0x7fff_ffff;

/** So long after an enquire_link the peer is taken for gone. */
const enquireAnswerMs = 10_000;
const unbindMs = 1000;

/** More than this that the peer does not read means that it never will. */
const maxUnread = 256 * 1024;

/** Lives from a connection that is open to its end, which comes once and for whatever reason. */
export class Session {
  readonly #socket: Duplex;
  readonly #timers: Timers;
  readonly #settings: SessionSettings;
  readonly #events: SessionEvents;
  readonly #framer = new Framer();
  readonly #pending = new Map<number, Pending>();
  #sequence: number;
  #isBound = false;
  #endReason: string | undefined;
  #lastReceivedMs: number;
  /** The number of the last enquire_link, while its answer is waited for. */
  #enquiry: number | undefined;
  /** Whether nothing was received since the last enquire_link. */
  #isSilent = false;
  #unanswered = 0;
  #isGathering = false;
  #cancelWatch = () => {};
  #cancelStall: (() => void) | undefined;

  /** @param firstSequence for tests of the last numbers. */
  constructor(
    socket: Duplex,
    timers: Timers,
    settings: SessionSettings,
    events: SessionEvents,
    firstSequence = 1,
  ) {
    this.#socket = socket;
    this.#timers = timers;
    this.#settings = settings;
    this.#events = events;
    this.#sequence = firstSequence;
    this.#lastReceivedMs = timers.now().getTime();
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('drain', () => this.#drained());
    socket.on('error', (error) => this.end(`the connection failed: ${connectionFailure(error)}`));
    socket.on('end', () => this.end('the peer closed the connection'));
    socket.on('close', () => this.end('the connection was closed'));
  }

  /** How many requests are unanswered. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Whether a request would be written at once. */
  get isWritable(): boolean {
    return this.#endReason === undefined && this.#cancelStall === undefined;
  }

  /** Writes a request, and resolves with its answer whenever that comes. Throws SessionEnded when the session ends before. */
  request(request: Request): Promise<Pdu> {
    return new Promise((resolve, reject) => {
      if (this.#endReason !== undefined) {
        reject(new SessionEnded(this.#endReason));
        return;
      }
      this.#send(request, { resolve, reject });
    });
  }

  /** Sends unbind, and ends once the peer has answered or a second has passed. */
  async unbind(): Promise<void> {
    if (this.#endReason !== undefined) return;
    const cancel = this.#timers.at(this.#in(unbindMs), () => this.end('unbind was not answered'));
    await this.request({ command: 'unbind' }).catch(() => {});
    cancel();
    this.end('unbound');
  }

  /** Ends the connection at once. */
  end(reason: string): void {
    if (this.#endReason !== undefined) return;
    this.#endReason = reason;
    this.#cancelWatch();
    this.#cancelStall?.();
    this.#release();
    this.#socket.destroy();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(new SessionEnded(reason));
    this.#events.ended(reason);
  }

  #send(request: Request, pending: Pending): number {
    const sequence = this.#nextSequence();
    this.#pending.set(sequence, pending);
    this.#write(encodePdu({ status: statuses.ok, sequence, ...request } as Pdu));
    return sequence;
  }

  #nextSequence(): number {
    while (this.#pending.has(this.#sequence)) this.#sequence = this.#after(this.#sequence);
    const sequence = this.#sequence;
    this.#sequence = this.#after(sequence);
    return sequence;
  }

  #after(sequence: number): number {
    return sequence >= maxSequence ? 1 : sequence + 1;
  }

  #receive(chunk: Buffer): void {
    this.#lastReceivedMs = this.#timers.now().getTime();
    this.#isSilent = false;
    try {
      for (const octets of this.#framer.push(chunk)) {
        if (this.#endReason !== undefined) return;
        this.#handle(octets);
      }
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#write(encodePdu({ command: 'generic_nack', status: statuses.invalidCommandLength, sequence: 0 }));
      this.end(`the peer sent ${error.message}`);
    }
  }

  #handle(octets: Buffer): void {
    const header = readHeader(octets);
    const pdu = readPdu(octets);
    if (header.commandId >= responseBit) this.#answer(header, pdu);
    else if (pdu === undefined) this.#refuse(header);
    else this.#serve(pdu);
  }

  /**
   * Ends the request that waits for an answer. One whose fields cannot be read is an answer all the same; one that no request waits for, or of an
   * unknown command, is passed over and counted.
   */
  #answer({ command, sequence, status }: PduHeader, pdu: Pdu | undefined): void {
    const pending = command === undefined ? undefined : this.#pending.get(sequence);
    if (pending === undefined) {
      this.#events.unexpected();
      return;
    }
    this.#pending.delete(sequence);
    const answer = pdu ?? { command: 'submit_sm_resp', status, sequence, messageId: '', tlvs: noTlvs };
    if (answer.command.startsWith('bind_') && status === statuses.ok && !this.#isBound) {
      this.#isBound = true;
      this.#watch();
    }
    pending.resolve(answer);
  }

  #refuse({ command, sequence }: PduHeader): void {
    const status = command === undefined ? statuses.invalidCommandId : statuses.invalidCommandLength;
    this.#write(encodePdu({ command: 'generic_nack', status, sequence }));
  }

  #serve(pdu: Pdu): void {
    const { command, sequence } = pdu;
    switch (command) {
      case 'enquire_link':
        this.#write(encodePdu({ command: 'enquire_link_resp', status: statuses.ok, sequence }));
        break;
      case 'unbind':
        this.#write(encodePdu({ command: 'unbind_resp', status: statuses.ok, sequence }));
        this.#events.unbinding();
        break;
      case 'deliver_sm':
      case 'data_sm':
        void this.#deliver(pdu);
        break;
      case 'alert_notification':
        break;
      default:
        this.#write(encodePdu({ command: 'generic_nack', status: statuses.invalidCommandId, sequence }));
    }
  }

  /** Sends the response as soon as the delivery was taken; refuses it for now when that lasts too long, or when too many wait. */
  async #deliver(delivery: Delivery): Promise<void> {
    const startedMs = this.#timers.now().getTime();
    if (!this.#isBound) {
      this.#respond(delivery, statuses.invalidBindStatus, startedMs);
      return;
    }
    if (this.#unanswered >= this.#settings.inboundWindow) {
      this.#respond(delivery, this.#settings.nackStatus, startedMs);
      return;
    }
    this.#unanswered += 1;
    let cancel = () => {};
    const late = new Promise<number>((resolve) => {
      cancel = this.#timers.at(this.#in(this.#settings.responseMs / 2), () =>
        resolve(this.#settings.nackStatus),
      );
    });
    const status = await Promise.race([this.#events.deliver(delivery), late]);
    cancel();
    this.#unanswered -= 1;
    this.#respond(delivery, status, startedMs);
  }

  #respond(delivery: Delivery, status: number, startedMs: number): void {
    const isPositive = status === statuses.ok;
    const tookMs = this.#timers.now().getTime() - startedMs;
    const answered = (isFlushed: boolean) =>
      this.#events.answered(delivery, { isPositive, isFlushed, tookMs });
    const command = delivery.command === 'deliver_sm' ? 'deliver_sm_resp' : 'data_sm_resp';
    const { sequence } = delivery;
    this.#write(encodePdu({ command, status, sequence, messageId: '', tlvs: noTlvs }), answered);
  }

  #write(octets: Buffer, written?: (isFlushed: boolean) => void): void {
    if (this.#endReason !== undefined || this.#socket.destroyed) {
      written?.(false);
      return;
    }
    this.#gather();
    const isTaken = this.#socket.write(octets, (error) => written?.(!error));
    if (this.#socket.writableLength > maxUnread) {
      this.end('the peer does not read');
    } else if (!isTaken && this.#cancelStall === undefined) {
      this.#cancelStall = this.#timers.at(this.#in(this.#settings.responseMs), () =>
        this.end('the peer does not read'),
      );
    }
  }

  /** Writes the PDUs of one turn together: each write by itself is a call of the system, and costs more than all the rest. */
  #gather(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    this.#socket.cork();
    process.nextTick(() => this.#release());
  }

  #release(): void {
    if (!this.#isGathering) return;
    this.#isGathering = false;
    this.#socket.uncork();
  }

  #drained(): void {
    if (this.#cancelStall === undefined) return;
    this.#cancelStall();
    this.#cancelStall = undefined;
    this.#events.writable();
  }

  /** Asks whether the peer lives when nothing was received for long, and ends when even then nothing comes. */
  #watch(): void {
    if (this.#endReason !== undefined) return;
    if (this.#isSilent) {
      this.end('the peer is silent');
      return;
    }
    // Other traffic came in place of an answer.
    if (this.#enquiry !== undefined) this.#pending.delete(this.#enquiry);
    this.#enquiry = undefined;
    const askAtMs = this.#lastReceivedMs + this.#settings.enquireLinkMs;
    const isDue = this.#timers.now().getTime() >= askAtMs;
    if (isDue) this.#enquire();
    const nextAt = isDue ? this.#in(enquireAnswerMs) : new Date(askAtMs);
    this.#cancelWatch = this.#timers.at(nextAt, () => this.#watch());
  }

  #enquire(): void {
    this.#isSilent = true;
    const answered = () => {
      this.#enquiry = undefined;
    };
    this.#enquiry = this.#send({ command: 'enquire_link' }, { resolve: answered, reject: answered });
  }

  #in(ms: number): Date {
    return new Date(this.#timers.now().getTime() + ms);
  }
}

function readPdu(octets: Buffer): Pdu | undefined {
  try {
    return decodePdu(octets);
  } catch (error) {
    if (error instanceof FrameError) return undefined;
    throw error;
  }
}
