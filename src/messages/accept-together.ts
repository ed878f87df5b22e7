// Group commit: orders that come in while a batch is being written form the next batch.
import type { Settings } from '../base/config.ts';
import { ApiError } from '../base/errors.ts';
import type { Db, Transaction } from '../db/db.ts';
import { batchWrites } from '../db/write-batch.ts';
import { poolsOf } from '../powerpacks/pool-cache.ts';
import { type AcceptParts, acceptOrders } from './accept-orders.ts';
import type { Acceptance, Order } from './order.ts';

/** The most messages of one batch. */
const maxBatch = 500;
/** Two would wait for each other's lanes, and be half as large. */
const batchesAtOnce = 1;

/** What accepting needs beside the order; but for `now` the same for all that use one database. */
export interface AcceptContext extends AcceptParts {
  readonly now: Date;
}

interface Arrived {
  readonly order: Order;
  readonly now: Date;
}

type Queue = (arrived: Arrived) => Promise<Acceptance | ApiError>;

const queues = new WeakMap<Db, Queue>();

/**
 * Accepts an order together with those that come in at the same time; resolves once it is durable.
 * @throws ApiError for an order that cannot be accepted.
 */
export async function acceptTogether(db: Db, order: Order, context: AcceptContext): Promise<Acceptance> {
  const queue = queues.get(db) ?? makeQueue(db, context);
  queues.set(db, queue);
  const answer = await queue({ order, now: context.now });
  if (answer instanceof ApiError) throw answer;
  return answer;
}

function distrustLoads(orders: readonly Order[], settings: Settings): void {
  poolsOf(settings).distrustLoads(
    orders.flatMap(({ from }) => (from.kind === 'powerpack' ? [from.uuid] : [])),
  );
}

function makeQueue(db: Db, { settings, signals, randomBytes }: AcceptContext): Queue {
  const parts = { settings, signals, randomBytes };
  return batchWrites<Arrived, Acceptance | ApiError>({
    batchesAtOnce,
    maxWeight: maxBatch,
    weigh: ({ order }) => order.destinations.length,
    async write(batch) {
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
        return await db.transaction(accept, { plansOnce: true });
      } catch (error) {
        distrustLoads(orders, settings);
        throw error;
      }
    },
  });
}
