// The SQL of idempotency keys and their first answers.
import type { Db, Transaction } from '../../db/db.ts';

/** A request with an idempotency key of its account. */
export interface KeyedRequest {
  readonly accountId: string;
  readonly key: string;
  readonly fingerprint: Uint8Array;
}

export interface FirstAnswer {
  readonly fingerprint: Uint8Array;
  readonly status: number;
  readonly encryptedBody: Uint8Array;
}

interface AnswerRow {
  fingerprint: Uint8Array;
  status: number;
  encrypted_body: Uint8Array;
}

/**
 * Takes a key for this transaction, or returns the stored answer if it was first used after `start`. While another transaction
 * has the key, this waits for its end.
 */
export async function takeKey(
  tx: Transaction,
  { accountId, key, fingerprint }: KeyedRequest,
  now: Date,
  start: Date,
): Promise<FirstAnswer | undefined> {
  const claimed = await tx.query(
    `insert into idempotency_keys (account_id, key, fingerprint, created_at) values ($1, $2, $3, $4)
     on conflict (account_id, key) do update
       set fingerprint = excluded.fingerprint, status = null, encrypted_body = null, created_at = excluded.created_at
       where idempotency_keys.created_at <= $5
     returning key`,
    [accountId, key, fingerprint, now, start],
  );
  if (claimed.length === 1) return undefined;
  // The attempt has locked the row; and a row that another transaction committed has its answer.
  const [row] = await tx.query<AnswerRow>(
    'select fingerprint, status, encrypted_body from idempotency_keys where account_id = $1 and key = $2',
    [accountId, key],
  );
  if (row === undefined) throw new Error('An idempotency key was neither free nor taken.');
  return { fingerprint: row.fingerprint, status: row.status, encryptedBody: row.encrypted_body };
}

/** Stores the answer to the request that took its key in this transaction. */
export async function storeAnswer(
  tx: Transaction,
  { accountId, key }: KeyedRequest,
  status: number,
  encryptedBody: Uint8Array,
): Promise<void> {
  await tx.query(
    'update idempotency_keys set status = $3, encrypted_body = $4 where account_id = $1 and key = $2',
    [accountId, key, status, encryptedBody],
  );
}

/** Deletes some of the keys that were first used at `start` or earlier; returns how many. */
export async function deleteOldIdempotencyKeys(db: Db, start: Date, atMost: number): Promise<number> {
  const rows = await db.query(
    `delete from idempotency_keys where (account_id, key) in (
       select account_id, key from idempotency_keys where created_at <= $1
       order by created_at limit $2 for update skip locked)
     returning key`,
    [start, atMost],
  );
  return rows.length;
}
