// The colours of a map: five shades, each for a span of counts.

/** From `from` to `to`, both included. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const shadeCount = 5;

/**
 * Returns spans from the smallest count to the largest, each greater than the one before by the same factor: a few regions have most of the
 * members, and the others must still be told apart. Fewer than five where the counts are close together; none where all are 0.
 */
export function spansOf(counts: Iterable<number>): readonly Span[] {
  const positive = [...counts].filter((count) => count > 0);
  if (positive.length === 0) return [];
  const smallest = Math.min(...positive);
  const largest = Math.max(...positive);
  const ends = Array.from({ length: shadeCount }, (_, index) =>
    Math.round(smallest * (largest / smallest) ** ((index + 1) / shadeCount)),
  );
  const different = [...new Set(ends)];
  return different.map((to, index) => {
    const before = different[index - 1];
    return { from: before === undefined ? smallest : before + 1, to };
  });
}

/** Returns the shade of a count: 0 for none, 1 to 5 for its span; the last span has the strongest, however many there are. */
export function shadeOf(count: number, spans: readonly Span[]): number {
  if (count === 0) return 0;
  const index = spans.findIndex(({ to }) => count <= to);
  return shadeAt(index === -1 ? spans.length - 1 : index, spans);
}

/** Returns the shade of a span by its place. */
export function shadeAt(index: number, spans: readonly Span[]): number {
  return shadeCount - spans.length + index + 1;
}
