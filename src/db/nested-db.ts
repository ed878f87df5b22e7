// A transaction used as a database, so that code written for transactions of its own becomes part of a larger one.
import type { Db, Transaction } from './db.ts';
import { PointReads } from './point-reads.ts';

/**
 * Runs `work` as a part of `tx` with a savepoint: when it throws, its changes are undone and `tx` goes on. Its `afterCommit`
 * runs after the commit of `tx`. Parts of one transaction must follow one another.
 */
export async function inSavepoint<Result>(
  tx: Transaction,
  work: (part: Transaction) => Promise<Result>,
): Promise<Result> {
  let ended = false;
  const committed: (() => void)[] = [];
  let failure: { readonly error: unknown } | undefined;
  const part: Transaction = {
    inTransaction: true,
    query: (sql, values) =>
      ended
        ? Promise.reject(new Error('The savepoint has ended: it cannot be queried any more.'))
        : tx.query(sql, values),
    send: (sql, values) =>
      void part.query(sql, values).catch((error: unknown) => {
        failure ??= { error };
      }),
    afterCommit: (run) => void committed.push(run),
  };
  // A savepoint of the same name hides the one before it until it is released.
  await tx.query('savepoint part');
  try {
    const result = await work(part).finally(() => {
      ended = true;
    });
    // Queries run in the order asked, so this waits for those still under way, and fails when one of them failed.
    await tx.query('release savepoint part').catch((error: unknown) => {
      throw failure === undefined ? error : failure.error;
    });
    for (const run of committed) tx.afterCommit(run);
    return result;
  } catch (error) {
    await tx.query('rollback to savepoint part');
    await tx.query('release savepoint part');
    throw error;
  }
}

/**
 * Returns `tx` as a database whose every query and transaction is a part of it, undone alone when it fails. They run one after
 * another, as on the single connection of the embedded database, and are planned as `tx` is. A deadlock is not run again here: the owner of `tx` runs all
 * of it again.
 */
export function insideTransaction(tx: Transaction, { engine, sharing }: Pick<Db, 'engine' | 'sharing'>): Db {
  let last: Promise<unknown> = Promise.resolve();
  const transaction: Db['transaction'] = (work) => {
    const result = last.then(() => inSavepoint(tx, work));
    last = result.catch(() => undefined);
    return result;
  };
  const query: Db['query'] = (sql, values) => transaction((part) => part.query(sql, values));
  const pointReads = new PointReads({ query });
  return {
    engine,
    sharing,
    query,
    readOne: (load, key) => pointReads.one(load, key),
    transaction,
    close: cannotClose,
  };
}

/**
 * Runs `work` with `tx` as a database. All of it is one: where a query or a transaction of that database fails, `tx` fails with the same
 * error, even if `work` goes on. This costs no savepoint and no wait for one, so it is for work that ends with its first failure.
 */
export async function asWhole<Result>(
  tx: Transaction,
  { engine, sharing }: Pick<Db, 'engine' | 'sharing'>,
  work: (db: Db) => Promise<Result>,
): Promise<Result> {
  let failure: { readonly error: unknown } | undefined;
  const noteFailure = <Value>(value: Promise<Value>): Promise<Value> => {
    value.catch((error: unknown) => {
      failure ??= { error };
    });
    return value;
  };
  const query: Db['query'] = (sql, values) => noteFailure(tx.query(sql, values));
  const pointReads = new PointReads({ query });
  const result = await work({
    engine,
    sharing,
    query,
    readOne: (load, key) => pointReads.one(load, key),
    transaction: (part) => noteFailure(part(tx)),
    close: cannotClose,
  });
  if (failure !== undefined) throw failure.error;
  return result;
}

const cannotClose = () => Promise.reject(new Error('A transaction lent out as a database cannot be closed.'));
