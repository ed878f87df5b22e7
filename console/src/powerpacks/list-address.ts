// The view of the list of powerpacks in its address. Pure.
import { addressAt, offsetOf, offsetText } from '../parts/address.ts';
import { type Order, orderOf, orderText } from '../parts/order-text.ts';

export const orders = ['name', 'members', 'queued', 'oldest_age_seconds', 'segments_today'] as const;

export const deletedOrders = ['name', 'deleted_on', 'members'] as const;

export interface ListView {
  /** Part of the names looked for; empty for all. */
  readonly name: string;
  /** By which all of them are sorted; `undefined` for the order in which they were made. */
  readonly order: Order<(typeof orders)[number]> | undefined;
  readonly offset: number;
  readonly deletedOffset: number;
  /** By which the deleted ones are sorted; `undefined` for the last deleted first. */
  readonly deletedOrder: Order<(typeof deletedOrders)[number]> | undefined;
  /** The powerpack that was deleted just now and whose deletion is offered to be undone. */
  readonly undo: string;
}

export function viewOf(query: Readonly<Record<string, string>>): ListView {
  return {
    name: query.name ?? '',
    order: orderOf(orders, query.sort),
    offset: offsetOf(query.offset),
    deletedOffset: offsetOf(query.deleted_offset),
    deletedOrder: orderOf(deletedOrders, query.deleted_sort),
    undo: query.undo ?? '',
  };
}

/** Returns the address of a view; default values are left out. */
export const addressOf = ({
  name,
  order,
  offset = 0,
  deletedOffset = 0,
  deletedOrder,
  undo,
}: Partial<ListView>): string =>
  addressAt('/console/powerpacks', {
    name,
    sort: orderText(order),
    offset: offsetText(offset),
    deleted_offset: offsetText(deletedOffset),
    deleted_sort: orderText(deletedOrder),
    undo,
  });
