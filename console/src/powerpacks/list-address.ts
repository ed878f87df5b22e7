// What the list of powerpacks shows, as it stands in its address. Pure.
import { offsetOf } from '../parts/address.ts';

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

/** The address of a view; what is as usual is left out. */
export function addressOf({ name, offset, deletedOffset, undo }: Partial<ListView>): string {
  const query = new URLSearchParams();
  if (name) query.set('name', name);
  if (offset) query.set('offset', String(offset));
  if (deletedOffset) query.set('deleted_offset', String(deletedOffset));
  if (undo) query.set('undo', undo);
  return query.size === 0 ? '/console/powerpacks' : `/console/powerpacks?${query}`;
}
