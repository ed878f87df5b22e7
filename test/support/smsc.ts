// An SMSC that does as a test tells it, on our codec: takes binds and messages, answers, reports, delivers, and misbehaves.
import { createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Timers } from '../../src/base/timers.ts';
import { Framer } from '../../src/carriers/smpp/framer.ts';
import {
  type BindBody,
  decodePdu,
  encodePdu,
  type MessageBody,
  noTlvs,
  type Pdu,
  type PduOf,
} from '../../src/carriers/smpp/pdu.ts';
import { tags } from '../../src/carriers/smpp/tlvs.ts';
import { sampleMessage } from './smpp-samples.ts';

/** The SMSC's answer to a message; `silent` is none. */
export interface SubmitAnswer {
  readonly status?: number;
  readonly messageId?: string;
  readonly silent?: boolean;
}

/** How an SMSC behaves; what is left out is as it should be. */
export interface SmscScript {
  bind?: (bind: BindBody) => number;
  submit?: (submit: PduOf<'submit_sm'>, session: SmscSession) => SubmitAnswer | Promise<SubmitAnswer>;
  /** The receipt of a message that was taken; none is sent for `undefined`. */
  receipt?: (submit: PduOf<'submit_sm'>, messageId: string) => Partial<MessageBody> | undefined;
}

/** A delivery that was not taken comes again after so long. */
const againMs = 10_000;

export class Smsc {
  script: SmscScript;
  readonly #timers: Timers;
  /** Sessions, the oldest first; ended ones stay. */
  readonly sessions: SmscSession[] = [];
  /** Messages that were taken, in their order. */
  readonly taken: PduOf<'submit_sm'>[] = [];
  #ids = 0;
  #undelivered = 0;

  constructor(timers: Timers, script: SmscScript = {}) {
    this.#timers = timers;
    this.script = script;
  }

  /** Runs a session on one end of a connection. */
  serve(socket: Duplex): SmscSession {
    const session = new SmscSession(this, socket, this.#timers);
    this.sessions.push(session);
    return session;
  }

  /** Listens on a free port of this machine; returns the address and how to end. */
  async listen(host = '127.0.0.1'): Promise<{ readonly address: string; close(): void }> {
    const server = createServer((socket) => this.serve(socket)).listen(0, host);
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const close = () => {
      server.close();
      for (const session of this.sessions) session.socket.destroy();
    };
    return { address: `${host}:${port}`, close };
  }

  /** Sessions that are bound. */
  get bound(): readonly SmscSession[] {
    return this.sessions.filter(({ isBound }) => isBound);
  }

  /** How many deliveries have not been taken yet. */
  get undelivered(): number {
    return this.#undelivered;
  }

  /** Delivers to the youngest bound session until it is taken; where there is none, to the next that binds. */
  deliver(body: Partial<MessageBody>): void {
    this.#undelivered += 1;
    this.#tryToDeliver(body);
  }

  #tryToDeliver(body: Partial<MessageBody>): void {
    const session = this.bound.findLast(({ canReceive }) => canReceive);
    const again = () => void this.#timers.at(this.#in(againMs), () => this.#tryToDeliver(body));
    const ended = (status: number) => {
      if (status === 0) this.#undelivered -= 1;
      else again();
    };
    if (session === undefined) again();
    else session.deliver(body).then(ended, again);
  }

  /** Returns a name for a message. */
  newId(): string {
    this.#ids += 1;
    return `smsc-${this.#ids}`;
  }

  #in(ms: number): Date {
    return new Date(this.#timers.now().getTime() + ms);
  }
}

export class SmscSession {
  readonly socket: Duplex;
  readonly received: Pdu[] = [];
  isBound = false;
  canReceive = false;
  /** As the bind said it. */
  systemType = '';
  readonly #smsc: Smsc;
  readonly #timers: Timers;
  readonly #framer = new Framer();
  readonly #pending = new Map<number, (pdu: Pdu) => void>();
  readonly #abandon: (() => void)[] = [];
  #sequence = 0;

