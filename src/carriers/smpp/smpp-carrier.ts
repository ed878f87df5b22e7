// An SMSC as a carrier: joins its binds, the messages on their way to it, and what it delivers (carriers.md section 4).
import type { RandomBytes } from '../../base/id.ts';
import type { Logger } from '../../base/logger.ts';
import type { Timers } from '../../base/timers.ts';
import type { Carrier, CarrierEvents, CarrierStatus, Submission, Taken } from '../carrier.ts';
import { Pace } from '../pace.ts';
import { SubmitError } from '../submit-error.ts';
import { Tally } from '../tally.ts';
import { accountWarnings } from './account-warnings.ts';
import type { BindLeases } from './bind-leases.ts';
import { Binds } from './binds.ts';
import { type SmppConfig, smppServices } from './config.ts';
import type { Connect } from './connect.ts';
import type { Counted } from './counted.ts';
import { Deliveries } from './deliveries.ts';
import type { InboundMarks } from './inbound-names.ts';
import { LearnedNames } from './learned-names.ts';
import { RefusedTypes } from './refused-types.ts';
import { SubmitQueue } from './submit-queue.ts';

export interface SmppParts {
  readonly timers: Timers;
  readonly logger: Logger;
  readonly randomBytes: RandomBytes;
  readonly connect: Connect;
  readonly leases: BindLeases;
  readonly marks: InboundMarks;
}

/** Everything that this process has to do with one account at an SMSC. */
export class SmppCarrier implements Carrier {
  readonly name: string;
  readonly services = smppServices;
  readonly #timers: Timers;
  readonly #pace: Pace;
  readonly #tally: Tally<Counted>;
  readonly #names: LearnedNames;
  readonly #types: RefusedTypes;
  readonly #binds: Binds;
  readonly #queue: SubmitQueue;
  readonly #deliveries: Deliveries;
  #stopping: Promise<void> | undefined;

  constructor(config: SmppConfig, { timers, logger, randomBytes, connect, leases, marks }: SmppParts) {
    const chance = () => (randomBytes(1)[0] ?? 0) / 255;
    const names = new LearnedNames(config.message_ids);
    const types = new RefusedTypes(config.statuses);
    const tally = new Tally<Counted>(timers.now, logger, config.name);
    const pace = new Pace(config.rate, timers.now());
    const deliveries = new Deliveries({
      config,
      timers,
      marks,
      names,
      tally,
      unbind: (reason) => binds.restart(reason),
    });
    const binds = new Binds({
      config,
      timers,
      connect,
      leases,
      chance,
      newName: () => Buffer.from(randomBytes(8)).toString('hex'),
      // The rate is the account's: other processes have the rest of its binds.
      held: (count) => pace.agree((config.rate * Math.max(count, 1)) / config.binds),
      events: {
        deliver: (delivery, session) => deliveries.take(delivery, session),
        answered: (delivery, answer) => deliveries.answered(delivery, answer),
        unexpected: () => tally.count('unexpected answers'),
        changed: () => this.#queue.changed(),
        bound: ({ role, host, peer }) =>
          logger.info({ carrier: config.name, role, host, system_id: peer }, 'carrier bound'),
        ended: (reason) => {
          tally.count('sessions ended');
          tally.failed(reason);
        },
        failed: (reason) => tally.failed(reason),
      },
    });
    for (const warning of accountWarnings(config))
      logger.warn({ carrier: config.name, warning }, 'a carrier is used at a risk');
    this.name = config.name;
    this.#timers = timers;
    this.#pace = pace;
    this.#tally = tally;
    this.#names = names;
    this.#types = types;
    this.#binds = binds;
    this.#deliveries = deliveries;
    this.#queue = new SubmitQueue({ config, timers, binds, pace, names, types, tally, chance });
  }

  async start(events: CarrierEvents): Promise<void> {
    this.#deliveries.start(events);
    this.#queue.start(events);
    await this.#binds.start();
  }

  room(sender: string): number {
    return this.#queue.room(sender);
  }

  async submit(submission: Submission, onWay = () => {}): Promise<Taken> {
    if (submission.service !== 'sms')
      throw new SubmitError('invalidMessage', 'SMPP carries text messages only');
    return this.#queue.submit(submission, onWay);
  }

  status(): CarrierStatus {
    const now = this.#timers.now();
    const free = this.#binds.transmitters.reduce((sum, link) => sum + link.free, 0);
    return {
      state: this.#state(),
      room: this.#queue.isTaking ? Math.min(free, this.#pace.available(now)) : 0,
      lastError: this.#tally.lastError,
      counts: this.#tally.counts,
      answers: this.#tally.answers,
      links: this.#binds.links,
      rate: this.#pace.rate,
      throttledMs: this.#pace.throttledMs,
      warnings: [...this.#names.warnings(now), ...this.#types.warnings(now)],
      nameRule: this.#names.known,
    };
  }

  noteForeign(): void {
    this.#tally.count('messages for other carriers');
  }

  drain(): void {
    this.#queue.drain();
  }

  resumeTaking(): void {
    if (this.#stopping === undefined) this.#queue.resume();
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#end();
    return this.#stopping;
  }

  async #end(): Promise<void> {
    this.#queue.stop();
    await this.#binds.stop();
    this.#queue.end();
    await this.#deliveries.stop();
  }

  #state(): CarrierStatus['state'] {
    if (!this.#queue.isTaking && this.#stopping === undefined) return 'draining';
    if (this.#binds.isUp) return 'up';
    return this.#binds.isRefused ? 'refused' : 'down';
  }
}
