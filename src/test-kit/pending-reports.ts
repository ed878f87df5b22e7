// Reports that the messages of a snapshot wait for: the simulator owes them again once it is restored.
import type { Simulator } from '../carriers/simulator/simulator.ts';
import type { Reader } from '../db/db.ts';
import { type NamedMessageRow, unreportedOf } from '../messages/dispatch/unreported.ts';

// The names are read from the snapshot: in their table they are not found by account.
const pendingSql = `
  select name.carrier_message_id, name.part, name.at, saved.taken_at, messages.id as message_id, account_id, sender, destination,
    service, segments
  from (select taken_at, state from account_snapshots where account_id = $1 and name = $2) as saved
  cross join lateral jsonb_populate_recordset(null::carrier_messages, saved.state -> 'carrier_messages') as name
  join messages on messages.id = name.message_id and messages.status = 'sent'
  where name.carrier = $3 and name.outcome is null`;

/** A snapshot of a main account that has been restored, and the time of its messages from then on. */
interface RestoredState {
  readonly mainId: string;
  readonly snapshot: string;
  readonly now: Date;
}

/**
 * Restores to the simulator the messages of a restored snapshot that it had not reported on. Each report is as far from now as it was from the
 * moment of the snapshot.
 */
export async function resumeReports(
  db: Reader,
  simulator: Simulator,
  { mainId, snapshot, now }: RestoredState,
): Promise<void> {
  const rows = await db.query<NamedMessageRow & { readonly taken_at: Date }>(pendingSql, [
    mainId,
    snapshot,
    simulator.name,
  ]);
  simulator.resume(
    rows.map((row) => {
      const ageMs = row.taken_at.getTime() - row.at.getTime();
      return unreportedOf({ ...row, at: new Date(now.getTime() - ageMs) });
    }),
  );
}
