// Checkpoints and vacuum, which background processes of PostgreSQL do and the embedded database lacks.
import type { Reader } from '../db.ts';

const everyMs = 10_000;

/** Bytes of log since the last checkpoint after which the next one is due: all of it is replayed after a crash. */
const checkpointAfterBytes = 128 * 1024 * 1024;

const logSinceCheckpoint = `
  select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 as bytes from pg_control_checkpoint()`;

// The thresholds are those of PostgreSQL's autovacuum: dead rows, new rows, changed rows for the planner's statistics, and the age of
// transaction numbers, at whose end (two thousand million) PostgreSQL refuses to write.
const neglectedTables = `
  select quote_ident(s.schemaname) || '.' || quote_ident(s.relname) as name
  from pg_stat_all_tables s
  join pg_class c on c.oid = s.relid
  -- A table that is divided has no rows of its own, and no age.
  where s.schemaname <> 'pg_toast' and c.relkind <> 'p'
    and (n_dead_tup > 50 + 0.2 * n_live_tup
      or n_ins_since_vacuum > 1000 + 0.2 * n_live_tup
      or n_mod_since_analyze > 50 + 0.1 * n_live_tup
      or age(c.relfrozenxid) > 200000000
      or mxid_age(c.relminmxid) > 400000000)
  order by n_dead_tup desc`;

/** Writes a checkpoint when more than `afterBytes` of log were written since the last. Nothing else writes checkpoints. */
export async function checkpointWhenDue(db: Reader, afterBytes = checkpointAfterBytes): Promise<void> {
  const [log] = await db.query<{ bytes: number }>(logSinceCheckpoint);
  if (log !== undefined && log.bytes > afterBytes) await db.query('checkpoint');
}

/** Runs vacuum and analyse on the tables that have changed much since the last time, one after another. */
export async function vacuumNeglectedTables(db: Reader): Promise<void> {
  const tables = await db.query<{ name: string }>(neglectedTables);
  for (const { name } of tables) await db.query(`vacuum (analyze) ${name}`);
}

/**
 * Runs both every ten seconds until the returned function is called. Otherwise the log, and the table of the queue, whose rows
 * come and go, would fill the disk. A failure is passed to `onFailed`; the next run comes all the same.
 */
export function runMaintenance(db: Reader, onFailed: (error: Error) => void): () => void {
  let running = false;
  let stopped = false;
  const timer = setInterval(() => {
    if (running) return;
    running = true;
    checkpointWhenDue(db)
      .then(() => vacuumNeglectedTables(db))
      .catch((error) => {
        // A run that the stop interrupts is no failure.
        if (!stopped) onFailed(error);
      })
      .finally(() => {
        running = false;
      });
  }, everyMs);
  timer.unref();
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}
