// Answers a request that carries an `Idempotency-Key` once, and from then on with the same answer.

import type { Encrypter } from '../../base/encrypt.ts';
import { ApiError } from '../../base/errors.ts';
import { KeyedMutex, MutexTimeout } from '../../base/keyed-mutex.ts';
import type { Timers } from '../../base/timers.ts';
import type { Db, Transaction } from '../../db/db.ts';
import { inSavepoint, insideTransaction } from '../../db/nested-db.ts';
import { LockTimeout, waitingAtMost } from '../../db/wait-for-lock.ts';
import { idempotencyStart, isFinalError } from '../../http/idempotency-key.ts';
import { inOwnTransaction } from '../own-transaction.ts';
import { claimKey, type FirstAnswer, type KeyedRequest, keepAnswer } from './idempotency-store.ts';

export interface AnswerText {
  readonly status: number;
  /** Empty for an answer without a body. */
  readonly body: string;
}

export interface IdempotencyParts {
  readonly db: Db;
  readonly encrypter: Encrypter;
  /** Of the real time, by which requests end. */
  readonly timers: Timers;
  /** How long to wait for the end of those before in this process, and then of one in another, in milliseconds. */
  readonly waitMs: number;
}

/** How a request is answered that is the first one under its key. */
export interface FirstAnswering {
  readonly now: Date;
  /** Answers the request, doing nothing but work on the database it is given: a deadlock runs it again. */
  readonly answer: (db: Db) => Promise<AnswerText>;
  /** The answer to a mistake of the caller's. */
  readonly refuse: (mistake: ApiError) => AnswerText;
}

/** Answers requests that carry a key. */
export class Idempotency {
  readonly #parts: IdempotencyParts;
  /** Of the requests under one key, in this process: who waits at the database has one of its few connections. */
  readonly #mutex = new KeyedMutex();

  constructor(parts: IdempotencyParts) {
    this.#parts = parts;
  }

  /**
   * The answer to a request: the first one under its key if there is one not older than 24 hours, else a new one. What the request
   * does, its key and its answer are one transaction, so none is ever there without the others; a second request with the key
   * waits for that. What failed for another reason than the request itself leaves nothing behind, and may be tried again.
   * @throws ApiError conflict when the key stands for another request, or the first one does not end in time.
   */
  async answerOnce(
    request: KeyedRequest,
    first: FirstAnswering,
  ): Promise<AnswerText & { readonly isReplay: boolean }> {
    const { db, timers, waitMs } = this.#parts;
    try {
      return await this.#mutex.run(`${request.accountId} ${request.key}`, timers, waitMs, () =>
        inOwnTransaction(db, request.accountId, () => answerInTurn(this.#parts, request, first)),
      );
    } catch (error) {
      if (!(error instanceof MutexTimeout || error instanceof LockTimeout)) throw error;
      throw new ApiError('conflict', 'the first request with this Idempotency-Key is still under way');
    }
  }
}

/** @throws LockTimeout when another process is answering under the key, and does not end in time. */
function answerInTurn(
  { db, encrypter, waitMs }: IdempotencyParts,
  request: KeyedRequest,
  { now, answer, refuse }: FirstAnswering,
) {
  return db.transaction(async (tx) => {
    const first = await waitingAtMost(tx, waitMs, () => claimKey(tx, request, now, idempotencyStart(now)));
    if (first !== undefined) return replay(first, request, encrypter);
    const given = await answerInPart(tx, db, { answer, refuse });
    // Encrypted, because answers may hold new tokens.
    await keepAnswer(tx, request, given.status, encrypter.encrypt(given.body));
    return { ...given, isReplay: false };
  });
}

function replay(
  { fingerprint, status, encryptedBody }: FirstAnswer,
  request: KeyedRequest,
  encrypter: Encrypter,
) {
  if (Buffer.compare(fingerprint, request.fingerprint) !== 0) {
    throw new ApiError(
      'conflict',
      'this Idempotency-Key was used for another request: same keys are for the same method, path and parameters',
    );
  }
  return { status, body: encrypter.decrypt(encryptedBody), isReplay: true };
}

/** Makes the answer in a part of the transaction that a refusal undoes. Throws what is no answer to keep. */
async function answerInPart(
  tx: Transaction,
  db: Db,
  { answer, refuse }: Pick<FirstAnswering, 'answer' | 'refuse'>,
): Promise<AnswerText> {
  try {
    return await inSavepoint(tx, (part) => answer(insideTransaction(part, db)));
  } catch (error) {
    if (error instanceof ApiError && isFinalError(error.status)) return refuse(error);
    throw error;
  }
}
