// Clearing away dead rows in the embedded database, which has no background process that would.
import type { Reader } from './db.ts';

const everyMs = 60_000;

// The thresholds are those of PostgreSQL's own autovacuum. Statistics come along, because nobody else gathers them.
const neglectedTables = `
  select quote_ident(schemaname) || '.' || quote_ident(relname) as name
  from pg_stat_user_tables
  where n_dead_tup > 50 + 0.2 * n_live_tup
     or n_mod_since_analyze > 50 + 0.1 * n_live_tup
     or n_ins_since_vacuum > 1000 + 0.2 * n_live_tup
  order by n_dead_tup desc`;

/** Vacuums and analyses the tables that have changed much since the last time, one after another. */
export async function vacuumNeglectedTables(db: Reader): Promise<void> {
  const tables = await db.query<{ name: string }>(neglectedTables);
  for (const { name } of tables) await db.query(`vacuum (analyze) ${name}`);
}

/**
 * Does that every minute until the function given back is called. Without it the queue, whose rows come and go, makes its
 * table grow for ever. A run that fails is told to `onFailed`; the next one comes all the same.
 */
export function keepVacuumed(db: Reader, onFailed: (error: Error) => void): () => void {
  let running = false;
  const timer = setInterval(() => {
    if (running) return;
    running = true;
    vacuumNeglectedTables(db)
      .catch(onFailed)
      .finally(() => {
        running = false;
      });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
