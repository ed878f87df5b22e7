// The order of a list in its address and in requests. In the address it is a column, behind a minus from the highest value on. Pure.
import { choiceOf } from './address.ts';

/** The column that a list is sorted by. */
export interface Order<Column extends string = string> {
  readonly column: Column;
  readonly isDescending: boolean;
}

/** Returns the order that a parameter asks for; `undefined` for a column that the list cannot be sorted by. */
export function orderOf<Column extends string>(
  columns: readonly Column[],
  text: string | undefined,
): Order<Column> | undefined {
  const column = choiceOf(columns, text?.replace(/^-/, ''));
  return column && { column, isDescending: text?.startsWith('-') === true };
}

/** Returns an order as a parameter; `undefined` for none. */
export const orderText = (order: Order | undefined): string | undefined =>
  order && `${order.isDescending ? '-' : ''}${order.column}`;

/** Returns an order as the API has it; nothing for none. */
export const orderQuery = <Column extends string>(
  order: Order<Column> | undefined,
): { readonly order_by?: Column; readonly descending?: boolean } =>
  order === undefined ? {} : { order_by: order.column, descending: order.isDescending };
