// Opt-outs explained: those that concern a powerpack, why a message did not go, and why one goes although its person wrote STOP. Pure.

import type { OptOutScope } from '../powerpack.ts';
import { senderOfQueue } from '../queue-name.ts';
import { type Blockable, blocks, blocksAllOf, confirmableUntil, type OptOut } from './opt-out.ts';

/** A powerpack as opt-outs concern it. */
interface Concerned {
  readonly powerpackUuid: string;
  /** Whether a sender queue is that of a member. */
  isMember(queue: string): boolean;
}

/** An opt-out as the powerpack's account sees it. */
export interface ShownOptOut {
  /** The number that STOP was written to; undefined for one of another powerpack, which may be a subaccount's. */
  readonly number: string | undefined;
  readonly scope: OptOutScope;
  readonly optedOutAt: Date;
}

/** Returns the opt-outs that answer a powerpack, or block all or some of its members, in their order. */
export function optOutsToShow(optOuts: readonly OptOut[], powerpack: Concerned): readonly ShownOptOut[] {
  return optOuts
    .filter((optOut) => isNear(optOut, powerpack) || blocksAllOf(optOut, powerpack.powerpackUuid))
    .map((optOut) => ({
      number:
        isNear(optOut, powerpack) && optOut.queue !== undefined ? senderOfQueue(optOut.queue) : undefined,
      scope: optOut.scope,
      optedOutAt: optOut.optedOutAt,
    }));
}

/**
 * Returns warnings about opt-outs before a message goes from `queue`: about those of a member, or in answer to the powerpack, that do
 * not keep it from being sent; else that it goes all the same, as their confirmation.
 */
export function warningsOf(
  optOuts: readonly OptOut[],
  queue: string,
  powerpack: Concerned,
  now: Date,
): readonly string[] {
  const message = { queue, powerpackUuid: powerpack.powerpackUuid };
  const blocking = optOuts.filter((optOut) => blocks(optOut, message));
  if (blocking.length > 0) {
    const until = confirmationUntil(blocking, now);
    return until === undefined
      ? []
      : [`One message goes all the same until ${until.toISOString()}, as the confirmation of the opt-out.`];
  }
  return optOuts
    .filter((optOut) => isNear(optOut, powerpack))
    .map((optOut) => {
      const why =
        optOut.powerpackUuid === powerpack.powerpackUuid
          ? 'because its opt_out_scope was number'
          : 'because it did not answer this powerpack';
      return `The destination has written STOP to ${numberOf(optOut)}, which does not hold for the other members of this powerpack, ${why}.`;
    });
}

/** Returns until when one message goes although these opt-outs block it, as their confirmation; undefined when none does. */
function confirmationUntil(blocking: readonly OptOut[], now: Date): Date | undefined {
  const ends = blocking.map((optOut) => confirmableUntil(optOut)?.getTime() ?? 0);
  const endMs = Math.min(...ends);
  return blocking.length > 0 && endMs > now.getTime() ? new Date(endMs) : undefined;
}

/** Returns why an opt-out blocks a message, as a sentence without its end. */
export function blockedInWords(optOut: OptOut, { queue, powerpackUuid }: Blockable): string {
  const isOwn =
    optOut.queue === queue || (powerpackUuid !== undefined && optOut.powerpackUuid === powerpackUuid);
  const said = `its destination has written STOP to ${isOwn ? numberOf(optOut) : 'another number of the account'}`;
  if (optOut.queue === queue) return said;
  return `${said}, which counts for every number of the ${optOut.scope === 'account' ? 'account' : 'powerpack'}`;
}

const isNear = ({ powerpackUuid, queue }: OptOut, powerpack: Concerned): boolean =>
  powerpackUuid === powerpack.powerpackUuid || (queue !== undefined && powerpack.isMember(queue));

const numberOf = ({ queue }: OptOut): string =>
  queue === undefined ? 'one of its numbers' : senderOfQueue(queue);
