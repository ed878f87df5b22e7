// Statements that read a list in one of several orders. The orders are few, so each is a text of its own, which is prepared once. Pure.

/** The order of a list by one of its values; `undefined` for the order that the list has by itself. */
export type Sorting<Order extends string> =
  | { readonly by: Order; readonly isDescending: boolean }
  | undefined;

/** The texts of one list, for each order. */
interface SortedTexts<Order extends string> {
  readonly asTheyCome: string;
  readonly rising: Readonly<Record<Order, string>>;
  readonly falling: Readonly<Record<Order, string>>;
}

/**
 * Returns the texts of a list. Rows without a value come last, whichever way round.
 * @param values the SQL of the value of each order.
 * @param textOf returns the statement with what goes before its last order.
 */
export function sortedTexts<Order extends string>(
  values: Readonly<Record<Order, string>>,
  textOf: (order: string) => string,
): SortedTexts<Order> {
  const each = (direction: string) =>
    Object.fromEntries(
      Object.entries<string>(values).map(([order, value]) => [
        order,
        textOf(`${value}${direction} nulls last, `),
      ]),
    ) as Record<Order, string>;
  return { asTheyCome: textOf(''), rising: each(''), falling: each(' desc') };
}

/** Returns the text for an order. */
export function sortedText<Order extends string>(
  { asTheyCome, rising, falling }: SortedTexts<Order>,
  sorting: Sorting<Order>,
): string {
  if (sorting === undefined) return asTheyCome;
  return sorting.isDescending ? falling[sorting.by] : rising[sorting.by];
}
