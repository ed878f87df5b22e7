// The server's side of a carrier in tests: remembers what it was told, and refuses as often as a test wants.
import type { CarrierEvents, DeliveryReport, InboundMessage, LateTaken } from '../../src/carriers/carrier.ts';

export class Told implements CarrierEvents {
  /** All that was told, what was refused as well. */
  readonly reports: DeliveryReport[] = [];
  readonly messages: InboundMessage[] = [];
  readonly late: LateTaken[] = [];
  /** How often it was told that there is room again. */
  rooms = 0;
  #refusals = 0;
  #waiting: (() => void)[] = [];

  /** Refuses what it is told the next so many times, as a server does whose database is away. */
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

  /** Resolves once so many reports and messages were told. */
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
