// Rows in the order of a column. Pure.

export type SortValue = number | string | null | undefined;

export interface Order {
  readonly column: string;
  readonly isDescending: boolean;
}

/** Returns the rows by their values; equal ones stay in their order, and those without a value come last. */
export function sortRows<Row>(
  rows: readonly Row[],
  by: (row: Row) => SortValue,
  isDescending: boolean,
): Row[] {
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [by(one), by(other)];
    if (a == null || b == null) return (a == null ? 1 : 0) - (b == null ? 1 : 0);
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
    return sign * String(a).localeCompare(String(b), 'en', { numeric: true });
  });
}
