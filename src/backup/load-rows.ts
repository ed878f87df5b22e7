// Fills an empty database with the rows of another, of this version or an older one; checks them all, and brings the schema up to date.
import { isDeepStrictEqual } from 'node:util';
import { OperatorError } from '../base/errors.ts';
import { arrayText } from '../db/array-text.ts';
import type { LongTransaction } from '../db/long-transaction.ts';
import { applyWithin, type Migration } from '../db/migrate.ts';
import { type Contents, readContents, type Table } from './contents.ts';
import { type Batch, quoted, readRows } from './read-rows.ts';
import { Digests, findDifference, type TableDigest } from './row-digest.ts';

export interface Loading {
  /** Of the source. */
  readonly contents: Contents;
  readonly batches: AsyncIterable<Batch>;
  /** All migrations of this version. */
  readonly migrations: readonly Migration[];
  /** Called after so many characters, where the database does not bound its write-ahead log by itself. */
  readonly checkpoint: (() => Promise<void>) | undefined;
}

/** Characters of rows between two checkpoints. */
const checkpointCharacters = 64 * 1024 * 1024;

/**
 * Loads the rows in `tx`, which has to fail when this does. Returns the digests of the rows that came and that were read again afterwards.
 * @throws OperatorError for a database with tables in it, for a source of a newer version, and when the rows are not the same.
 */
export async function loadRows(
  tx: LongTransaction,
  { contents, batches, migrations, checkpoint }: Loading,
): Promise<Record<string, TableDigest>> {
  refuseNewer(contents, migrations);
  await requireEmpty(tx, migrations);
  const isOld = ({ name }: Migration) => contents.migrations.includes(name);
  await applyWithin(tx, migrations.filter(isOld));
  await makePartitions(tx, contents.tables, migrations);
  const restoreConstraints = await suspendConstraints(tx, contents.tables);
  const digests = new Digests();
  let written = 0;
  for await (const batch of batches) {
    digests.add(batch);
    await insertRows(tx, tableOf(contents, batch.table), batch.lines);
    written += batch.lines.reduce((sum, { length }) => sum + length, 0);
    if (written < checkpointCharacters) continue;
    written = 0;
    await checkpoint?.();
  }
  const expected = digests.results;
  const difference = findDifference(expected, await digestRows(tx, contents.tables));
  if (difference !== undefined) {
    throw new OperatorError(`the rows of ${difference} are not the same as they were, so nothing was stored`);
  }
  await restoreConstraints();
  await applyWithin(
    tx,
    migrations.filter((migration) => !isOld(migration)),
  );
  return expected;
}

/** Throws for a source that has seen migrations which this version does not know, and for one that has seen none. */
export function refuseNewer({ migrations: seen }: Contents, known: readonly Migration[]): void {
  if (seen.length === 0) throw new OperatorError('there is no database of Rucksack');
  const names = new Set(known.map(({ name }) => name));
  const unknown = seen.find((name) => !names.has(name));
  if (unknown === undefined) return;
  throw new OperatorError(
    `the data are of a newer version of Rucksack: they have the migration ${unknown}, which this version does not know`,
  );
}

async function requireEmpty(tx: LongTransaction, migrations: readonly Migration[]): Promise<void> {
  // Processes that start meanwhile wait with their migrations.
  await tx.run(`select pg_advisory_xact_lock(hashtext('rucksack migrations'))`);
  const [table] = (await readContents(tx, migrations)).tables;
  if (table === undefined) return;
  throw new OperatorError(`the database of DATABASE_URL is not empty: it has the table ${table.name}`);
}

/** Makes the partitions of the source, which may be others than those of a new database. */
async function makePartitions(
  tx: LongTransaction,
  tables: readonly Table[],
  migrations: readonly Migration[],
): Promise<void> {
  const made = (await readContents(tx, migrations)).tables;
  for (const { name: table, partitions } of tables) {
    const present = made.find(({ name }) => name === table)?.partitions ?? [];
    if (isDeepStrictEqual(present, partitions)) continue;
    for (const { name } of present) await tx.run(`drop table ${quoted(name)}`);
    for (const { name, bound, options } of partitions) {
      const storage = options === null ? '' : `with (${options})`;
      await tx.run(`create table ${quoted(name)} partition of ${quoted(table)} ${bound} ${storage}`);
    }
  }
}

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/**
 * Deletes the rows that migrations wrote, drops foreign keys and disables triggers, so that rows may come in any order and change no others.
 * Returns a function that restores both; the database checks the foreign keys then.
 */
async function suspendConstraints(
  tx: LongTransaction,
  tables: readonly Table[],
): Promise<() => Promise<void>> {
  const foreignKeys = await tx.query<ForeignKey>(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint
     where conrelid in (
       select oid from pg_class where relnamespace = quote_ident(current_schema())::regnamespace and relname = any($1::text[]))
     and contype = 'f' and conparentid = 0 order by oid`,
    [arrayText(tables.map(({ name }) => name))],
  );
  for (const { table, name } of foreignKeys) {
    await tx.run(`alter table ${table} drop constraint ${quoted(name)}`);
  }
  for (const { name } of tables) {
    await tx.run(`truncate ${quoted(name)}; alter table ${quoted(name)} disable trigger user`);
  }
  return async () => {
    for (const { table, name, definition } of foreignKeys) {
      await tx.run(`alter table ${table} add constraint ${quoted(name)} ${definition}`);
    }
    for (const { name } of tables) await tx.run(`alter table ${quoted(name)} enable trigger user`);
  };
}

function tableOf({ tables }: Contents, name: string): Table {
  const table = tables.find((one) => one.name === name);
  if (table === undefined)
    throw new OperatorError(`there are rows of the table ${name}, which does not exist`);
  return table;
}

async function insertRows(tx: LongTransaction, table: Table, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const columns = table.columns.map(({ name }) => quoted(name)).join(', ');
  const values = table.columns.map(({ type }, index) => `(fields ->> ${index})::${type}`).join(', ');
  // `offset 0`: each line is read once, not once for each column.
  await tx.query(
    `insert into ${quoted(table.name)} (${columns})
     select ${values} from (select line::jsonb as fields from unnest($1::text[]) as line offset 0) as lines`,
    [arrayText(lines)],
  );
}

async function digestRows(
  tx: LongTransaction,
  tables: readonly Table[],
): Promise<Record<string, TableDigest>> {
  const digests = new Digests();
  for await (const batch of readRows(tx, tables)) digests.add(batch);
  return digests.results;
}
