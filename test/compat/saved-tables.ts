// Keeps a copy of every row of a database, so that a test can go back to it as often as it likes.
import type { Db } from '../../src/db/db.ts';

/** Books of the running server, which remembers them as well: they go on counting, and are never turned back. */
export const goingOn: readonly string[] = [
  'carrier_states',
  'dispatchers',
  'incidents',
  'logged_requests',
  'pool_changes',
  'pool_versions',
  'routing_version',
  'sender_queues',
];

/** Further than a pool's version gets between two restorations. */
const versionStride = 1_000_000;

/**
 * Stores a copy of every table of `db`, and returns a function that restores it: a few milliseconds, where building the same
 * rows through the API takes hundreds.
 */
export async function saveTables(db: Db): Promise<() => Promise<void>> {
  // Generated columns come back by themselves.
  const tables = await db.query<{ name: string; copy: string; columns: string }>(
    `select quote_ident(tablename) as name, quote_ident('saved_' || tablename) as copy,
       (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
        where attrelid = quote_ident(tablename)::regclass and attnum > 0 and not attisdropped
          and attgenerated = '') as columns
     from pg_tables
     where schemaname = current_schema() and tablename <> 'migrations' and tablename <> all($1)
       and tablename not in (select name from partitions)
     order by tablename`,
    [goingOn],
  );
  for (const { name, copy } of tables) await db.query(`create table ${copy} as select * from ${name}`);

  // One statement each, at whose end foreign keys are looked at, so that the order of the tables does not matter.
  const deletions = tables.map(({ name }, index) => `d${index} as (delete from ${name})`);
  const insertions = tables.map(
    ({ name, copy, columns }, index) =>
      `i${index} as (insert into ${name} (${columns}) select ${columns} from ${copy})`,
  );
  let restorations = 0;
  return () =>
    db.transaction(async (tx) => {
      restorations += 1;
      await tx.query(`with ${deletions.join(', ')} select`);
      await tx.query(`with ${insertions.join(', ')} select`);
      // Pools that come back begin anew at version 1, which the server may know with other members.
      await tx.query('update pool_versions set version = version + $1', [restorations * versionStride]);
    });
}
