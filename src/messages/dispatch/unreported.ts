// A message that a carrier took and has not reported on, as that carrier gets it again. Pure.
import type { Unreported } from '../../carriers/carrier.ts';
import { senderOf } from '../../telecom/sender.ts';
import type { Service } from '../../telecom/service.ts';

/** A carrier's name for a message or a part of one, with that message. */
export interface NamedMessageRow {
  readonly carrier_message_id: string;
  readonly part: number | null;
  /** When the carrier took it. */
  readonly at: Date;
  readonly message_id: string;
  readonly account_id: string;
  readonly sender: string;
  readonly destination: string;
  readonly service: Service;
  readonly segments: number;
}

/** Returns what the carrier had taken. The text is left out: it has been handed over. */
export function unreportedOf(row: NamedMessageRow): Unreported {
  return {
    name: row.carrier_message_id,
    part: row.part ?? 1,
    submittedAt: row.at,
    submission: {
      accountId: row.account_id,
      reference: row.message_id,
      attempt: 1,
      ...senderOf(row.sender),
      destination: row.destination,
      service: row.service,
      text: '',
      segments: row.segments,
      mediaUrls: [],
      ordinal: 0,
      expiresAt: row.at,
      partsTaken: 0,
      dlt: {},
    },
  };
}
