// Leased calls on their way to the scheduler: none is made before the tokens that sign it are read.
import type { Logger } from '../../base/logger.ts';
import type { LeasedWebhook } from '../webhook.ts';

interface ArrivalParts {
  /** Makes calls ready and holds those that may be made. */
  readonly hold: (calls: readonly LeasedWebhook[]) => Promise<void>;
  readonly logger: Logger;
}

/** Takes leased calls in, in the order in which they come, those that come meanwhile together. */
export class ArrivingCalls {
  readonly #parts: ArrivalParts;
  readonly #waiting: LeasedWebhook[] = [];
  #takingIn: Promise<void> | undefined;

  constructor(parts: ArrivalParts) {
    this.#parts = parts;
  }

  /** Takes calls in. Resolves once they, and all that came before, are held, or are left to be leased again. */
  takeIn(calls: readonly LeasedWebhook[]): Promise<void> {
    this.#waiting.push(...calls);
    if (this.#waiting.length > 0) this.#takingIn ??= this.#takeInAll();
    return this.idle();
  }

  /** Waits until no call is on its way. */
  idle(): Promise<void> {
    return this.#takingIn ?? Promise.resolve();
  }

  async #takeInAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const calls = this.#waiting.splice(0);
      try {
        await this.#parts.hold(calls);
      } catch (error) {
        this.#parts.logger.error(
          { err: error, webhooks: calls.length },
          'callbacks were not started: they are leased again',
        );
      }
    }
    // In the same step as the look at what waits: a call that came between the two would wait for the next one.
    this.#takingIn = undefined;
  }
}
