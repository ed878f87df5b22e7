// Reads all rows of a database as lines, a bounded piece at a time.
import type { LongTransaction } from '../db/long-transaction.ts';
import type { Table } from './contents.ts';

/** Rows of one table; each line is a JSON array of the columns' texts, or nulls. */
export interface Batch {
  readonly table: string;
  readonly lines: readonly string[];
}

/** The texts of values must not depend on the settings of a server. */
const oneSpelling = `set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'postgres';
  set local bytea_output = 'hex'; set local extra_float_digits = 1`;

/** Characters of rows that are asked for at once, judged by the largest row so far. */
const wantedCharacters = 4 * 1024 * 1024;
const firstRows = 8;
const maxRows = 1000;
/** Tables with files: the next row may be of two megabytes, whatever those before it were. */
const maxRowsWithFiles = 8;

/** Returns the rows of the tables in pieces. A table without rows gives one empty piece. */
export async function* readRows(tx: LongTransaction, tables: readonly Table[]): AsyncGenerator<Batch> {
  await tx.run(oneSpelling);
  for (const table of tables) yield* readTable(tx, table);
}

async function* readTable(tx: LongTransaction, { name, columns }: Table): AsyncGenerator<Batch> {
  const texts = columns.map((column) => `${quoted(column.name)}::text`).join(', ');
  await tx.run(
    `declare table_rows no scroll cursor for select json_build_array(${texts})::text as line from ${quoted(name)}`,
  );
  const most = columns.some(({ type }) => type === 'bytea') ? maxRowsWithFiles : maxRows;
  let wanted = firstRows;
  let largest = 1;
  for (;;) {
    const rows = await tx.query<{ line: string }>(`fetch ${wanted} from table_rows`);
    const lines = rows.map(({ line }) => line);
    yield { table: name, lines };
    if (lines.length < wanted) break;
    for (const { length } of lines) largest = Math.max(largest, length);
    wanted = Math.max(1, Math.min(most, wanted * 2, Math.floor(wantedCharacters / largest)));
  }
  await tx.run('close table_rows');
}

/** Returns a name as SQL writes it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
