// A transaction on one connection of a pool.
import pg from 'pg';
import { planOnceInTransaction } from './connection-plans.ts';
import type { Connections } from './connections.ts';
import type { Reader, Transaction, TransactionOptions } from './db.ts';
import { hasCode } from './error-code.ts';
import type { Sharing } from './pooler.ts';
import { settingsFor } from './postgres.ts';
import { DatabaseUnavailable, isReadOnly } from './unavailable.ts';

/** SQLSTATE of every query in a transaction after one of its statements has failed. */
const alreadyFailed = '25P02';

/**
 * Runs one attempt of a transaction without needless waits: `begin` is sent with the first query, `commit` with the last
 * statement.
 */
export async function attemptTransaction<Result>(
  connections: Connections,
  work: (tx: Transaction) => Promise<Result>,
  options: TransactionOptions,
): Promise<Result> {
  const client = await connections.connect(options.plansOnce);
  const tx = openTransaction(connections, client);
  let result: Result;
  try {
    const begun = connections.control(client, beginning(options, connections.sharing));
    begun.catch(() => undefined);
    result = await work(tx.transaction);
    await begun;
    const committed = connections.control(client, 'commit');
    committed.catch(() => undefined);
    await tx.end();
    // A transaction in which a statement failed answers `commit` with a rollback and no error.
    if ((await committed) !== 'COMMIT')
      throw new Error('The transaction was rolled back: a failed query was ignored in it.');
  } catch (thrown) {
    const error = await tx.end().then(
      () => thrown,
      // A sent statement has failed; later queries only got "already failed".
      (failure: unknown) => (hasCode(thrown, alreadyFailed) ? failure : thrown),
    );
    client.release(await rollBack(connections, client, error));
    throw error;
  }
  client.release();
  for (const run of tx.committed) run();
  return result;
}

/** Returns the statements that begin a transaction, in one message to the server. */
function beginning({ plansOnce = false, lockWaitMs }: TransactionOptions, sharing: Sharing): string {
  return [
    'begin',
    ...(sharing === 'transactions' ? [settingsFor('transaction')] : []),
    ...(sharing === 'transactions' && plansOnce ? [planOnceInTransaction] : []),
    ...(lockWaitMs === undefined ? [] : [`set local lock_timeout = ${lockWaitMs}`]),
  ].join('; ');
}

/** Ends the transaction with a rollback after `error`; returns whether `release()` must destroy the connection. */
async function rollBack(connections: Connections, client: pg.PoolClient, error: unknown): Promise<boolean> {
  // A server that has not answered will not answer this either. The transaction ends with the connection.
  if (error instanceof DatabaseUnavailable && !(error.cause instanceof pg.DatabaseError)) return true;
  if (isReadOnly(error)) return true;
  try {
    await connections.control(client, 'rollback');
    return false;
  } catch {
    // The connection, and the transaction with it, is gone or not to be trusted: the caller gets the first error.
    return true;
  }
}

/**
 * Makes a transaction on `client` whose queries run one after another, in the order asked, and which refuses queries once
 * ended. `end` waits for those still under way, and fails with the first error of those that were sent without being waited
 * for.
 */
function openTransaction(
  connections: Connections,
  client: pg.PoolClient,
): { transaction: Transaction; committed: readonly (() => void)[]; end: () => Promise<void> } {
  let ended = false;
  const committed: (() => void)[] = [];
  const underWay = new Set<Promise<unknown>>();
  let failure: { readonly error: unknown } | undefined;
  const query: Reader['query'] = (sql, values = []) => {
    if (ended) return Promise.reject(new Error('The transaction has ended: it cannot be queried any more.'));
    const rows = connections.query<never>(client, sql, values);
    const settled: Promise<unknown> = rows.catch(() => undefined);
    underWay.add(settled);
    void settled.then(() => underWay.delete(settled));
    return rows;
  };
  return {
    transaction: {
      inTransaction: true,
      query,
      send: (sql, values) =>
        void query(sql, values).catch((error: unknown) => {
          failure ??= { error };
        }),
      afterCommit: (run) => void committed.push(run),
    },
    committed,
    async end() {
      ended = true;
      await Promise.all(underWay);
      if (failure !== undefined) throw failure.error;
    },
  };
}
