// What a carrier that forgets is told after a restart: the messages that it took and has not reported on.
import type { Carrier, Unreported } from '../carriers/carrier.ts';
import type { Db } from '../db/db.ts';
import type { Service } from '../telecom/service.ts';

const dayMs = 24 * 3600 * 1000;
/** For how long a report is waited for. */
const waitDays = 3;
const pageSize = 1000;

interface UnreportedRow {
  carrier_message_id: string;
  message_id: string;
  at: Date;
  sender: string;
  destination: string;
  service: Service;
  segments: number;
}

const unreportedSql = `
  select carrier_message_id, message_id, at, sender, destination, service, segments
  from carrier_messages join messages on messages.id = carrier_messages.message_id
  where carrier_messages.carrier = $1 and at >= $2 and messages.status = 'sent' and carrier_message_id > $3
  order by carrier_message_id limit $4`;

/** Tells the carrier, if it wants to know. Texts are left out: they have been handed over. */
export async function resumeCarrier(db: Db, carrier: Carrier, now: Date): Promise<void> {
  if (carrier.resume === undefined) return;
  const since = new Date(now.getTime() - waitDays * dayMs);
  for (let after = ''; ; ) {
    const rows = await db.query<UnreportedRow>(unreportedSql, [carrier.name, since, after, pageSize]);
    carrier.resume(rows.map(unreportedFromRow));
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    after = last.carrier_message_id;
  }
}

function unreportedFromRow(row: UnreportedRow): Unreported {
  return {
    carrierMessageId: row.carrier_message_id,
    submittedAt: row.at,
    submission: {
      reference: row.message_id,
      attempt: 1,
      sender: row.sender,
      destination: row.destination,
      service: row.service,
      text: '',
      segments: row.segments,
      mediaUrls: [],
    },
  };
}
