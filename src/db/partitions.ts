// Tables that are divided by the time of their ids (db/migrations/0078_partitions_by_time.sql): partitions are made ahead, and dropped once all
// their rows are old.
import type { Db } from './db.ts';

/** A table whose rows are divided by their ids, which are UUIDs of version 7. */
export interface PartitionedTable {
  readonly name: string;
  /** The column that divides it. */
  readonly key: string;
  /** How many days a partition holds. */
  readonly days: number;
  /** Finds a row that is still needed, among those with ids before `$1`. It may read much: nothing waits for it. */
  readonly neededSql: string;
  /** Finds a row that has become needed since: by an index, while all others wait. Absent where old rows never do. */
  readonly neededAgainSql?: string;
}

/**
 * How long a partition must be there before its first row. Retention runs every hour: where it fails twelve times, there are rows
 * in the last partition, which are then read before it is divided, while all others wait.
 */
const aheadMs = 12 * 3600 * 1000;
/** A partition is made and dropped at once, but nothing else may use the table: others wait behind this one for so long at most. */
const lockWaitMs = 2000;
/** How long the others wait at most while a last partition that has rows is read: beyond it nothing is divided (docs/operating.md). */
const readMs = 5000;

/** Makes the next partition if its time is near. Of several processes one does it. Returns whether this one did. */
export async function addPartition(
  db: Db,
  { name, key, days }: PartitionedTable,
  now: Date,
): Promise<boolean> {
  const until = new Date(now.getTime() + aheadMs);
  return db.transaction(
    async (tx) => {
      tx.send(`set local statement_timeout = ${readMs}`);
      const [row] = await tx.query<{ added: boolean }>('select add_partition($1, $2, $3, $4) as added', [
        name,
        key,
        days,
        until,
      ]);
      return row?.added === true;
    },
    { lockWaitMs },
  );
}

// The first partition takes rows of any earlier time, and goes with the next one.
const oldSql = 'select from partitions where parent = $1 and before_id <= $2 and from_id is not null limit 1';

/** Drops the partitions whose ids are all before `before`, unless a row is still needed. Returns how many. */
export async function dropPartitions(
  db: Db,
  { name, neededSql, neededAgainSql }: PartitionedTable,
  before: string,
): Promise<number> {
  if ((await db.query(oldSql, [name, before])).length === 0) return 0;
  if ((await db.query(neededSql, [before])).length > 0) return 0;
  return db.transaction(
    async (tx) => {
      tx.send(`lock table only ${name} in access exclusive mode`);
      if (neededAgainSql !== undefined && (await tx.query(neededAgainSql, [before])).length > 0) return 0;
      const [row] = await tx.query<{ dropped: number }>('select drop_partitions($1, $2) as dropped', [
        name,
        before,
      ]);
      return row?.dropped ?? 0;
    },
    { lockWaitMs },
  );
}
