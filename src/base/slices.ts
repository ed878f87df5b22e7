// Cuts a long list into short ones, to be processed part by part.

/** Returns the items in order, in lists of `size` items; the last list may be shorter. No items give no lists. */
export function slices<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
