// The page and the order of a list that the server sorts.
import { useState } from 'preact/hooks';
import { type Order, orderOf, orderQuery, orderText } from './order-text.ts';
import type { ServerOrder } from './table-model.ts';
import { useAddress } from './use-address.ts';

interface SortedList<Column extends string> {
  /** Objects to skip. */
  readonly offset: number;
  /** The page and the order as the API has them. */
  readonly query: { readonly offset: number; readonly order_by?: Column; readonly descending?: boolean };
  readonly move: (offset: number) => void;
  readonly serverOrder: ServerOrder;
}

/**
 * Returns the page and the order that the address names, for the one list of a page.
 * @param columns by which the API sorts.
 */
export function useSortedAddress<Column extends string>(columns: readonly Column[]): SortedList<Column> {
  const { query, offset, move, filter } = useAddress();
  const order = orderOf(columns, query.sort);
  return sortedList(offset, order, move, (text) => filter({ sort: text ?? '' }));
}

/** Returns the page and the order of a list that stands beside another one on its page. */
export function useSortedList<Column extends string>(columns: readonly Column[]): SortedList<Column> {
  const [offset, move] = useState(0);
  const [text, setText] = useState<string>();
  return sortedList(offset, orderOf(columns, text), move, (sorted) => {
    setText(sorted);
    move(0);
  });
}

const sortedList = <Column extends string>(
  offset: number,
  order: Order<Column> | undefined,
  move: (offset: number) => void,
  onSort: (text: string | undefined) => void,
): SortedList<Column> => ({
  offset,
  query: { offset, ...orderQuery(order) },
  move,
  serverOrder: { order, onSort: (sorted) => onSort(orderText(sorted)) },
});
