// Answers requests with an `Idempotency-Key` once, and repetitions with the same answer.

import type { Encrypter } from '../../base/encrypt.ts';
import { ApiError } from '../../base/errors.ts';
import { KeyedMutex, MutexTimeout } from '../../base/keyed-mutex.ts';
import type { Timers } from '../../base/timers.ts';
import type { Db, Transaction } from '../../db/db.ts';
import { inSavepoint, insideTransaction } from '../../db/nested-db.ts';
import { LockTimeout, waitingAtMost } from '../../db/wait-for-lock.ts';
import { idempotencyStart, isFinalError } from '../../http/idempotency-key.ts';
import type { OwnTransactions } from '../own-transactions.ts';
import { type FirstAnswer, type KeyedRequest, storeAnswer, takeKey } from './idempotency-store.ts';

export interface AnswerText {
  readonly status: number;
  /** Empty for an answer without a body. */
  readonly body: string;
}

interface IdempotencyParts {
  readonly db: Db;
  readonly ownTransactions: OwnTransactions;
  readonly encrypter: Encrypter;
  /** Timers of the real time, in which requests end. */
  readonly timers: Timers;
  /** How long to wait for earlier requests with the key in this process, and then for one in another process, in milliseconds. */
  readonly waitMs: number;
}

/** How to answer the first request with a key. */
export interface FirstAnswering {
  readonly now: Date;
  /** Answers the request, with work on the given database only: a deadlock runs it again. */
  readonly answer: (db: Db) => Promise<AnswerText>;
  /** Returns the answer to an error of the caller. */
  readonly refuse: (mistake: ApiError) => AnswerText;
}

/** Answers requests that have a key. */
export class Idempotency {
  readonly #parts: IdempotencyParts;
  /** For requests with the same key in this process: waiting in the database would take one of its few connections. */
  readonly #mutex = new KeyedMutex();

  constructor(parts: IdempotencyParts) {
    this.#parts = parts;
  }

  /**
   * Returns the answer to a request: the stored one if its key was used within 24 hours, else a new one. The changes of a
   * request, its key and its answer are one transaction, so none exists without the others; a second request with the key waits
   * for it. An error other than the request's own leaves nothing behind, and the request may be repeated.
   * @throws ApiError conflict when the key belongs to another request, or the first one does not end in time.
   */
  async answer(
    request: KeyedRequest,
    first: FirstAnswering,
  ): Promise<AnswerText & { readonly isReplay: boolean }> {
    const { db, ownTransactions, timers, waitMs } = this.#parts;
    try {
      return await this.#mutex.run(`${request.accountId} ${request.key}`, timers, waitMs, () =>
        ownTransactions.run(db, request.accountId, (tx) => answerInTurn(tx, this.#parts, request, first)),
      );
    } catch (error) {
      if (!(error instanceof MutexTimeout || error instanceof LockTimeout)) throw error;
      throw new ApiError('conflict', 'the first request with this Idempotency-Key is still under way');
    }
  }
}

/** @throws LockTimeout when another process is answering under the key, and does not end in time. */
async function answerInTurn(
  tx: Transaction,
  { db, encrypter, waitMs }: IdempotencyParts,
  request: KeyedRequest,
  { now, answer, refuse }: FirstAnswering,
) {
  const first = await waitingAtMost(tx, waitMs, () => takeKey(tx, request, now, idempotencyStart(now)));
  if (first !== undefined) return replay(first, request, encrypter);
  const given = await answerInPart(tx, db, { answer, refuse });
  // Encrypted, because answers may contain new tokens.
  await storeAnswer(tx, request, given.status, encrypter.encrypt(given.body));
  return { ...given, isReplay: false };
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

/** Makes the answer in a part of the transaction that an error undoes. Throws errors that are not to be stored. */
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
