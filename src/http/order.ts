// Lists that can be put in order: the parameters that choose it. Extensions.
import { Type } from 'typebox';
import type { Sorting } from '../db/sorted-texts.ts';

/**
 * Returns the parameters of a list that can be put in order by some of its values.
 * @param about says which order it has without them, and what the names of orders do not say.
 */
export function orderParameters<Order extends string>(orders: readonly Order[], about: string) {
  return {
    order_by: Type.Optional(
      Type.Enum([...orders], {
        description: `An extension: the order of all pages; ${about} What has no value comes last.`,
      }),
    ),
    descending: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'An extension, with `order_by`: the highest value first.',
      }),
    ),
  };
}

/** Returns the order that is asked for. */
export function sortingOf<Order extends string>({
  order_by: by,
  descending = false,
}: {
  readonly order_by?: Order;
  readonly descending?: boolean;
}): Sorting<Order> {
  return by === undefined ? undefined : { by, isDescending: descending };
}
