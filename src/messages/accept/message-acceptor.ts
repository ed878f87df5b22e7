// Group commit: send requests that come in while a batch is being written form the next batch.
import { ApiError } from '../../base/errors.ts';
import type { Timers } from '../../base/timers.ts';
import type { TraceContext } from '../../base/tracer.ts';
import type { Db, TransactionOptions } from '../../db/db.ts';
import { isLockTimeout } from '../../db/wait-for-lock.ts';
import { WritesApart } from '../../db/write-apart.ts';
import { batchWrites, OwnerHasTooMuch, WaitingWrites } from '../../db/write-batch.ts';
import type { Acceptance, SendRequest } from '../send-request.ts';
import { type AcceptParts, acceptRequest, acceptRequests } from './accept-requests.ts';

/** The most messages of one batch. */
const maxBatch = 500;
/** Two would wait for each other's sender queues, and be half as large. */
const batchesAtOnce = 1;
/** How long a batch waits for a lock before its send requests are parted; locks are held here for milliseconds. */
const lockWaitMs = 1000;
/** The most batches at once of send requests that were parted. */
const apartAtOnce = 3;
/** From so many messages of a batch on, their account rests as long as the batch took, if there are others. */
const heavyPart = 100;
/** The most messages of one account that wait to be accepted: what takes the embedded database two seconds. SDKs wait for five. */
export const maxWaitingOfAccount = 10_000;
/** Seconds after which an account that has so many waiting should come again. */
const retryAfterSeconds = 1;

interface AcceptorParts extends AcceptParts {
  readonly db: Db;
  /** The machine's own: an account that has filled a batch rests by these. */
  readonly realTimers: Timers;
}

interface Arrived {
  readonly request: SendRequest;
  readonly now: Date;
}

type Answer = Acceptance | ApiError;

/** Instead of an answer: another transaction holds a lock that the batch needs. */
const held = Symbol('held');

/** Accepts messages. Accounts take turns, by messages. */
export class MessageAcceptor {
  readonly #parts: AcceptorParts;
  readonly #together: (arrived: Arrived) => Promise<Answer | typeof held>;
  readonly #apart: WritesApart<Arrived, Answer>;

  constructor(parts: AcceptorParts) {
    this.#parts = parts;
    const { realTimers } = parts;
    const common = {
      weigh: ({ request }: Arrived) => request.destinations.length,
      ownerOf: ({ request }: Arrived) => request.accountId,
      maxWeight: maxBatch,
    };
    this.#together = batchWrites<Arrived, Answer | typeof held>({
      ...common,
      waiting: new WaitingWrites(maxWaitingOfAccount),
      batchesAtOnce,
      coolDown: {
        fromWeight: heavyPart,
        nowMs: () => performance.now(),
        after: (delayMs, run) =>
          realTimers.at(new Date(realTimers.now().getTime() + Math.ceil(delayMs)), run),
      },
      write: async (batch) => {
        try {
          return await this.#write(batch, { lockWaitMs });
        } catch (error) {
          if (!isLockTimeout(error)) throw error;
          return batch.map(() => held);
        }
      },
    });
    this.#apart = new WritesApart<Arrived, Answer>({
      ...common,
      waiting: new WaitingWrites(maxWaitingOfAccount),
      keysAtOnce: apartAtOnce,
      write: (batch) => this.#write(batch, {}),
    });
  }

  /**
   * Stores a send request together with those that arrive at the same time; resolves once it is durable. When a lock that they need is
   * not given in time, they go on by powerpack, side by side, as does what comes after them until they are stored: only the send
   * requests that need the lock wait for it. On a `db` that is a part of a transaction the send request is stored there, by itself.
   * Where tracing is on, its messages keep the trace.
   * @throws ApiError for a send request that cannot be accepted, and when too much of its account waits already.
   */
  async accept(db: Db, request: SendRequest, now: Date, trace?: TraceContext): Promise<Acceptance> {
    const { tracer } = this.#parts;
    if (tracer === undefined) return this.#accept(db, request, now);
    const span = tracer.start('accept message', 'internal', trace, {
      'rucksack.messages': request.destinations.length,
    });
    try {
      const details = { ...request.details, trace: span.context };
      const accepted = await this.#accept(db, { ...request, details }, now);
      span.end({ 'rucksack.message_uuid': accepted.flatMap(({ messageId }) => messageId ?? []).join(' ') });
      return accepted;
    } catch (error) {
      span.end({}, (error as Error).message);
      throw error;
    }
  }

  async #accept(db: Db, request: SendRequest, now: Date): Promise<Acceptance> {
    if (db !== this.#parts.db) {
      return db.transaction((tx) => acceptRequest(tx, request, now, this.#parts));
    }
    const answer = await this.#acceptInBatch({ request, now });
    if (answer instanceof ApiError) throw answer;
    return answer;
  }

  async #acceptInBatch(arrived: Arrived): Promise<Answer> {
    const { from, accountId } = arrived.request;
    const key = from.kind === 'powerpack' ? from.uuid : accountId;
    try {
      const answer = this.#apart.has(key) ? held : await this.#together(arrived);
      return answer === held ? await this.#apart.write(key, arrived) : answer;
    } catch (error) {
      throw error instanceof OwnerHasTooMuch ? tooMuchWaits() : error;
    }
  }

  #write(batch: readonly Arrived[], options: TransactionOptions): Promise<readonly Answer[]> {
    const { db } = this.#parts;
    const now = new Date(Math.max(...batch.map((arrived) => arrived.now.getTime())));
    const requests = batch.map((arrived) => arrived.request);
    return db.transaction((tx) => acceptRequests(tx, requests, now, this.#parts), {
      plansOnce: true,
      ...options,
    });
  }
}

function tooMuchWaits(): ApiError {
  const sentence = `too many requests: ${maxWaitingOfAccount} messages of this account wait to be accepted already`;
  return new ApiError('tooMany', sentence, { 'Retry-After': String(retryAfterSeconds) });
}
