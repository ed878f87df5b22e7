// Opt-outs: the messages that a STOP blocks, and the scope that a START leaves. Pure.
import type { OptOutScope } from '../powerpack.ts';

/** A STOP of a person, as it is stored. */
export interface OptOut {
  /** The main account. */
  readonly accountId: string;
  /** E.164 digits of the person. */
  readonly destination: string;
  /** The sender queue (`queueOf`) that STOP was written to; undefined where it is not known. */
  readonly queue: string | undefined;
  /** The powerpack that STOP answers; undefined where STOP answers none. */
  readonly powerpackUuid: string | undefined;
  /** The messages that it blocks: those of its sender queue, of the powerpack as well, or of every number of the account. */
  readonly scope: OptOutScope;
  readonly optedOutAt: Date;
  /** Whether the customer's one message that may follow it has gone. */
  readonly isConfirmed: boolean;
}

const confirmationMs = 5 * 60 * 1000;

/**
 * Returns until when one message of the customer's may follow an opt-out, as its confirmation (wire-data-plane section 13); undefined
 * when it has gone.
 */
export function confirmableUntil({ optedOutAt, isConfirmed }: OptOut): Date | undefined {
  return isConfirmed ? undefined : new Date(optedOutAt.getTime() + confirmationMs);
}

/** A message as an opt-out asks about it: from which sender queue, and through or from which powerpack. */
export interface Blockable {
  readonly queue: string;
  readonly powerpackUuid: string | undefined;
}

/** Returns whether an opt-out of the message's destination blocks the message. The sender queue of a STOP is blocked in every scope. */
export function blocks({ queue, powerpackUuid, scope }: OptOut, message: Blockable): boolean {
  return (
    (queue !== undefined && queue === message.queue) ||
    blocksAllOf({ powerpackUuid, scope }, message.powerpackUuid)
  );
}

/** Returns whether an opt-out blocks every member of a powerpack. */
export function blocksAllOf(
  { powerpackUuid, scope }: Pick<OptOut, 'powerpackUuid' | 'scope'>,
  uuid: string | undefined,
): boolean {
  return (
    scope === 'account' || (scope === 'powerpack' && powerpackUuid !== undefined && powerpackUuid === uuid)
  );
}

/** A powerpack, and the scope of a STOP in answer to it. */
export interface OptOutRule {
  readonly uuid: string;
  readonly scope: OptOutScope;
}

/**
 * Returns the scope that an opt-out keeps when its person writes START to `queue`, a number of these powerpacks; undefined when nothing
 * of it is left. START ends all that a STOP there would block. A wider opt-out, which blocked the number too, narrows: the person still
 * gets nothing from the numbers that were stopped.
 */
export function scopeAfterStart(
  optOut: OptOut,
  queue: string,
  powerpacks: readonly OptOutRule[],
): OptOutScope | undefined {
  if (optOut.queue === queue) return undefined;
  const own = powerpacks.find(({ uuid }) => uuid === optOut.powerpackUuid);
  if (own !== undefined && own.scope !== 'number') return undefined;
  if (optOut.scope === 'account' && powerpacks.some(({ scope }) => scope === 'account')) return undefined;
  if (own !== undefined) return optOut.queue === undefined ? undefined : 'number';
  return optOut.scope === 'account' ? 'powerpack' : optOut.scope;
}