  constructor(smsc: Smsc, socket: Duplex, timers: Timers) {
    this.#smsc = smsc;
    this.#timers = timers;
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      for (const octets of this.#framer.push(chunk)) void this.#handle(decodePdu(octets));
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.isBound = false;
      for (const abandon of this.#abandon.splice(0)) abandon();
    });
  }

  /** Delivers a message or a receipt; resolves with the status of the answer. Rejects when the session ends before. */
  async deliver(body: Partial<MessageBody>): Promise<number> {
    const answer = await this.request({
      command: 'deliver_sm',
      ...sampleMessage(body),
      status: 0,
      sequence: 0,
    });
    return answer.status;
  }

  /** Sends a request with a number of its own, and resolves with the answer. */
  request(pdu: Pdu): Promise<Pdu> {
    this.#sequence += 1;
    const sequence = this.#sequence;
    this.send({ ...pdu, sequence });
    return new Promise((resolve, reject) => {
      this.#pending.set(sequence, resolve);
      this.#abandon.push(() => reject(new Error('the session ended')));
    });
  }

  send(pdu: Pdu): void {
    this.write(encodePdu(pdu));
  }

  /** Writes octets, of whatever kind. */
  write(octets: Uint8Array): void {
    if (!this.socket.destroyed) this.socket.write(octets);
  }

  async #handle(pdu: Pdu): Promise<void> {
    this.received.push(pdu);
    const { sequence } = pdu;
    switch (pdu.command) {
      case 'bind_receiver':
      case 'bind_transmitter':
      case 'bind_transceiver': {
        const status = this.#smsc.script.bind?.(pdu) ?? 0;
        this.isBound = status === 0;
        this.systemType = pdu.systemType;
        this.canReceive = pdu.command !== 'bind_transmitter';
        this.send({ command: `${pdu.command}_resp`, status, sequence, systemId: 'smsc', tlvs: noTlvs });
        break;
      }
      case 'submit_sm':
        await this.#submit(pdu);
        break;
      case 'unbind':
        this.send({ command: 'unbind_resp', status: 0, sequence });
        this.isBound = false;
        break;
      case 'enquire_link':
        this.send({ command: 'enquire_link_resp', status: 0, sequence });
        break;
      default:
        this.#pending.get(sequence)?.(pdu);
        this.#pending.delete(sequence);
    }
  }

  async #submit(pdu: PduOf<'submit_sm'>): Promise<void> {
    const { script } = this.#smsc;
    const answer = script.submit?.(pdu, this);
    const {
      status = 0,
      messageId = this.#smsc.newId(),
      silent = false,
    } = answer instanceof Promise ? await answer : (answer ?? {});
    if (status === 0) this.#smsc.taken.push(pdu);
    if (silent) return;
    this.send({ command: 'submit_sm_resp', status, sequence: pdu.sequence, messageId, tlvs: noTlvs });
    const receipt =
      status === 0 && pdu.registeredDelivery !== 0 ? this.#receiptOf(pdu, messageId) : undefined;
    if (receipt !== undefined) this.#timers.at(this.#timers.now(), () => this.#smsc.deliver(receipt));
  }

  #receiptOf(pdu: PduOf<'submit_sm'>, messageId: string): Partial<MessageBody> | undefined {
    const given = this.#smsc.script.receipt;
    return given === undefined ? receiptOf(pdu, messageId) : given(pdu, messageId);
  }
}

/** Returns the receipt of a message that was delivered, or what is given instead. */
export function receiptOf(
  { source, destination }: Pick<MessageBody, 'source' | 'destination'>,
  messageId: string,
  stat = 'DELIVRD',
  err = '000',
): Partial<MessageBody> {
  const text = `id:${messageId} sub:001 dlvrd:001 stat:${stat} err:${err} text:`;
  return {
    esmClass: 0x04,
    source: destination,
    destination: source,
    shortMessage: Buffer.from(text),
    tlvs: new Map([[tags.receiptedMessageId, Buffer.from(`${messageId}\0`)]]),
  };
}
