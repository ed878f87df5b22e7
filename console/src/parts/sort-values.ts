// The values that rows are sorted by. Pure.

export type SortValue = number | string | null | undefined;

/** Compares two values that are known: numbers by size, everything else as words, in which digits count as numbers. */
export function compareValues(one: SortValue, other: SortValue): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other), 'en', { numeric: true });
}
