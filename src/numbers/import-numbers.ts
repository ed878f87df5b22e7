// Imports numbers from CSV: thousands of rows in one transaction, every bad row reported with its line.
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { holdSubaccount } from '../accounts/scope.ts';
import { holdApplication, holdDefaultApplication } from '../applications/store.ts';
import type { Settings } from '../base/config.ts';
import { csvSeparator } from '../base/csv-separator.ts';
import { ApiError } from '../base/errors.ts';
import type { Db, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { numberHint, parseNumber } from '../telecom/written-number.ts';
import { newNumber, type RentedNumber } from './number.ts';
import { addOwnNumbers } from './rent-numbers.ts';
import { findOwners } from './store.ts';

interface ImportRequest {
  /** The main account that owns the numbers. */
  readonly accountId: string;
  /** ISO 3166-1 code of the country whose national numbers are read as well; without it every number needs its country code. */
  readonly country?: string;
  /** Import the good rows although some are bad; without it a bad row means that nothing is imported. */
  readonly skipBad: boolean;
  readonly now: Date;
  readonly settings: Settings;
  /** Called after every batch with how many of how many rows have been imported. */
  readonly onProgress: (done: number, total: number) => void;
}

export interface BadRow {
  readonly line: number;
  readonly reason: string;
}

export interface ImportReport {
  /** Rows in the file, without its header. */
  readonly rows: number;
  readonly imported: number;
  /** Numbers that the account had already; they stay as they are. */
  readonly present: number;
  readonly bad: readonly BadRow[];
  /** False when nothing was imported because of bad rows. */
  readonly committed: boolean;
}

interface Row {
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
  /** Whether it has as many fields as the header. */
  readonly isWhole: boolean;
}

const knownColumns = ['number', 'alias', 'carrier', 'region', 'app_id', 'subaccount'];
const batchRows = 500;
const maxFieldLength = 255;

/**
 * Reads a CSV with a header line and takes its numbers in, all in one transaction.
 * @throws ApiError invalid when the file is no CSV with a `number` column.
 */
export async function importNumbers(db: Db, csv: Uint8Array, request: ImportRequest): Promise<ImportReport> {
  const rows = await readRows(decode(csv));
  const bad: BadRow[] = [];
  let imported = 0;
  let present = 0;
  try {
    await db.transaction(async (tx) => {
      bad.length = imported = present = 0;
      const read = makeRowReader(tx, request);
      for (let at = 0; at < rows.length; at += batchRows) {
        const counts = await importBatch(tx, rows.slice(at, at + batchRows), request, read, bad);
        imported += counts.imported;
        present += counts.present;
        request.onProgress(Math.min(at + batchRows, rows.length), rows.length);
      }
      if (bad.length > 0 && !request.skipBad) throw new NothingImported();
    });
  } catch (error) {
    if (!(error instanceof NothingImported)) throw error;
    return { rows: rows.length, imported: 0, present: 0, bad: sorted(bad), committed: false };
  }
  return { rows: rows.length, imported, present, bad: sorted(bad), committed: true };
}

/** Rolls the transaction back; never seen outside this file. */
class NothingImported extends Error {}

const sorted = (bad: readonly BadRow[]) => [...bad].sort((a, b) => a.line - b.line);

/** Returns the text of a file in UTF-8, or in UTF-16 as spreadsheets write it, with a byte order mark. */
function decode(csv: Uint8Array): string {
  const encoding = csv[0] === 0xff && csv[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(csv);
  } catch {
    throw new ApiError('invalid', 'the file is not in UTF-8; in a spreadsheet, save it as "CSV UTF-8"');
  }
}

async function readRows(csv: string): Promise<Row[]> {
  let hasHeader = false;
  // Rows that were read before an error are not all handed out.
  let lastLine = 1;
  const parser = parse({
    columns: (header: string[]) => {
      hasHeader = true;
      return readHeader(header);
    },
    delimiter: csvSeparator(csv),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    on_record: (record, { lines }) => {
      lastLine = lines;
      return record;
    },
  });
  const rows: Row[] = [];
  try {
    for await (const { record, info } of Readable.from([csv]).pipe(parser)) {
      rows.push({ line: info.lines, fields: record, isWhole: info.error === undefined });
    }
  } catch (error) {
    if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED') {
      throw new ApiError('invalid', `a quote in the row that begins on line ${lastLine + 1} is never closed`);
    }
    if (error instanceof CsvError) {
      throw new ApiError('invalid', `the file is not valid CSV: ${error.message}`);
    }
    throw error;
  }
  if (!hasHeader) throw noNumberColumn();
  return rows;
}

