// The filters and the page of a list, as the address has them.
import { useLocation } from 'preact-iso/router';
import { addressWith, offsetOf, offsetText } from './address.ts';

export interface ListAddress {
  readonly query: Readonly<Record<string, string>>;
  /** Objects to skip. */
  readonly offset: number;
  /** Goes to the list with other filters, from its first page. */
  readonly filter: (changes: Readonly<Record<string, string>>) => void;
  /** Goes to another page with the same filters. */
  readonly move: (offset: number) => void;
}

export function useAddress(): ListAddress {
  const { path, query, route } = useLocation();
  return {
    query,
    offset: offsetOf(query.offset),
    filter: (changes) => route(addressWith(path, query, changes)),
    move: (offset) => route(addressWith(path, query, { offset: offsetText(offset) })),
  };
}
