// Moving one thing of a list to another place. Pure.

/** Returns the list with the item from `from` at `to`; places outside the list leave it as it is. */
export function move<Item>(list: readonly Item[], from: number, to: number): readonly Item[] {
  const moved = list[from];
  if (moved === undefined || to < 0 || to >= list.length) return list;
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

/**
 * Returns where in a list an item that is dragged at `y` is dropped: behind every other item whose middle lies above.
 * `middles` are those of all items, in their order, the dragged one at `from` among them.
 */
export function dropPlace(middles: readonly number[], from: number, y: number): number {
  return middles.filter((middle, index) => index !== from && middle < y).length;
}
