// Rows of messages for tests that are about something else.
import type { Reader } from '../../src/db/db.ts';

/** The owner of a message. */
export interface Owner {
  readonly accountId: string;
  readonly subaccountId?: string;
}

/** Stores a queued MMS with this id. */
export async function insertMessage(
  db: Reader,
  id: string,
  { accountId, subaccountId }: Owner,
  log = 'true',
): Promise<void> {
  await db.query(
    `insert into messages (id, account_id, subaccount_id, direction, status, service, sender, destination, country_iso2,
       segments, log, accepted_at)
     values ($1, $2, $3, 'outbound', 'queued', 'mms', '14155550100', '14155550199', 'US', 1, $4, '2026-03-14T09:26:53Z')`,
    [id, accountId, subaccountId ?? null, log],
  );
}
