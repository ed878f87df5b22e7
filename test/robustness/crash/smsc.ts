// The SMSC of crash tests: takes what all processes send, refuses some of it, drops connections, and logs what it took.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemTimers } from '../../../src/base/timers.ts';
import type { PduOf } from '../../../src/carriers/smpp/pdu.ts';
import type { Draw } from '../../support/draw.ts';
import { writeCarriers } from '../../support/smpp-world.ts';
import { receiptOf, Smsc, type SmscSession, type SubmitAnswer } from '../../support/smsc.ts';
import { until } from '../../support/until.ts';
import type { Submitted } from './message-claims.ts';
import { tokenOf } from './message-load.ts';

/** Segments that may be unanswered on a bind. */
const window = 10;
/** Of several processes: so many that each has one, however many are still held by some that were killed. */
const manyBinds = 16;
/** An answer comes within so many milliseconds. */
const slowestAnswerMs = 120;

/** A submission before it is known which message it belongs to. */
type Logged = Omit<Submitted, 'reference' | 'attempt'> & { readonly key: string };

/** Returns a name for a message of which only its destination and its text are known. */
export const keyOf = (destination: string, token: string): string => `${destination} ${token}`;

export class CrashSmsc {
  readonly #smsc: Smsc;
  readonly #draw: Draw;
  readonly #address: string;
  readonly #close: () => void;
  readonly #log: Logged[] = [];
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });

  private constructor(smsc: Smsc, draw: Draw, address: string, close: () => void) {
    this.#smsc = smsc;
    this.#draw = draw;
    this.#address = address;
    this.#close = close;
    this.#delay.enable();
    smsc.script = {
      submit: (submit, session) => this.#take(submit, session),
      receipt: (submit, messageId) =>
        isUndelivered(submit) ? receiptOf(submit, messageId, 'UNDELIV') : receiptOf(submit, messageId),
    };
  }

  static async start(draw: Draw, host?: string): Promise<CrashSmsc> {
    const smsc = new Smsc(systemTimers);
    const { address, close } = await smsc.listen(host);
    return new CrashSmsc(smsc, draw, address, close);
  }

  /** Writes the file of carriers of one of `processes`, which is recognised by its system type; returns the setting that names it. */
  async writeCarriers(folder: string, process: string, processes: number): Promise<Record<string, string>> {
    const binds = processes === 1 ? 1 : manyBinds;
    const config = { window, binds, system_type: process, reconnect_seconds: [1, 1] };
    return {
      RUCKSACK_CARRIERS: await writeCarriers(folder, this.#address, config, `carriers-${process}.json`),
    };
  }

  /** How many receipts have not been taken. */
  get undelivered(): number {
    return this.#smsc.undelivered;
  }

  /** Returns how many segments may be in doubt when a process dies now; of all processes for `undefined`. */
  windowOf(process: string | undefined): number {
    const bound = this.#smsc.bound.filter(({ systemType }) => [systemType, undefined].includes(process));
    return bound.length * window;
  }

  /** Waits until so many more segments were taken, or half a minute. */
  async more(segments: number): Promise<void> {
    const enough = this.#log.length + segments;
    await until(() => this.#log.length >= enough).catch(() => {});
  }

  /** Ends all connections without a word. */
  dropConnections(): void {
    for (const { socket } of this.#smsc.bound) socket.destroy();
  }

  /** Returns how many segments of a number may seem to come too early, because this process was busy when those before came. */
  lateSegments(ratePerSecond: number): number {
    return Math.ceil((this.#delay.max / 1e9) * ratePerSecond);
  }

  /** Returns everything that was submitted. @param idOf returns the id of a message by its key. */
  submissions(idOf: (key: string) => string | undefined): Submitted[] {
    const attempts = new Map<string, number>();
    return this.#log.map(({ key, ...logged }) => {
      const part = `${key} ${logged.part}`;
      const attempt = (attempts.get(part) ?? 0) + 1;
      attempts.set(part, attempt);
      return { ...logged, attempt, reference: idOf(key) ?? key };
    });
  }

  close(): void {
    this.#delay.disable();
    this.#close();
  }

  async #take(submit: PduOf<'submit_sm'>, { systemType }: SmscSession): Promise<SubmitAnswer> {
    const logged = readSubmit(submit, systemType);
    const answerMs = this.#draw(slowestAnswerMs);
    const isFaulty = logged.parts === 1 && this.#draw(100) === 0;
    if (isRefused(submit)) this.#log.push({ ...logged, failure: 'invalidDestination' });
    else if (isFaulty) this.#log.push({ ...logged, failure: 'carrierFault' });
    else {
      const end = isUndelivered(submit) ? 'undelivered1000' : 'delivered';
      this.#log.push({ ...logged, carrierMessageId: `smsc-${end}-0x1` });
    }
    await new Promise((resolve) => setTimeout(resolve, answerMs));
    if (isRefused(submit)) return { status: 0x0b };
    return isFaulty ? { status: 0x08 } : {};
  }
}

/** Returns whether messages to a destination are refused for good. */
const isRefused = ({ destination }: PduOf<'submit_sm'>): boolean => Number(destination.digits) % 37 === 0;

/** Returns whether messages to a destination are taken and not delivered. */
const isUndelivered = ({ destination }: PduOf<'submit_sm'>): boolean => Number(destination.digits) % 19 === 0;

function readSubmit(
  { source, destination, esmClass, shortMessage }: PduOf<'submit_sm'>,
  process: string,
): Logged {
  const hasParts = (esmClass & 0x40) !== 0;
  // 05 00 03, the reference, how many there are, and which one this is.
  const [parts = 1, part = 1] = hasParts ? [shortMessage[4], shortMessage[5]] : [];
  const token = tokenOf(Buffer.from(shortMessage).toString('latin1'));
  return {
    process,
    ms: Date.now(),
    key: keyOf(destination.digits, token),
    sender: source.digits,
    destination: destination.digits,
    segments: part === 1 ? parts : 0,
    part,
    parts,
  };
}
