// A long list as short ones, so that what is done with it is done part by part.

/** Returns the items in order, in lists of `size` items; the last one may be shorter. No items make no list. */
export function slices<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
