// Cancels messages that wait: for their moment, or for their number. What is being submitted, or was, goes on.
import { ApiError } from '../../base/errors.ts';
import type { Db, Transaction } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import { queueOfSender } from '../../powerpacks/queue-name.ts';
import { errorCodes } from '../error-codes.ts';
import type { Message } from '../message.ts';
import { deleteJobs } from '../outbox/outbox-store.ts';
import { insertEvents } from '../report/event-store.ts';
import { recordStatuses, type StatusParts } from '../report/record-status.ts';
import { getMessage, type MessageFilters } from '../store.ts';
import {
  countUnderWay,
  lockJob,
  lockJobs,
  takeManyScheduled,
  takeScheduled,
  type WaitingJob,
} from './waiting-store.ts';

/** The most messages that one request cancels. */
const maxCancelled = 1000;

/**
 * Cancels a message, which fails with code 430. One that a request has cancelled before stays as it is.
 * @throws ApiError notFound, or conflict where it can no longer be cancelled.
 */
export async function cancelMessage(
  db: Db,
  scope: Scope,
  id: string,
  now: Date,
  parts: StatusParts,
): Promise<void> {
  await db.transaction(async (tx) => {
    const message = await getMessage(tx, scope, id);
    if (message === undefined) throw new ApiError('notFound', 'not found');
    if (message.status === 'failed' && message.errorCode === errorCodes.cancelled.code) return;
    if (message.direction === 'inbound')
      throw new ApiError('conflict', 'a message that came in cannot be cancelled');
    if (message.status !== 'queued') throw tooLate(message);
    if (await takeScheduled(tx, id, now)) return end(tx, [id], [], now, parts);
    // It may have got its send slot, and with it another sender, while the release was waited for.
    const released = (await getMessage(tx, scope, id)) ?? message;
    const job = await lockJob(tx, queueOfSender(released), id);
    if (job === undefined) throw tooLate((await getMessage(tx, scope, id)) ?? released);
    await end(tx, [id], [job], now, parts);
  });
}

const tooLate = ({ status }: Pick<Message, 'status'>): ApiError =>
  new ApiError(
    'conflict',
    status === 'queued'
      ? 'the message is being submitted to its carrier, or parts of it were: it can no longer be cancelled'
      : `the message can no longer be cancelled: it is ${status}`,
  );

export interface Cancelled {
  readonly cancelled: number;
  /** Messages that the filters leave and that can no longer be cancelled, although they are queued; known once nothing is left to cancel. */
  readonly underWay: number;
  /** Whether nothing is left to cancel. */
  readonly isComplete: boolean;
}

/** Cancels messages that wait and that the filters leave, up to a thousand: those that wait for their numbers first. */
export async function cancelMessages(
  db: Db,
  scope: Scope,
  filters: MessageFilters,
  now: Date,
  parts: StatusParts,
): Promise<Cancelled> {
  return db.transaction(async (tx) => {
    const jobs = await lockJobs(tx, scope, filters, maxCancelled);
    const scheduled = await takeManyScheduled(tx, scope, filters, maxCancelled - jobs.length, now);
    const ids = [...jobs.map(({ messageId }) => messageId), ...scheduled];
    await end(tx, ids, jobs, now, parts);
    const isComplete = ids.length < maxCancelled;
    const underWay = isComplete ? await countUnderWay(tx, scope, filters) : 0;
    return { cancelled: ids.length, underWay, isComplete };
  });
}

/** Records messages as cancelled, and takes their jobs out of their sender queues. */
async function end(
  tx: Transaction,
  ids: readonly string[],
  jobs: readonly WaitingJob[],
  now: Date,
  parts: StatusParts,
): Promise<void> {
  const errorCode = errorCodes.cancelled.code;
  const changes = ids.map((messageId) => ({ messageId, errorCode, status: 'failed', at: now }) as const);
  await recordStatuses(tx, changes, now, parts);
  insertEvents(
    tx,
    ids.map(
      (messageId) => ({ messageId, at: now, event: 'failed', detail: 'a request cancelled it' }) as const,
    ),
  );
  const unsent = jobs.map((job) => ({ ...job, isUnsent: true }));
  deleteJobs(tx, unsent, new Map(), now);
  if (jobs.length > 0) tx.afterCommit(() => parts.notifier.emit('cancellations'));
}
