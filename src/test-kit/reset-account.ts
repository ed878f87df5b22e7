// Puts an account into the state of a snapshot, or empties it, while nothing of it is under way.
import { ApiError } from '../base/errors.ts';
import { KeyedMutex, MutexTimeout } from '../base/keyed-mutex.ts';
import type { Timers } from '../base/timers.ts';
import { readRules, writeRule } from '../carriers/simulator/rule-format.ts';
import type { Simulator } from '../carriers/simulator/simulator.ts';
import { violatedConstraint } from '../db/constraint.ts';
import type { Db, Transaction } from '../db/db.ts';
import { type ChangeTopic, changeTopics } from '../events/account-change.ts';
import type { AccountResets } from '../events/account-resets.ts';
import type { Notifier } from '../events/notifier.ts';
import { resumeReports } from './pending-reports.ts';
import { emptyAccount, findQueues, lockAccountRows } from './reset-store.ts';
import {
  findSnapshot,
  listSnapshots,
  measureState,
  restoreSnapshot,
  takeSnapshot,
} from './snapshot-store.ts';

/** The snapshot that a reset returns to. */
const startName = 'start';

const maxSnapshots = 20;
const maxMessages = 20_000;
const maxMediaBytes = 32 * 1024 * 1024;

export interface ResetParts {
  readonly db: Db;
  readonly resets: AccountResets;
  readonly notifier: Notifier;
  readonly simulator: Simulator | undefined;
  readonly realTimers: Timers;
  /** The time of the account's messages once its state is replaced. */
  readonly timeAfter: () => Promise<Date>;
}

/** How long a reset waits for another one of the same account. */
const waitMs = 10_000;

/** Resets of one account run one after another. */
const mutex = new KeyedMutex();

/**
 * Deletes all that a main account has: messages, callbacks, numbers and the rest. Work under way for it comes back no more.
 * What it had after it was made or seeded is there again.
 */
export async function resetAccount(parts: ResetParts, mainId: string): Promise<void> {
  const hasStart = await findSnapshot(parts.db, mainId, startName);
  await replaceState(parts, mainId, hasStart ? startName : undefined);
}

/**
 * Restores a main account to a snapshot.
 * @throws ApiError notFound
 */
export async function restoreState(parts: ResetParts, mainId: string, name: string): Promise<void> {
  if (!(await findSnapshot(parts.db, mainId, name))) throw new ApiError('notFound', 'snapshot not found');
  await replaceState(parts, mainId, name);
}

/**
 * Stores the state of a main account, by default as the one that a reset returns to.
 * @throws ApiError conflict for too many snapshots or too much in one.
 */
export async function storeState(
  tx: Transaction,
  mainId: string,
  { simulator, now }: Pick<ResetParts, 'simulator'> & { readonly now: Date },
  name = startName,
): Promise<void> {
  const names = (await listSnapshots(tx, mainId)).map((snapshot) => snapshot.name);
  if (names.length >= maxSnapshots && !names.includes(name))
    throw new ApiError('conflict', `there are ${maxSnapshots} snapshots already; delete one first`);
  const { messages, mediaBytes } = await measureState(tx, mainId);
  if (messages > maxMessages)
    throw new ApiError('conflict', `a snapshot holds at most ${maxMessages} messages; there are ${messages}`);
  if (mediaBytes > maxMediaBytes)
    throw new ApiError(
      'conflict',
      `a snapshot holds at most ${maxMediaBytes} bytes of media; there are ${mediaBytes}`,
    );
  const rules = simulator?.ownRules(mainId).rules.map(writeRule) ?? [];
  await takeSnapshot(tx, mainId, name, { queues: await findQueues(tx, mainId), rules }, now);
}

/** Replaces all that an account has by a snapshot, or by nothing. */
async function replaceState(
  { db, resets, notifier, simulator, realTimers, timeAfter }: ResetParts,
  mainId: string,
  snapshot: string | undefined,
): Promise<void> {
  let rules: unknown = [];
  const replace = () =>
    resets.run(mainId, () =>
      db.transaction(async (tx) => {
        await lockAccountRows(tx, mainId);
        const queues = await findQueues(tx, mainId);
        await emptyAccount(tx, mainId, queues);
        if (snapshot !== undefined) rules = await restoreSnapshot(tx, mainId, snapshot);
        return { mainId, queues };
      }),
    );
  try {
    await mutex.run(mainId, realTimers, waitMs, replace);
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
  const now = await timeAfter();
  simulator?.ownRules(mainId).replace(readRules(rules));
  if (simulator !== undefined && snapshot !== undefined)
    await resumeReports(db, simulator, { mainId, snapshot, now });
  notifier.announce({ mainId, subaccountId: undefined, topics: ownTopics });
  for (const topic of ['queues', 'schedule', 'webhooks', 'pauses'] as const) notifier.emit(topic);
}

const ownTopics: readonly ChangeTopic[] = changeTopics.filter((topic) => topic !== 'carriers');

/** Constraints that a state breaks whose numbers, short codes or names another account has taken meanwhile. */
const taken = ['numbers_pkey', 'pool_members_sender', 'pool_members_number', 'alphanumeric_senders_approved'];

function refusalOf(error: unknown): ApiError | undefined {
  if (error instanceof MutexTimeout) return new ApiError('conflict', 'the account is being reset already');
  if (!taken.includes(violatedConstraint(error) ?? '')) return undefined;
  return new ApiError(
    'conflict',
    'another account has taken a number, short code or name of that state meanwhile',
  );
}
