// The view of the list of powerpacks in its address. Pure.
import { addressAt, offsetOf, offsetText } from '../parts/address.ts';

export interface ListView {
  /** Part of the names looked for; empty for all. */
  readonly name: string;
  readonly offset: number;
  readonly deletedOffset: number;
  /** The powerpack that was deleted just now and whose deletion is offered to be undone. */
  readonly undo: string;
}

export function viewOf(query: Readonly<Record<string, string>>): ListView {
  return {
    name: query.name ?? '',
    offset: offsetOf(query.offset),
    deletedOffset: offsetOf(query.deleted_offset),
    undo: query.undo ?? '',
  };
}

/** Returns the address of a view; default values are left out. */
export const addressOf = ({ name, offset = 0, deletedOffset = 0, undo }: Partial<ListView>): string =>
  addressAt('/console/powerpacks', {
    name,
    offset: offsetText(offset),
    deleted_offset: offsetText(deletedOffset),
    undo,
  });
