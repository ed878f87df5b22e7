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
  /**
   * Sender queues and powerpacks that START has taken out of an opt-out of the whole account. Only one that was made by hand, and answers
   * no number and no powerpack, has some.
   */
  readonly excepted?: readonly string[];
}

/** An opt-out as it is added. */
export type NewOptOut = Omit<OptOut, 'isConfirmed' | 'excepted'>;

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

/** The fields of an opt-out that say which messages to its destination it blocks. */
type Blocking = Pick<OptOut, 'queue' | 'powerpackUuid' | 'scope' | 'excepted'>;

/** Returns whether an opt-out of the message's destination blocks the message. The sender queue of a STOP is blocked in every scope. */
export function blocks(optOut: Blocking, message: Blockable): boolean {
  if (optOut.queue !== undefined && optOut.queue === message.queue) return true;
  return optOut.excepted?.includes(message.queue) !== true && blocksAllOf(optOut, message.powerpackUuid);
}

/** Returns whether an opt-out blocks every member of a powerpack. */
export function blocksAllOf(
  { powerpackUuid, scope, excepted }: Omit<Blocking, 'queue'>,
  uuid: string | undefined,
): boolean {
  if (scope === 'account') return uuid === undefined || excepted?.includes(uuid) !== true;
  return scope === 'powerpack' && powerpackUuid !== undefined && powerpackUuid === uuid;
}

/** A powerpack, and the scope of a STOP in answer to it. */
export interface OptOutRule {
  readonly uuid: string;
  readonly scope: OptOutScope;
}

/** The scope of an opt-out that is left by START, and what is taken out of it. */
export type Rest = Pick<OptOut, 'scope' | 'excepted'>;

/** The most exceptions of one opt-out: with more of them it is over. */
const maxExcepted = 100;

/**
 * Returns what is left of an opt-out when its person writes START to `queue`, a number of these powerpacks; undefined when nothing is.
 * START ends all that a STOP there would block. A wider opt-out, which blocked the number too, narrows: the person still gets nothing from
 * the numbers that were stopped. One of the whole account that was made by hand stays for all that START was not written to.
 */
export function restAfterStart(
  optOut: OptOut,
  queue: string,
  powerpacks: readonly OptOutRule[],
): Rest | undefined {
  if (optOut.queue === queue) return undefined;
  const own = powerpacks.find(({ uuid }) => uuid === optOut.powerpackUuid);
  if (own !== undefined && own.scope !== 'number') return undefined;
  if (optOut.scope === 'account' && powerpacks.some(({ scope }) => scope === 'account')) return undefined;
  if (own !== undefined) return optOut.queue === undefined ? undefined : { scope: 'number' };
  if (optOut.scope !== 'account') return { scope: optOut.scope };
  if (optOut.powerpackUuid !== undefined || optOut.queue !== undefined) return { scope: 'powerpack' };
  const wide = powerpacks.filter(({ scope }) => scope !== 'number').map(({ uuid }) => uuid);
  const excepted = [...new Set([...(optOut.excepted ?? []), queue, ...wide])];
  return excepted.length > maxExcepted ? undefined : { scope: 'account', excepted };
}
