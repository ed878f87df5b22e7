// A live list that its reader holds still: what was there stays in its place. Pure.

interface HeldRows<Row> {
  readonly rows: readonly Row[];
  /** Rows that have come since, and are not shown. */
  readonly news: number;
}

/** Returns the rows that were shown, as they are now, and how many others there are. Those that are no longer listed stay as they were. */
export function holdRows<Row>(
  shown: readonly Row[],
  newest: readonly Row[],
  keyOf: (row: Row) => string,
): HeldRows<Row> {
  const byKey = new Map(newest.map((row) => [keyOf(row), row]));
  const rows = shown.map((row) => byKey.get(keyOf(row)) ?? row);
  const known = new Set(shown.map(keyOf));
  return { rows, news: newest.filter((row) => !known.has(keyOf(row))).length };
}
