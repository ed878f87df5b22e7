// Puts an account into the state of a snapshot, or empties it, while nothing of it is under way.
import { ApiError } from '../base/errors.ts';
import { KeyedMutex, MutexTimeout } from '../base/keyed-mutex.ts';
import type { Timers } from '../base/timers.ts';
import { violatedConstraint } from '../db/constraint.ts';
import type { Db, Transaction } from '../db/db.ts';
import { type ChangeTopic, changeTopics } from '../events/account-change.ts';
import type { AccountResets } from '../events/account-resets.ts';
import type { Notifier } from '../events/notifier.ts';
import { emptyAccount, findQueues, lockAccountRows } from './reset-store.ts';
import { findSnapshot, restoreSnapshot, takeSnapshot } from './snapshot-store.ts';

/** The snapshot that a reset returns to. */
export const startName = 'start';

export interface ResetParts {
  readonly db: Db;
  readonly resets: AccountResets;
  readonly notifier: Notifier;
  readonly realTimers: Timers;
}

/** How long a reset waits for another one of the same account. */
const waitMs = 10_000;

/** Resets of one account run one after another. */
const mutex = new KeyedMutex();

/**
 * Resets a main account: messages, callbacks, numbers and all else that it has are gone, and what is under way for it comes back no more.
 * What it had after it was made or seeded is there again.
 */
export async function resetAccount(parts: ResetParts, mainId: string): Promise<void> {
  const found = await findSnapshot(parts.db, mainId, startName);
  await replaceState(parts, mainId, found === 'none' ? undefined : startName);
}

/** Stores the state of a main account as the one that a reset returns to. */
export async function markStart(tx: Transaction, mainId: string, now: Date): Promise<void> {
  await takeSnapshot(tx, mainId, startName, await findQueues(tx, mainId), now);
}

/** Replaces all that an account has by a snapshot, or by nothing. */
async function replaceState(
  { db, resets, notifier, realTimers }: ResetParts,
  mainId: string,
  snapshot: string | undefined,
): Promise<void> {
  const replace = () =>
    resets.run(mainId, () =>
      db.transaction(async (tx) => {
        await lockAccountRows(tx, mainId);
        const queues = await findQueues(tx, mainId);
        await emptyAccount(tx, mainId, queues);
        if (snapshot !== undefined) await restoreSnapshot(tx, mainId, snapshot);
        return { mainId, queues };
      }),
    );
  try {
    await mutex.run(mainId, realTimers, waitMs, replace);
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
  notifier.announce({ mainId, subaccountId: undefined, topics: ownTopics });
  notifier.emit('queues');
  notifier.emit('webhooks');
}

const ownTopics: readonly ChangeTopic[] = changeTopics.filter((topic) => topic !== 'carriers');

/** Constraints that a state breaks whose numbers or short codes another account has taken meanwhile. */
const taken = ['numbers_pkey', 'pool_members_sender', 'pool_members_number'];

function refusalOf(error: unknown): ApiError | undefined {
  if (error instanceof MutexTimeout) return new ApiError('conflict', 'the account is being reset already');
  if (!taken.includes(violatedConstraint(error) ?? '')) return undefined;
  return new ApiError('conflict', 'another account has taken a number or short code of that state meanwhile');
}
