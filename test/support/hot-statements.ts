// Collects the statements that a server plans once, and shows how their plans reach tables.
import type { Db, Transaction } from '../../src/db/db.ts';

/** Returns `db`, which adds to `seen` each statement that is to be planned once. */
export function noteHotStatements(db: Db, seen: Set<string>): Db {
  const noting = (tx: Transaction): Transaction => ({
    ...tx,
    query: (sql, values) => {
      seen.add(sql);
      return tx.query(sql, values);
    },
    send: (sql, values) => {
      seen.add(sql);
      return tx.send(sql, values);
    },
  });
  return {
    ...db,
    query: (sql, values, options) => {
      if (options?.plansOnce) seen.add(sql);
      return db.query(sql, values, options);
    },
    transaction: (work, options) =>
      db.transaction((tx) => work(options?.plansOnce ? noting(tx) : tx), options),
  };
}

/** A node of a plan as `explain (format json)` shows it. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Filter?: string;
  readonly Plans?: readonly PlanNode[];
}

/** Returns the plan of a statement on a connection that plans once, whatever the values. */
export async function explainHot(db: Db, sql: string): Promise<PlanNode> {
  const count = Math.max(0, ...[...sql.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  const values = Array.from({ length: count }, () => 'null').join(', ');
  return db.transaction(
    async (tx) => {
      await tx.query(`prepare hot as ${sql}`);
      const execute = `explain (format json) execute hot${count === 0 ? '' : `(${values})`}`;
      const [row] = await tx.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(execute);
      await tx.query('deallocate hot');
      if (row === undefined) throw new Error('no plan');
      return row['QUERY PLAN'][0].Plan;
    },
    { plansOnce: true },
  );
}

/** Returns the tables and indexes that a plan reads from one end to the other, rather than by keys or until there is enough. */
export function readWhole(plan: PlanNode, isLimited = false): readonly string[] {
  const { 'Node Type': type, 'Relation Name': table, 'Index Name': index, 'Index Cond': condition } = plan;
  const isIndexed = /^(Index|Index Only|Bitmap Index) Scan$/.test(type);
  const endsEarly = isLimited && plan.Filter === undefined;
  const isWhole = type === 'Seq Scan' || (isIndexed && condition === undefined && !endsEarly);
  const children = (plan.Plans ?? []).flatMap((child) => readWhole(child, type === 'Limit'));
  return isWhole ? [index ?? table ?? type, ...children] : children;
}
