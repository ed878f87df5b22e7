// Group commit: orders that come in while a batch is being written form the next batch.
import type { Settings } from '../../base/config.ts';
import { ApiError } from '../../base/errors.ts';
import type { Timers } from '../../base/timers.ts';
import type { Db, Transaction, TransactionOptions } from '../../db/db.ts';
import { isLockTimeout } from '../../db/wait-for-lock.ts';
import { WritesApart } from '../../db/write-apart.ts';
import { batchWrites, OwnerHasTooMuch, WaitingWrites } from '../../db/write-batch.ts';
import { poolsOf } from '../../powerpacks/selection/pool-cache.ts';
import type { Acceptance, Order } from '../order.ts';
import { type AcceptParts, acceptOrders } from './accept-orders.ts';

/** The most messages of one batch. */
const maxBatch = 500;
/** Two would wait for each other's lanes, and be half as large. */
const batchesAtOnce = 1;
/** How long a batch waits for a lock, which whoever takes one here gives back within milliseconds, before its orders are parted. */
const lockWaitMs = 1000;
/** The most batches at once of orders that were parted. */
const apartAtOnce = 3;
/** From so many messages of a batch on, their account rests as long as the batch took, if there are others. */
const heavyPart = 100;
/** The most messages of one account that wait to be accepted: what takes the embedded database two seconds. SDKs wait for five. */
export const maxWaitingOfAccount = 10_000;
/** Seconds after which an account that has so many waiting should come again. */
const retryAfterSeconds = 1;

/** What accepting needs beside the order; but for `now` the same for all that use one database. */
export interface AcceptContext extends AcceptParts {
  /** The machine's own: an account that has filled a batch rests by these. */
  readonly realTimers: Timers;
  readonly now: Date;
}

interface Arrived {
  readonly order: Order;
  readonly now: Date;
}

type Answer = Acceptance | ApiError;

interface Queues {
  readonly together: (arrived: Arrived) => Promise<Answer | typeof held>;
  readonly apart: WritesApart<Arrived, Answer>;
}

/** Instead of an answer: somebody holds a lock that the batch wants. */
const held = Symbol('held');

const queuesOf = new WeakMap<Db, Queues>();

/**
 * Accepts an order together with those that come in at the same time; resolves once it is durable. When a lock that they want is not
 * given in time, they go on by powerpack, side by side, as does what comes after them until they are accepted: so those alone wait
 * that need the lock. Accounts take turns, by messages.
 * @throws ApiError for an order that cannot be accepted, and when too much of its account waits already.
 */
export async function acceptTogether(db: Db, order: Order, context: AcceptContext): Promise<Acceptance> {
  const queues = queuesOf.get(db) ?? makeQueues(db, context);
  queuesOf.set(db, queues);
  const arrived = { order, now: context.now };
  const { together, apart } = queues;
  const key = order.from.kind === 'powerpack' ? order.from.uuid : order.accountId;
  try {
    let answer = apart.has(key) ? held : await together(arrived);
    if (answer === held) answer = await apart.write(key, arrived);
    if (answer instanceof ApiError) throw answer;
    return answer;
  } catch (error) {
    throw error instanceof OwnerHasTooMuch ? tooMuchWaits() : error;
  }
}

function tooMuchWaits(): ApiError {
  const sentence = `too many requests: ${maxWaitingOfAccount} messages of this account wait to be accepted already`;
  return new ApiError('tooMany', sentence, { 'Retry-After': String(retryAfterSeconds) });
}

function distrustLoads(orders: readonly Order[], settings: Settings): void {
  poolsOf(settings).distrustLoads(
    orders.flatMap(({ from }) => (from.kind === 'powerpack' ? [from.uuid] : [])),
  );
}

function makeQueues(db: Db, { settings, signals, randomBytes, realTimers }: AcceptContext): Queues {
  const parts = { settings, signals, randomBytes };
  const common = {
    weigh: ({ order }: Arrived) => order.destinations.length,
    ownerOf: ({ order }: Arrived) => order.accountId,
    maxWeight: maxBatch,
  };

  async function write(batch: readonly Arrived[], options: TransactionOptions): Promise<readonly Answer[]> {
    const now = new Date(Math.max(...batch.map((arrived) => arrived.now.getTime())));
    const orders = batch.map((arrived) => arrived.order);
    let isFirst = true;
    const accept = (tx: Transaction) => {
      // What an attempt that failed has noted of the members' loads did not happen.
      if (!isFirst) distrustLoads(orders, settings);
      isFirst = false;
      return acceptOrders(tx, orders, now, parts);
    };
    try {
      return await db.transaction(accept, { plansOnce: true, ...options });
    } catch (error) {
      distrustLoads(orders, settings);
      throw error;
    }
  }

  const together = batchWrites<Arrived, Answer | typeof held>({
    ...common,
    waiting: new WaitingWrites(maxWaitingOfAccount),
    batchesAtOnce,
    rest: {
      fromWeight: heavyPart,
      nowMs: () => performance.now(),
      after: (delayMs, run) => realTimers.at(new Date(realTimers.now().getTime() + Math.ceil(delayMs)), run),
    },
    async write(batch) {
      try {
        return await write(batch, { lockWaitMs });
      } catch (error) {
        if (!isLockTimeout(error)) throw error;
        return batch.map(() => held);
      }
    },
  });
  const apart = new WritesApart<Arrived, Answer>({
    ...common,
    waiting: new WaitingWrites(maxWaitingOfAccount),
    keysAtOnce: apartAtOnce,
    write: (batch) => write(batch, {}),
  });
  return { together, apart };
}