const noNumberColumn = () => new ApiError('invalid', 'the file needs a header with a column "number"');

function readHeader(header: readonly string[]): string[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const unknown = names.find((name) => !knownColumns.includes(name));
  if (unknown !== undefined) {
    throw new ApiError('invalid', `unknown column "${unknown}"; known are ${knownColumns.join(', ')}`);
  }
  if (!names.includes('number')) throw noNumberColumn();
  if (new Set(names).size < names.length)
    throw new ApiError('invalid', 'a column stands twice in the header');
  return names;
}

type RowReader = (row: Row) => Promise<RentedNumber>;

const scopeOf = (accountId: string): Scope => ({
  accountId,
  mainId: accountId,
  subaccountId: undefined,
  callerId: accountId,
});

/** Reads one row, or throws an `ApiError` that says what is wrong with it. References are looked up once each. */
function makeRowReader(tx: Transaction, request: ImportRequest): RowReader {
  const scope = scopeOf(request.accountId);
  const hasApplication = once(async (appId) => (await holdApplication(tx, scope, appId)) !== undefined);
  const hasSubaccount = once((subaccountId) => holdSubaccount(tx, scope, subaccountId));
  let standard: Promise<string | null> | undefined;
  const linesOfNumbers = new Map<string, number>();

  return async (row) => {
    requireSound(row);
    const { fields, line } = row;
    const written = fields.number ?? '';
    const number = parseNumber(written, request.country);
    if (number === undefined) {
      const hint = numberHint(written);
      throw new ApiError('invalid', `"${written}" is not a phone number with its country code${hint}`);
    }
    const before = linesOfNumbers.get(number.number);
    if (before !== undefined)
      throw new ApiError('invalid', `${number.number} stands on line ${before} already`);
    linesOfNumbers.set(number.number, line);
    const { app_id: appId, subaccount, region } = fields;
    if (appId && !(await hasApplication(appId)))
      throw new ApiError('invalid', `there is no application ${appId}`);
    if (subaccount && !(await hasSubaccount(subaccount))) {
      throw new ApiError('invalid', `there is no subaccount ${subaccount}`);
    }
    standard ??= holdDefaultApplication(tx, request.accountId);
    const ownership = {
      accountId: request.accountId,
      subaccountId: subaccount || null,
      applicationId: appId || (await standard),
      alias: fields.alias ?? '',
      carrier: fields.carrier || 'own',
      ...(region ? { region } : {}),
    };
    return newNumber(number, ownership, request.now);
  };
}

function requireSound({ fields, isWhole }: Row): void {
  if (!isWhole) throw new ApiError('invalid', 'not as many fields as the header has');
  for (const [name, value] of Object.entries(fields)) {
    if (value.length > maxFieldLength) {
      throw new ApiError('invalid', `${name} is longer than ${maxFieldLength} characters`);
    }
    if (value.includes('\0')) throw new ApiError('invalid', `${name} contains a NUL character`);
  }
}

/** Asks a question about each text once. */
function once(ask: (text: string) => Promise<boolean>): (text: string) => Promise<boolean> {
  const answers = new Map<string, Promise<boolean>>();
  return (text) => {
    const known = answers.get(text) ?? ask(text);
    answers.set(text, known);
    return known;
  };
}

async function importBatch(
  tx: Transaction,
  rows: readonly Row[],
  request: ImportRequest,
  read: RowReader,
  bad: BadRow[],
): Promise<{ imported: number; present: number }> {
  const lines = new Map<string, number>();
  const wanted: RentedNumber[] = [];
  for (const row of rows) {
    try {
      const number = await read(row);
      lines.set(number.number, row.line);
      wanted.push(number);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      bad.push({ line: row.line, reason: error.message });
    }
  }
  const before = await findOwners(tx, [...lines.keys()]);
  const refusals = await addOwnNumbers(tx, scopeOf(request.accountId), wanted, request.now, request.settings);
  for (const { number, reason } of refusals) {
    bad.push({ line: lines.get(number) ?? 0, reason: `${number} ${reason}` });
  }
  const present = [...before.values()].filter(({ accountId }) => accountId === request.accountId).length;
  return { imported: wanted.length - present - refusals.length, present };
}
