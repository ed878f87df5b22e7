// Messages that a carrier has after all: the answer to an attempt that was given up came late, or a report proves that one was taken.
import type { Timers } from '../../base/timers.ts';
import type { LateTaken } from '../../carriers/carrier.ts';
import type { Db, Reader, Transaction } from '../../db/db.ts';
import { isUuid } from '../../http/schemas.ts';
import { queueOfSender } from '../../powerpacks/queue-name.ts';
import { insertCarrierMessages, namesOf } from '../outbox/carrier-message-store.ts';
import { findMarkedJobs, type Locking, type MarkedJob } from '../outbox/mark-store.ts';
import { deleteJobs } from '../outbox/outbox-store.ts';
import { insertEvents } from './event-store.ts';
import { recordStatuses, type StatusParts } from './record-status.ts';

/** An answer that came after its attempt had been given up, and the carrier that gave it. */
interface CarrierLateTaken extends LateTaken {
  readonly carrier: string;
}

/** A message that waits in its sender queue, as far as finding its job takes. */
interface QueuedMessage {
  readonly id: string;
  readonly sender: string;
  readonly countryIso2: string;
}

interface SettleParts extends StatusParts {
  readonly db: Db;
  readonly timers: Pick<Timers, 'now'>;
}

/**
 * Takes a late answer: notes the names, so that reports find their message, and records the message as sent unless it has been submitted
 * again meanwhile. Resolves once that is durable.
 */
export function takeLateAnswer(parts: SettleParts, late: CarrierLateTaken): Promise<void> {
  const { reference, attempt, carrier } = late;
  const now = parts.timers.now();
  return parts.db.transaction(async (tx) => {
    const message = await findMessage(tx, reference);
    if (message === undefined) return;
    const [job] = await findJobs(tx, message.status === 'queued' ? [message] : [], 'wait');
    insertCarrierMessages(tx, namesOf(reference, late, now));
    const isWhole = (job?.partsTaken ?? 0) + late.parts.length >= late.totalParts;
    if (job === undefined || job.attempts !== attempt || !isWhole) return;
    await settle(tx, [{ ...job, carrier }], now, parts);
    insertEvents(tx, [{ messageId: reference, at: now, event: 'late', detail: lateInWords(attempt) }]);
  });
}

const lateInWords = (attempt: number) => `the carrier took attempt ${attempt}: its answer came late`;

/**
 * Records queued messages as sent whose attempts have no known end, because their carrier has reported on them. Returns those that it
 * changed; the others were not with a carrier, or another transaction is just recording their end. That one locks the message before its job, and would
 * wait for this one, as this one for it.
 */
export async function settleReported(
  tx: Transaction,
  messages: readonly QueuedMessage[],
  now: Date,
  parts: StatusParts,
): Promise<ReadonlySet<string>> {
  const jobs = await findJobs(tx, messages, 'skip');
  await settle(tx, jobs, now, parts);
  return new Set(jobs.map(({ messageId }) => messageId));
}

function findJobs(
  tx: Transaction,
  messages: readonly QueuedMessage[],
  locking: Locking,
): Promise<MarkedJob[]> {
  const wanted = messages.map((message) => ({ messageId: message.id, queue: queueOfSender(message) }));
  return findMarkedJobs(tx, wanted, locking);
}

async function settle(
  tx: Transaction,
  jobs: readonly MarkedJob[],
  now: Date,
  parts: StatusParts,
): Promise<void> {
  const changes = jobs.map(
    ({ messageId, carrier }) => ({ messageId, carrier, status: 'sent', at: now }) as const,
  );
  await recordStatuses(tx, changes, now, parts);
  const finished = jobs.map(({ queue, position }) => ({ queue, position, isUnsent: false }));
  deleteJobs(tx, finished, new Map(), now);
}

async function findMessage(
  db: Reader,
  reference: string,
): Promise<(QueuedMessage & { readonly status: string }) | undefined> {
  if (!isUuid(reference)) return undefined;
  const rows = await db.query<{ sender: string; country_iso2: string; status: string }>(
    "select sender, country_iso2, status from messages where id = $1 and direction = 'outbound'",
    [reference],
  );
  return rows.map(({ sender, country_iso2: countryIso2, status }) => ({
    id: reference,
    sender,
    countryIso2,
    status,
  }))[0];
}
