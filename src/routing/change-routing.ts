// Every change of carriers and routes: one at a time, and told to the processes that go by them.
import type { Db, Transaction } from '../db/db.ts';
import type { Notifier } from '../events/notifier.ts';

/** Runs a change of carriers or routes in a transaction of its own; once it is durable, every process reads them again. */
export function changeRouting<Result>(
  db: Db,
  notifier: Pick<Notifier, 'emit'>,
  change: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return db.transaction(async (tx) => {
    await tx.query('select 1 from routing_version for update');
    tx.afterCommit(() => notifier.emit('routing'));
    return change(tx);
  });
}
