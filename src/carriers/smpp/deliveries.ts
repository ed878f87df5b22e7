// Deliveries of an SMSC: receipts become reports, messages of handsets are received. Each is answered once it is durable (carriers.md section 4.8).
import { setImmediate } from 'node:timers/promises';
import type { Timers } from '../../base/timers.ts';
import type { CarrierEvents } from '../carrier.ts';
import type { Tally } from '../tally.ts';
import type { SmppConfig } from './config.ts';
import type { Counted } from './counted.ts';
import { readInbound, readReport } from './inbound.ts';
import { type InboundMark, type InboundMarks, isGood, markOf, nameById } from './inbound-names.ts';
import type { LearnedNames } from './learned-names.ts';
import { kindOf, readReceipt } from './receipt.ts';
import { hasKnownState } from './receipt-outcome.ts';
import type { Delivery, DeliveryAnswer } from './session.ts';
import { statuses } from './status-table.ts';

interface DeliveriesParts {
  readonly config: SmppConfig;
  readonly timers: Timers;
  readonly marks: InboundMarks;
  readonly names: LearnedNames;
  readonly tally: Tally<Counted>;
  /** Ends the sessions: the SMSC stores what cannot be taken here. */
  readonly unbind: (reason: string) => void;
}

/** When nothing could be stored for so long, sessions end. */
const maxOutageMs = 60_000;

/** Everything that comes from one carrier, on whichever of its binds. */
export class Deliveries {
  readonly #parts: DeliveriesParts;
  readonly #marks = new WeakMap<Delivery, InboundMark>();
  #events: CarrierEvents | undefined;
  #underWay = 0;
  #whenIdle: (() => void)[] = [];
  #outageSinceMs: number | undefined;

  constructor(parts: DeliveriesParts) {
    this.#parts = parts;
  }

  /** Starts to report and to receive. */
  start(events: CarrierEvents): void {
    this.#events = events;
  }

  /** Ends the reports, and resolves once what is under way has ended. */
  async stop(): Promise<void> {
    this.#events = undefined;
    if (this.#underWay > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  /** Takes a delivery; resolves with the status to answer: 0 once it is durable, `nack_status` where it could not be made so. */
  async take(delivery: Delivery, session: string): Promise<number> {
    const { config, tally } = this.#parts;
    const events = this.#events;
    if (events === undefined) return config.nack_status;
    this.#underWay += 1;
    try {
      const status = await this.#tell(events, delivery, session);
      this.#outageSinceMs = undefined;
      return status;
    } catch (error) {
      tally.count('deliveries not taken');
      this.#notTaken(error);
      return config.nack_status;
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
    }
  }

  /** Records how a message was answered, so that it is known if it comes again. */
  answered(delivery: Delivery, answer: DeliveryAnswer): void {
    const mark = this.#marks.get(delivery);
    if (mark === undefined) return;
    this.#parts.marks.answered(mark, isGood(answer)).catch((error: Error) => {
      this.#parts.tally.failed(`an answer cannot be recorded: ${error.message}`);
    });
  }

  async #tell(events: CarrierEvents, delivery: Delivery, session: string): Promise<number> {
    const { config, names, tally, timers } = this.#parts;
    switch (kindOf(delivery, config.receipts_in_text)) {
      case 'receipt': {
        const receipt = readReceipt(delivery, config.receipt_addresses);
        // The answers that came just before it are recorded first, with the names that they gave.
        await setImmediate();
        const candidates = names.candidates(receipt.ids);
        tally.count('receipts');
        if (!hasKnownState(receipt)) tally.count('receipts of an unknown state');
        if (candidates.length === 0) tally.count('receipts without a name');
        else await events.report(readReport(receipt, candidates, config, timers.now()));
        return statuses.ok;
      }
      case 'acknowledgement':
        return statuses.ok;
      case 'message':
        return this.#receive(events, delivery, session);
    }
  }

  async #receive(events: CarrierEvents, delivery: Delivery, session: string): Promise<number> {
    const { config, tally } = this.#parts;
    const name = nameById(delivery, config.inbound_id_tlv) ?? (await this.#nameByMark(delivery, session));
    const id = await events.receive(readInbound(delivery, name, config));
    tally.count('messages in');
    if (id !== undefined) return statuses.ok;
    tally.count('messages for unknown numbers');
    return config.unknown_number_status;
  }

  #nameByMark(delivery: Delivery, session: string): Promise<string> {
    const { config, marks } = this.#parts;
    const mark = markOf(config.name, delivery, session);
    this.#marks.set(delivery, mark);
    return marks.name(mark);
  }

  #notTaken(error: unknown): void {
    const { timers, tally, unbind } = this.#parts;
    const nowMs = timers.now().getTime();
    tally.failed(`a delivery cannot be stored: ${error instanceof Error ? error.message : String(error)}`);
    this.#outageSinceMs ??= nowMs;
    if (nowMs - this.#outageSinceMs < maxOutageMs) return;
    this.#outageSinceMs = undefined;
    unbind('nothing could be stored for a minute');
  }
}
