// The contents of a database as its catalogue tells them: the migrations that it has seen, and its tables with their columns.
import type { Reader } from '../db/db.ts';
import { type Migration, tablesMadeBy } from '../db/migrate.ts';

interface Column {
  readonly name: string;
  /** As SQL writes it. */
  readonly type: string;
}

/** A part of a table, with its `for values` clause and its storage parameters. */
interface Partition {
  readonly name: string;
  readonly bound: string;
  readonly options: string | null;
}

export interface Table {
  readonly name: string;
  /** Those that are stored; generated ones follow from them. */
  readonly columns: readonly Column[];
  readonly partitions: readonly Partition[];
}

export interface Contents {
  /** Names of the migrations that the database has seen. */
  readonly migrations: readonly string[];
  readonly tables: readonly Table[];
}

/** Tables of the schema, those with partitions as one. */
const tablesSql = `
  select relname as name,
    (select json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) order by attnum)
     from pg_attribute where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
    coalesce(
      (select json_agg(json_build_object('name', part.relname, 'bound', pg_get_expr(part.relpartbound, part.oid),
         'options', array_to_string(part.reloptions, ', ')) order by part.relname)
       from pg_inherits join pg_class part on part.oid = inhrelid where inhparent = pg_class.oid),
      '[]') as partitions
  from pg_class
  where relnamespace = quote_ident(current_schema())::regnamespace and relkind in ('r', 'p') and not relispartition
  order by relname`;

/**
 * Returns what the database holds of this server: the schema may have tables of other programs, which the migrations of this version have
 * not made. Without a migration there is nothing.
 */
export async function readContents(db: Reader, known: readonly Migration[]): Promise<Contents> {
  const ours = tablesMadeBy(known);
  const tables = (await db.query<Table>(tablesSql)).filter(({ name }) => ours.has(name));
  if (!tables.some(({ name }) => name === 'migrations')) return { migrations: [], tables };
  const migrations = await db.query<{ name: string }>('select name from migrations order by name');
  return { migrations: migrations.map(({ name }) => name), tables };
}
