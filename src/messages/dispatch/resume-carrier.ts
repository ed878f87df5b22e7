// Resuming carriers without memory after a restart: they get the messages that they took and have not reported on.

import { daysBefore } from '../../base/days.ts';
import type { InFlightTracker } from '../../base/in-flight.ts';
import type { Logger } from '../../base/logger.ts';
import type { Timers } from '../../base/timers.ts';
import type { Carrier } from '../../carriers/carrier.ts';
import type { Db } from '../../db/db.ts';
import type { Carriers } from './carrier-room.ts';
import { type NamedMessageRow, unreportedOf } from './unreported.ts';

/** For how long a carrier may still report. */
const waitDays = 3;
/** How many of the carrier's names one query looks at. */
const pageSize = 1000;

interface ResumeParts {
  readonly db: Db;
  readonly carriers: Pick<Carriers, 'values'>;
  readonly timers: Pick<Timers, 'now'>;
  readonly inFlight: InFlightTracker;
  readonly logger: Pick<Logger, 'error'>;
}

/** A carrier's name with its message; without one where the carrier has reported on that. */
type NameRow = NamedMessageRow | { readonly carrier_message_id: string; readonly message_id: null };

// A page is so many names, reported or not: carriers report on almost all messages, so unreported ones may be millions of names apart.
const namesSql = `
  with page as (
    select carrier_message_id, message_id, part, at from carrier_messages
    where carrier = $1 and carrier_message_id > $2
    order by carrier_message_id limit $3)
  select page.carrier_message_id, page.part, page.at, messages.id as message_id, account_id, sender, destination, service, segments
  from page
  left join messages on messages.id = page.message_id and messages.status = 'sent' and page.at between $4 and $5
  order by carrier_message_id`;

/**
 * Starts passing carriers, those with `resume`, the messages that they were given before now, in the background. Texts are left out: they
 * have been handed over. A failure is logged, and the messages behind it stay without a report until the next start. Returns a function
 * that stops this, and waits for the query under way.
 */
export function startResuming({ db, carriers, timers, inFlight, logger }: ResumeParts): () => Promise<void> {
  const now = timers.now();
  const since = daysBefore(now, waitDays);
  let stopped = false;

  async function resumeAll(carrier: Carrier): Promise<void> {
    for (let after: string | undefined = ''; after !== undefined && !stopped; ) {
      const page: NameRow[] = await db.query(namesSql, [carrier.name, after, pageSize, since, now]);
      if (stopped) return;
      const unreported = page.flatMap((row) => (row.message_id === null ? [] : unreportedOf(row)));
      if (unreported.length > 0) carrier.resume?.(unreported);
      after = page.length < pageSize ? undefined : page.at(-1)?.carrier_message_id;
    }
  }

  const resumable = [...carriers.values()].filter(({ resume }) => resume !== undefined);
  const resuming = resumable.map((carrier) =>
    inFlight
      .track(() => resumeAll(carrier))
      .catch((error: unknown) => {
        const facts = { err: error, carrier: carrier.name };
        logger.error(facts, 'the carrier could not be resumed');
      }),
  );
  return async () => {
    stopped = true;
    await Promise.all(resuming);
  };
}
