// The server's side of a carrier in tests: records the carrier's events, and refuses as many as a test wants.
import type { CarrierEvents, DeliveryReport, InboundMessage, LateTaken } from '../../src/carriers/carrier.ts';

export class Recorder implements CarrierEvents {
  /** Every event, refused ones included. */
  readonly reports: DeliveryReport[] = [];
  readonly messages: InboundMessage[] = [];
  readonly late: LateTaken[] = [];
  /** How often the carrier had room again. */
  rooms = 0;
  #refusals = 0;
  #waiting: (() => void)[] = [];

  /** Throws at the next so many events, as a server does whose database is away. */
  refuse(times: number): void {
    this.#refusals = times;
  }

  async report(report: DeliveryReport): Promise<void> {
    this.reports.push(report);
    this.#answer();
  }

  async receive(message: InboundMessage): Promise<string | undefined> {
    this.messages.push(message);
    this.#answer();
    return `id of ${message.name}`;
  }

  async taken(late: LateTaken): Promise<void> {
    this.late.push(late);
    this.#answer();
  }

  room(): void {
    this.rooms += 1;
  }

  /** Waits for so many reports and messages. */
  async reached(count: number): Promise<void> {
    while (this.reports.length + this.messages.length < count) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #answer(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
    if (this.#refusals === 0) return;
    this.#refusals -= 1;
    throw new Error('the database is away');
  }
}
