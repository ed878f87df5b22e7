// Answers a request that carries an `Idempotency-Key` once, and from then on with the same answer.
import { ApiError } from '../../base/errors.ts';
import type { Sealer } from '../../base/seal.ts';
import type { Timers } from '../../base/timers.ts';
import type { Db, Transaction } from '../../db/db.ts';
import { inSavepoint, insideTransaction } from '../../db/nested-db.ts';
import { LockTimeout, waitingAtMost } from '../../db/wait-for-lock.ts';
import { idempotencyStart, isSettledRefusal } from '../../http/idempotency-key.ts';
import { inOwnTransaction } from '../own-transaction.ts';
import { claimKey, type FirstAnswer, type KeyedRequest, keepAnswer } from './idempotency-store.ts';
import { TurnMissed, Turns } from './turns.ts';

export interface AnswerText {
  readonly status: number;
  /** Empty for an answer without a body. */
  readonly body: string;
}

export interface OnceParts {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly now: Date;
  /** Of the real time, by which requests end. */
  readonly timers: Timers;
  /** How long to wait for the end of those before in this process, and then of one in another, in milliseconds. */
  readonly waitMs: number;
  /** Answers the request, doing nothing but work on the database it is given: a deadlock runs it again. */
  readonly answer: (db: Db) => Promise<AnswerText>;
  /** The answer to a mistake of the caller's. */
  readonly refuse: (mistake: ApiError) => AnswerText;
}

/** Of the requests under one key, in each process: who waits at the database has one of its few connections. */
const turns = new WeakMap<Db, Turns>();

/**
 * The answer to a request: the first one under its key if there is one not older than 24 hours, else a new one. What the request
 * does, its key and its answer are one transaction, so none is ever there without the others; a second request with the key
 * waits for that. What failed for another reason than the request itself leaves nothing behind, and may be tried again.
 * @throws ApiError conflict when the key stands for another request, or the first one does not end in time.
 */
export async function answerOnce(
  parts: OnceParts,
  request: KeyedRequest,
): Promise<AnswerText & { readonly isReplay: boolean }> {
  const { db, timers, waitMs } = parts;
  const ofDb = turns.get(db) ?? new Turns();
  turns.set(db, ofDb);
  try {
    return await ofDb.take(`${request.accountId} ${request.key}`, timers, waitMs, () =>
      inOwnTransaction(db, request.accountId, () => answerInTurn(parts, request)),
    );
  } catch (error) {
    if (!(error instanceof TurnMissed || error instanceof LockTimeout)) throw error;
    throw new ApiError('conflict', 'the first request with this Idempotency-Key is still under way');
  }
}

/** @throws LockTimeout when another process is answering under the key, and does not end in time. */
function answerInTurn(parts: OnceParts, request: KeyedRequest) {
  const { db, sealer, now, waitMs } = parts;
  return db.transaction(async (tx) => {
    const first = await waitingAtMost(tx, waitMs, () => claimKey(tx, request, now, idempotencyStart(now)));
    if (first !== undefined) return replay(first, request, sealer);
    const answer = await answerInPart(tx, parts);
    // Sealed, because answers may hold new tokens.
    await keepAnswer(tx, request, answer.status, sealer.seal(answer.body));
    return { ...answer, isReplay: false };
  });
}

function replay({ fingerprint, status, sealedBody }: FirstAnswer, request: KeyedRequest, sealer: Sealer) {
  if (Buffer.compare(fingerprint, request.fingerprint) !== 0) {
    throw new ApiError(
      'conflict',
      'this Idempotency-Key was used for another request: same keys are for the same method, path and parameters',
    );
  }
  return { status, body: sealer.open(sealedBody), isReplay: true };
}

/** Makes the answer in a part of the transaction that a refusal undoes. Throws what is no answer to keep. */
async function answerInPart(tx: Transaction, { db, answer, refuse }: OnceParts): Promise<AnswerText> {
  try {
    return await inSavepoint(tx, (part) => answer(insideTransaction(part, db)));
  } catch (error) {
    if (error instanceof ApiError && isSettledRefusal(error.status)) return refuse(error);
    throw error;
  }
}
