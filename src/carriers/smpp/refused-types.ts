// Remembers that an SMSC refused a type of address (TON, NPI): then one kind of senders, or the destinations, are set up wrongly, and the others go on
// (carriers.md section 4.5).
import type { NetworkSenderKind } from '../../telecom/sender.ts';
import { type AddressWarning, addressWarnings } from '../carrier.ts';
import { sourceKeyOf } from './addresses.ts';
import type { SmppConfig } from './config.ts';
import { nameStatus, statusesOfDestinationType, statusesOfSourceType, writeStatus } from './status-table.ts';

/** A type that was refused is warned of for an hour. */
const warningMs = 3_600_000;

/** The same refusal is told once a minute: each message of its kind gets it. */
const tellEveryMs = 60_000;

/** Knows the refusals of one carrier. */
export class RefusedTypes {
  readonly #statuses: SmppConfig['statuses'];
  readonly #refusedAtMs = new Map<AddressWarning, number>();
  /** By the sentences, of which there are few. */
  readonly #toldAtMs = new Map<string, number>();

  /** @param statuses of the configuration, by hex number: one that has a meaning there says nothing about types. */
  constructor(statuses: SmppConfig['statuses']) {
    this.#statuses = statuses;
  }

  /** Returns what was refused of late. */
  warnings(now: Date): AddressWarning[] {
    return addressWarnings.filter((warning) => {
      const atMs = this.#refusedAtMs.get(warning);
      return atMs !== undefined && now.getTime() - atMs < warningMs;
    });
  }

  /**
   * Records the status of a refusal and the kind of its sender. Returns a sentence for people where it is one of a type, and none was returned within
   * the last minute.
   */
  refused(status: number, kind: NetworkSenderKind, now: Date): string | undefined {
    if (writeStatus(status) in this.#statuses) return undefined;
    const found = findRefused(status, kind);
    if (found === undefined) return undefined;
    const nowMs = now.getTime();
    this.#refusedAtMs.set(found.warning, nowMs);
    const sentence = `${nameStatus(status)}: the SMSC refuses ton and npi of ${found.what}`;
    if (nowMs - (this.#toldAtMs.get(sentence) ?? Number.NEGATIVE_INFINITY) < tellEveryMs) return undefined;
    this.#toldAtMs.set(sentence, nowMs);
    return sentence;
  }
}

/** Returns the warning that a status is, and the key of the configuration that it is about. */
function findRefused(
  status: number,
  kind: NetworkSenderKind,
): { readonly warning: AddressWarning; readonly what: string } | undefined {
  if (statusesOfSourceType.has(status))
    return { warning: 'source_ton_refused', what: `source.${sourceKeyOf(kind)}` };
  if (statusesOfDestinationType.has(status))
    return { warning: 'destination_ton_refused', what: 'destination' };
  return undefined;
}
