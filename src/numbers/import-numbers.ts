// Imports numbers from CSV: thousands of rows in one transaction, every bad row reported with its line.
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { getApplication } from '../applications/store.ts';
import type { Settings } from '../base/config.ts';
import { ApiError } from '../base/errors.ts';
import type { Db, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { parseNumber } from '../telecom/e164.ts';
import { regionText } from './number.ts';
import { addOwnNumbers, type OwnNumber } from './rent-numbers.ts';
import { findOwners, subaccountExists } from './store.ts';

export interface ImportWish {
  /** The main account that owns the numbers. */
  readonly accountId: string;
  /** Import the good rows although some are bad; without it a bad row means that nothing is imported. */
  readonly skipBad: boolean;
  readonly now: Date;
  readonly settings: Settings;
}

export interface BadRow {
  readonly line: number;
  readonly reason: string;
}

export interface ImportReport {
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
}

const knownColumns = ['number', 'alias', 'carrier', 'region', 'app_id', 'subaccount'];
const batchRows = 500;
const maxFieldLength = 255;

/**
 * Reads a CSV with a header line and takes its numbers in, all in one transaction.
 * @throws ApiError invalid when the file is no CSV with a `number` column.
 */
export async function importNumbers(db: Db, csv: Readable, wish: ImportWish): Promise<ImportReport> {
  const rows = await readRows(csv);
  const bad: BadRow[] = [];
  let imported = 0;
  let present = 0;
  try {
    await db.transaction(async (tx) => {
      bad.length = imported = present = 0;
      const check = makeRowCheck(tx, wish);
      for (let at = 0; at < rows.length; at += batchRows) {
        const counts = await importBatch(tx, rows.slice(at, at + batchRows), wish, check, bad);
        imported += counts.imported;
        present += counts.present;
      }
      if (bad.length > 0 && !wish.skipBad) throw new NothingImported();
    });
  } catch (error) {
    if (!(error instanceof NothingImported)) throw error;
    return { imported: 0, present: 0, bad: sorted(bad), committed: false };
  }
  return { imported, present, bad: sorted(bad), committed: true };
}

/** Rolls the transaction back; never seen outside this file. */
class NothingImported extends Error {}

const sorted = (bad: readonly BadRow[]) => [...bad].sort((a, b) => a.line - b.line);

async function readRows(csv: Readable): Promise<Row[]> {
  const parser = parse({
    bom: true,
    columns: (header: string[]) => readHeader(header),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  const rows: Row[] = [];
  csv.on('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of csv.pipe(parser)) rows.push({ line: info.lines, fields: record });
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) {
      throw new ApiError('invalid', `the file is not valid CSV: ${error.message}`);
    }
    throw error;
  }
  return rows;
}

function readHeader(header: readonly string[]): string[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const unknown = names.find((name) => !knownColumns.includes(name));
  if (unknown !== undefined) {
    throw new ApiError('invalid', `unknown column "${unknown}"; known are ${knownColumns.join(', ')}`);
  }
  if (!names.includes('number'))
    throw new ApiError('invalid', 'the file needs a header with a column "number"');
  return names;
}

type RowCheck = (row: Row) => Promise<OwnNumber>;

/** Reads one row, or throws an `ApiError` that says what is wrong with it. References are looked up once each. */
function makeRowCheck(tx: Transaction, wish: ImportWish): RowCheck {
  const scope: Scope = {
    accountId: wish.accountId,
    mainId: wish.accountId,
    subaccountId: undefined,
    callerId: wish.accountId,
  };
  const applications = new Map<string, boolean>();
  const subaccounts = new Map<string, boolean>();

  return async ({ fields }) => {
    const tooLong = Object.keys(fields).find((name) => (fields[name] ?? '').length > maxFieldLength);
    if (tooLong !== undefined)
      throw new ApiError('invalid', `${tooLong} is longer than ${maxFieldLength} characters`);
    const number = parseNumber(fields.number ?? '');
    if (number === undefined) {
      throw new ApiError('invalid', `"${fields.number}" is not a phone number with its country code`);
    }
    const appId = fields.app_id || undefined;
    if (appId !== undefined && !applications.has(appId)) {
      applications.set(appId, (await getApplication(tx, scope, appId)) !== undefined);
    }
    if (appId !== undefined && !applications.get(appId))
      throw new ApiError('invalid', `there is no application ${appId}`);
    const subaccount = fields.subaccount || undefined;
    if (subaccount !== undefined && !subaccounts.has(subaccount)) {
      subaccounts.set(subaccount, await subaccountExists(tx, scope, subaccount));
    }
    if (subaccount !== undefined && !subaccounts.get(subaccount)) {
      throw new ApiError('invalid', `there is no subaccount ${subaccount}`);
    }
    return {
      number,
      ownership: {
        accountId: wish.accountId,
        subaccountId: subaccount ?? null,
        applicationId: appId ?? null,
        alias: fields.alias ?? '',
        carrier: fields.carrier || 'own',
        region: fields.region || regionText(number),
      },
    };
  };
}

async function importBatch(
  tx: Transaction,
  rows: readonly Row[],
  wish: ImportWish,
  check: RowCheck,
  bad: BadRow[],
): Promise<{ imported: number; present: number }> {
  const good = new Map<string, { line: number; own: OwnNumber }>();
  for (const row of rows) {
    try {
      const own = await check(row);
      if (!good.has(own.number.number)) good.set(own.number.number, { line: row.line, own });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      bad.push({ line: row.line, reason: error.message });
    }
  }
  const before = await findOwners(tx, [...good.keys()]);
  const wanted = [...good.values()].map(({ own }) => own);
  const refusals = await addOwnNumbers(tx, wish.accountId, wanted, wish.now, wish.settings);
  for (const { number, reason } of refusals) {
    bad.push({ line: good.get(number)?.line ?? 0, reason: `${number} ${reason}` });
  }
  const present = [...before.values()].filter((owner) => owner === wish.accountId).length;
  return { imported: good.size - present - refusals.length, present };
}
