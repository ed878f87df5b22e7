// Statuses of HTTP as an entry writes them: `429`, `2xx`, `401,403`, `400-404`. Pure.

/** A range of statuses, both ends included. */
export type StatusPattern = readonly (readonly [least: number, most: number])[];

/**
 * Reads a pattern; `none` is one that no status fits.
 * @throws SyntaxError with what is wrong, as the end of the sentence "KEY …".
 */
export function parseStatusPattern(written: string | number): StatusPattern {
  const text = String(written);
  if (text === 'none') return [];
  return text.split(',').map((piece) => {
    const [, kind, first, last] = /^\s*(?:([1-5])xx|([1-5]\d\d)(?:-([1-5]\d\d))?)\s*$/.exec(piece) ?? [];
    if (kind !== undefined) return [Number(kind) * 100, Number(kind) * 100 + 99] as const;
    if (first === undefined) throw new SyntaxError('must be statuses such as 2xx, 429, 401,403 or 400-404');
    return [Number(first), Number(last ?? first)] as const;
  });
}

/** Returns whether a status fits. */
export const fits = (pattern: StatusPattern, status: number): boolean =>
  pattern.some(([least, most]) => status >= least && status <= most);
