// Imports opt-outs from the lines of a file: all of them in one transaction, every bad line reported.
import { ApiError } from '../../base/errors.ts';
import type { Db } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import { type AddedCounts, holdPlaces, storeWanted, type WantedOptOut } from './change-by-hand.ts';
import type { RecordParts } from './record-changes.ts';

/** A line of the file: what it asks for, or why it cannot be read. */
export type ImportLine =
  | { readonly line: number; readonly wanted: WantedOptOut }
  | { readonly line: number; readonly error: string };

interface BadLine {
  readonly line: number;
  readonly error: string;
}

export interface ImportReport extends AddedCounts {
  readonly bad: readonly BadLine[];
}

/**
 * Stores what the lines ask for.
 * @param skipBad import the good lines although some are bad.
 * @throws ApiError invalid when a line is bad, and names it: nothing is imported then.
 */
export function importOptOuts(
  db: Db,
  scope: Scope,
  lines: readonly ImportLine[],
  skipBad: boolean,
  now: Date,
  parts: RecordParts,
): Promise<ImportReport> {
  return db.transaction(async (tx) => {
    const readable = lines.flatMap((line) => ('wanted' in line ? [line] : []));
    const check = await holdPlaces(
      tx,
      scope,
      readable.map(({ wanted }) => wanted),
    );
    const bad: BadLine[] = [];
    const good: WantedOptOut[] = [];
    for (const line of lines) {
      const error = 'error' in line ? line.error : check(line.wanted);
      if (error !== undefined) bad.push({ line: line.line, error });
      else if ('wanted' in line) good.push(line.wanted);
    }
    const [first] = bad;
    if (first !== undefined && !skipBad) {
      const others = bad.length > 1 ? `; ${bad.length - 1} more lines are bad` : '';
      throw new ApiError('invalid', `line ${first.line}: ${first.error}${others}; nothing was imported`);
    }
    return { ...(await storeWanted(tx, scope, good, now, parts)), bad };
  });
}
