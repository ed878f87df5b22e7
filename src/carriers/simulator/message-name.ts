// The simulator's message ids. An id contains the delivery report that is planned for the message, so that reports survive a restart of the simulator. Pure.
import type { PlannedReport } from './rule-book.ts';

const form = /-(lost|delivered|undelivered(\d{1,4}))-(\d{1,10})x(\d{1,2})$/;

/** The attempt that a message id names. */
interface NamedAttempt {
  readonly reference: string;
  readonly attempt: number;
  /** Undefined where the message is accepted whole. */
  readonly part?: number | undefined;
}

/**
 * Returns the message id of an attempt: `{reference}-{attempt}-delivered-100x1` is reported as delivered after 100 ms, once;
 * `…-undelivered50-0x2` at once, with error code 50, twice; `…-lost-0x0` never. `{reference}-{attempt}.2-…` is its second part.
 */
export function makeMessageName(
  { reference, attempt, part }: NamedAttempt,
  report: PlannedReport | undefined,
): string {
  const begin = `${reference}-${attempt}${part === undefined ? '' : `.${part}`}`;
  if (report === undefined) return `${begin}-lost-0x0`;
  const { outcome, errorCode, delayMs, duplicates } = report;
  return `${begin}-${outcome}${outcome === 'undelivered' ? errorCode : ''}-${delayMs}x${duplicates + 1}`;
}

/** Returns whether a message id names a part. */
export const namesPart = (carrierMessageId: string): boolean =>
  /-\d+\.\d+-[a-z]+\d*-\d+x\d+$/.test(carrierMessageId);

/** Returns the report that a message id plans; `undefined` where none is planned and for ids that are not the simulator's. */
export function readMessageName(carrierMessageId: string): PlannedReport | undefined {
  const [, outcome, errorCode, delayMs, times] = form.exec(carrierMessageId) ?? [];
  if (outcome === undefined || outcome === 'lost') return undefined;
  return {
    outcome: outcome === 'delivered' ? 'delivered' : 'undelivered',
    errorCode: Number(errorCode ?? 0),
    delayMs: Number(delayMs),
    duplicates: Number(times) - 1,
  };
}
