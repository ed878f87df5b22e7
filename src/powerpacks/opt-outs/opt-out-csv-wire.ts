// Opt-outs as lines of a CSV file: the columns of imports and exports.
import { parse } from 'csv-parse/sync';
import { csvSeparator } from '../../base/csv-separator.ts';
import { ApiError } from '../../base/errors.ts';
import { isUuid } from '../../http/schemas.ts';
import { readTime } from '../../http/time-wire.ts';
import { numberHint, parseNumber } from '../../telecom/written-number.ts';
import { optOutScopes } from '../powerpack.ts';
import { senderOfQueue } from '../queue-name.ts';
import type { ImportLine } from './import-opt-outs.ts';
import type { ListedOptOut } from './opt-out-list-store.ts';
import { placeFromWire, readSender } from './place-wire.ts';

const csvColumns = [
  'destination',
  'scope',
  'powerpack_uuid',
  'number',
  'opted_out_on',
  'reason',
  'author',
] as const;
type Fields = Readonly<Partial<Record<(typeof csvColumns)[number], string>>>;

/** The most lines of one import. */
export const maxImportLines = 10_000;
const maxTextLength = 255;

/** Facts of the request that lines are read with. */
interface LineDefaults {
  /** Of the account: country whose national numbers are read. */
  readonly country: string | undefined;
  readonly author: string;
  readonly now: Date;
}

/**
 * Reads a CSV with a header line.
 * @throws ApiError invalid when it is no CSV with a column `destination`, or has too many lines.
 */
export function readOptOutCsv(csv: string, defaults: LineDefaults): readonly ImportLine[] {
  const rows = parseRows(csv);
  if (rows.length > maxImportLines) {
    throw new ApiError('invalid', `csv must have at most ${maxImportLines} lines; send the rest by itself`);
  }
  return rows.map(({ record, info }): ImportLine => {
    const line = info.lines;
    try {
      if (info.error !== undefined) throw new ApiError('invalid', 'it has not as many fields as the header');
      return { line, wanted: readLine(record, defaults) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { line, error: error.message };
    }
  });
}

interface ParsedRow {
  readonly record: Fields;
  readonly info: { readonly lines: number; readonly error?: Error };
}

function parseRows(csv: string): readonly ParsedRow[] {
  try {
    return parse(csv, {
      bom: true,
      columns: readHeader,
      delimiter: csvSeparator(csv),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as readonly ParsedRow[];
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError('invalid', `csv must be valid CSV: ${error instanceof Error ? error.message : ''}`);
  }
}

function readHeader(header: readonly string[]): string[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const unknown = names.find((name) => !csvColumns.some((known) => known === name));
  if (unknown !== undefined) {
    const quoted = unknown.slice(0, 40).toWellFormed();
    throw new ApiError(
      'invalid',
      `csv has an unknown column "${quoted}"; known are ${csvColumns.join(', ')}`,
    );
  }
  if (!names.includes('destination'))
    throw new ApiError('invalid', 'csv must begin with a header that has a column destination');
  if (new Set(names).size < names.length)
    throw new ApiError('invalid', 'csv has a column twice in its header');
  return names;
}

function readLine(fields: Fields, { country, author, now }: LineDefaults) {
  for (const [name, value] of Object.entries(fields)) {
    if (value.length > maxTextLength || !value.isWellFormed() || value.includes('\0')) {
      throw new ApiError('invalid', `${name} must be a text of at most ${maxTextLength} characters`);
    }
  }
  const written = fields.destination ?? '';
  const destination = parseNumber(written, country);
  if (destination === undefined) {
    const rule = 'destination must be a phone number with its country code';
    throw new ApiError('invalid', `${rule}${numberHint(written)}`);
  }
  const scope = optOutScopes.find((known) => known === fields.scope?.toLowerCase());
  if (scope === undefined && fields.scope)
    throw new ApiError('invalid', `scope must be one of ${optOutScopes.join(', ')}`);
  const uuid = fields.powerpack_uuid || undefined;
  if (uuid !== undefined && !isUuid(uuid)) throw new ApiError('invalid', 'powerpack_uuid must be a UUID');
  const sender = fields.number ? readSender(fields.number) : undefined;
  const optedOutAt = fields.opted_out_on ? timeOf(fields.opted_out_on) : now;
  if (optedOutAt > now) throw new ApiError('invalid', 'opted_out_on must not be in the future');
  const cause = {
    source: 'import' as const,
    reason: fields.reason || undefined,
    author: fields.author || author,
  };
  return { destination, ...placeFromWire(scope, uuid, sender), optedOutAt, cause };
}

/** Reads a time as the wire and exports write it. */
const timeOf = (text: string): Date => new Date(readTime('opted_out_on', text).startMs);

const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Returns opt-outs as CSV with a header line, as an import reads it. */
export function writeOptOutCsv(optOuts: readonly ListedOptOut[]): string {
  const rows = optOuts.map(({ destination, scope, powerpackUuid, queue, optedOutAt, cause }) => {
    const number = queue === undefined ? '' : senderOfQueue(queue);
    const texts = [optedOutAt.toISOString(), cause.reason ?? '', cause.author ?? ''];
    return [destination, scope, powerpackUuid ?? '', number, ...texts].map(field).join(',');
  });
  return [csvColumns.join(','), ...rows, ''].join('\n');
}
