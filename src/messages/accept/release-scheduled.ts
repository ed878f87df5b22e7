// Gives scheduled messages their send slots once their moment has come. The sender is chosen again: the pool may be another one by then.
import { ApiError } from '../../base/errors.ts';
import type { InFlightTracker } from '../../base/in-flight.ts';
import type { Logger } from '../../base/logger.ts';
import type { Timers } from '../../base/timers.ts';
import { startWorker, type Worker } from '../../base/worker.ts';
import type { Db, Transaction } from '../../db/db.ts';
import { DatabaseUnavailable } from '../../db/unavailable.ts';
import { parseE164 } from '../../telecom/e164.ts';
import { errorCodes } from '../error-codes.ts';
import { insertJobs } from '../outbox/outbox-store.ts';
import {
  type DueMessage,
  insertScheduled,
  listDueAccounts,
  nextSendAt,
  takeDueMessages,
} from '../outbox/schedule-store.ts';
import { insertEvents } from '../report/event-store.ts';
import { recordStatuses, type StatusChange } from '../report/record-status.ts';
import { defaultExpirySeconds, type SendRequest } from '../send-request.ts';
import { type AcceptParts, checkWarmUps, eventsOf, keepMappings, noteLoads } from './accept-requests.ts';
import { chooseSenders, chosenMessages } from './choose-senders.ts';
import { giveSlots, loadReleased, type ReleasedMessage } from './release-store.ts';
import { reserveSendSlots } from './reserve-send-slots.ts';

/** How often due messages are looked for that no wake-up told of, and how long an account is left alone whose release has failed. */
const lookEveryMs = 10_000;
/** How long is waited where messages are due and another transaction has them. */
const lookAgainMs = 1000;
/** The most messages of one account that one transaction releases: accounts take turns. */
const maxBatch = 100;

interface ReleaseParts extends AcceptParts {
  readonly db: Db;
  /** The clock of send slots. */
  readonly timers: Timers;
  readonly inFlight: InFlightTracker;
  readonly newId: () => string;
  readonly logger: Logger;
}

/** Starts releasing messages when their moment comes. */
export function startReleasing(parts: ReleaseParts): Worker {
  const { db, timers, inFlight, notifier, logger } = parts;
  /** The accounts whose release has failed, and until when they are left alone. */
  const leftAlone = new Map<string, Date>();
  const worker = startWorker({
    timers,
    inFlight,
    lookEveryMs,
    onError: (error) => logger.error({ err: error }, 'releasing scheduled messages failed'),
    async round() {
      const now = timers.now();
      for (const [account, until] of leftAlone) if (until <= now) leftAlone.delete(account);
      const accounts = (await listDueAccounts(db, now)).filter((account) => !leftAlone.has(account));
      let released = 0;
      for (const account of accounts) released += await releaseOf(account, now);
      if (released > 0) return now;
      // All that is due is in the hands of another process, or of a request that cancels it.
      if (accounts.length > 0) return new Date(now.getTime() + lookAgainMs);
      const next = await nextSendAt(db, now);
      const moments = next === undefined ? [...leftAlone.values()] : [...leftAlone.values(), next];
      return moments.toSorted((a, b) => a.getTime() - b.getTime())[0];
    },
  });

  /** Ends the waiting of messages of one account, and returns of how many. A failure that is the account's own keeps no other waiting. */
  async function releaseOf(account: string, now: Date): Promise<number> {
    try {
      return await db.transaction((tx) => release(tx, account, now, parts));
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      logger.error({ err: error, account }, 'releasing the scheduled messages of an account failed');
      leftAlone.set(account, new Date(now.getTime() + lookEveryMs));
      return 0;
    }
  }

  const stopListening = notifier.on('schedule', worker.wake);
  return {
    ...worker,
    async stop() {
      stopListening();
      await worker.stop();
    },
  };
}

/** Ends the waiting of the messages of an account whose moment has come, the first hundred that no other transaction has. Returns how many they were. */
async function release(tx: Transaction, accountId: string, now: Date, parts: ReleaseParts): Promise<number> {
  const due = await takeDueMessages(tx, accountId, now, maxBatch);
  if (due.length === 0) return 0;
  const waiting = await loadReleased(
    tx,
    due.map(({ messageId }) => messageId),
  );
  const sendAts = new Map(due.map(({ messageId, sendAt }: DueMessage) => [messageId, sendAt]));
  const requests = waiting.map((one) => requestOf(one, sendAts.get(one.message.id) ?? now));
  const { choices, mappings } = await chooseSenders(tx, requests, now, parts);
  // Mappings are locked before sender queues by all who lock both.
  await keepMappings(tx, mappings, now, parts.settings.stickyDays);
  const ids = waiting
    .filter((_, index) => !(choices[index] instanceof ApiError))
    .map(({ message }) => message.id)
    .values();
  const { accepted, schedules, overrun } = await reserveSendSlots(
    tx,
    choices.flatMap(chosenMessages),
    now,
    () => ids.next().value ?? '',
  );
  checkWarmUps(parts.pools, overrun);
  const refused = waiting.flatMap(({ message: { id: messageId } }, index) => {
    const choice = choices[index];
    return choice instanceof ApiError
      ? [{ messageId, at: now, event: 'failed' as const, detail: choice.message }]
      : [];
  });
  const changes = [
    ...refused.map(({ messageId }) => failedNow(messageId, errorCodes.invalidSource.code, now)),
    ...accepted.flatMap(({ message: { id, status, errorCode } }) =>
      status === 'failed' ? [failedNow(id, errorCode, now)] : [],
    ),
  ];
  const jobs = accepted.flatMap(({ job }) => job ?? []);
  giveSlots(
    tx,
    accepted.map(({ message }) => message),
  );
  insertJobs(tx, jobs);
  insertScheduled(
    tx,
    accepted.flatMap(({ scheduled }) => scheduled ?? []),
  );
  await recordStatuses(tx, changes, now, parts);
  insertEvents(tx, [...refused, ...accepted.flatMap(eventsOf)]);
  tx.afterCommit(() => {
    noteLoads(parts.pools, accepted, schedules);
    parts.notifier.emit('queues', [...new Set(jobs.map(({ queue }) => queue))]);
  });
  return due.length;
}

const failedNow = (messageId: string, errorCode: number | undefined, at: Date): StatusChange => ({
  messageId,
  status: 'failed',
  errorCode,
  at,
});

/** Returns a message as it was asked for, as far as its sender and its send slot go. */
function requestOf({ message, text, isChosen }: ReleasedMessage, until: Date): SendRequest {
  const { accountId, subaccountId, powerpackUuid, details } = message;
  const { sendAt, expirySeconds } = details;
  return {
    accountId,
    subaccountId,
    from:
      isChosen && powerpackUuid !== undefined
        ? { kind: 'powerpack', uuid: powerpackUuid }
        : { kind: 'number', sender: message.sender },
    destinations: [parseE164(message.destination) ?? []].flat(),
    service: message.service,
    text,
    media: [],
    callback: message.callback,
    log: message.log,
    expirySeconds: expirySeconds ?? defaultExpirySeconds,
    priority: details.priority ?? 'transactional',
    hasOwnExpiry: expirySeconds !== undefined,
    sendAt: sendAt === undefined ? undefined : new Date(sendAt),
    waited: { acceptedAt: message.acceptedAt, until },
    requesterIp: message.requesterIp,
    // The campaign is that of the number that sends.
    details: { ...details, campaignId: undefined },
  };
}
