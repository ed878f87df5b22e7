// The rows of a table in their order and on their page: TanStack Table core, as Preact uses it.
import {
  constructTable,
  createPaginatedRowModel,
  createSortedRowModel,
  functionalUpdate,
  type Row,
  rowPaginationFeature,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
} from '@tanstack/table-core';
import { storeReactivityBindings } from '@tanstack/table-core/store-reactivity-bindings';
import { useState } from 'preact/hooks';
import type { Order } from './order-text.ts';
import { compareValues, type SortValue } from './sort-values.ts';

/** The order that the server gives to all rows, of which these may be a page. */
export interface ServerOrder {
  /** `undefined` for the order in which they come. */
  readonly order: Order | undefined;
  readonly onSort: (order: Order | undefined) => void;
}

interface SortableColumn<Data> {
  readonly id: string;
  readonly sortBy?: (row: Data) => SortValue;
}

interface Options<Data> {
  readonly rows: readonly Data[];
  readonly columns: readonly SortableColumn<Data>[];
  readonly keyOf: (row: Data) => string;
  /** Rows on a page; without it all are on one. */
  readonly pageSize: number | undefined;
  readonly serverOrder: ServerOrder | undefined;
}

export interface TableModel<Data> {
  /** The rows of the page, in their order. */
  readonly rows: readonly { readonly id: string; readonly original: Data }[];
  readonly offset: number;
  readonly move: (offset: number) => void;
  /** How a column is sorted: `none` if it is not but can be, `undefined` if it cannot be. */
  readonly directionOf: (column: string) => 'ascending' | 'descending' | 'none' | undefined;
  /** Sorts by a column; by none without one. */
  readonly sortBy: (column: string | undefined) => void;
  /** Sorts by a column, the other way round, or no longer. */
  readonly toggle: (column: string) => void;
}

const features = tableFeatures({
  coreReactivityFeature: storeReactivityBindings(),
  rowSortingFeature,
  rowPaginationFeature,
  sortedRowModel: createSortedRowModel(),
  paginatedRowModel: createPaginatedRowModel(),
});

type Features = typeof features;
type TableRow<Data> = Row<Features, Data & object>;

/** Returns the rows as the reader has sorted and turned them. */
export function useTableModel<Data>({
  rows,
  columns,
  keyOf,
  pageSize,
  serverOrder,
}: Options<Data>): TableModel<Data> {
  const [ownSorting, setSorting] = useState<SortingState>([]);
  const [wanted, setWanted] = useState(0);
  const sorting = serverOrder === undefined ? ownSorting : sortingOf(serverOrder.order);
  const size = pageSize ?? Math.max(1, rows.length);
  const pageIndex = wanted < rows.length ? Math.floor(wanted / size) : 0;
  const options = {
    data: rows as readonly (Data & object)[],
    columns: columns.map((column) => definitionOf<Data>(column)),
    getRowId: keyOf as (row: Data & object) => string,
    manualSorting: serverOrder !== undefined,
    state: { sorting, pagination: { pageIndex, pageSize: size } },
    onSortingChange: (change: SortingState | ((before: SortingState) => SortingState)) => {
      const [first] = functionalUpdate(change, sorting);
      if (serverOrder === undefined) setSorting(first === undefined ? [] : [first]);
      else serverOrder.onSort(first && { column: first.id, isDescending: first.desc });
    },
  };
  const [table] = useState(() => constructTable<Features, Data & object>({ features, ...options }));
  table.setOptions((before) => ({ ...before, ...options }));
  return {
    rows: table.getRowModel().rows,
    offset: pageIndex * size,
    move: setWanted,
    directionOf: (id) => {
      const column = table.getColumn(id);
      if (column?.getCanSort() !== true) return undefined;
      const direction = column.getIsSorted();
      return direction === false ? 'none' : direction === 'asc' ? 'ascending' : 'descending';
    },
    sortBy: (id) => {
      const column = id === undefined ? undefined : table.getColumn(id);
      const first = column && { id: column.id, desc: column.getFirstSortDir() === 'desc' };
      table.setSorting(first === undefined ? [] : [first]);
    },
    toggle: (id) => table.getColumn(id)?.toggleSorting(),
  };
}

const sortingOf = (order: Order | undefined): SortingState =>
  order === undefined ? [] : [{ id: order.column, desc: order.isDescending }];

/** Returns a column for the library. Rows without a value come last, whichever way round. */
function definitionOf<Data>({ id, sortBy }: SortableColumn<Data>) {
  return {
    id,
    enableSorting: sortBy !== undefined,
    accessorFn: (row: Data & object): SortValue => sortBy?.(row) ?? undefined,
    sortUndefined: 'last' as const,
    sortFn: (one: TableRow<Data>, other: TableRow<Data>) =>
      compareValues(one.getValue(id), other.getValue(id)),
  };
}
