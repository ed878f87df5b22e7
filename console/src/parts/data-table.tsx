// A list as a table: rows that are sorted by their columns, and lead somewhere.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type Order, type SortValue, sortRows } from './sort-rows.ts';

export interface Column<Row> {
  readonly id: string;
  readonly label: string;
  /** More about the column, where its label is short. */
  readonly title?: string;
  readonly kind?: 'number' | 'wide';
  /** Whether it names its row. */
  readonly isHeader?: boolean;
  /** The value that rows are sorted by; without it the column does not sort. Rows without a value come last. */
  readonly sortBy?: (row: Row) => SortValue;
  readonly cell: (row: Row) => ComponentChildren;
}

interface Props<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly class?: string;
  readonly isBusy?: boolean;
}

/** Shows rows in the order in which they come, until the reader sorts them by a column. */
export function DataTable<Row>({ label, rows, columns, keyOf, class: className, isBusy }: Props<Row>) {
  const [order, setOrder] = useState<Order>();
  const by = columns.find(({ id }) => id === order?.column)?.sortBy;
  const sorted = order === undefined || by === undefined ? rows : sortRows(rows, by, order.isDescending);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by the keyboard
    <section class="card table" aria-label={`${label}, as a table`} tabIndex={0} aria-busy={isBusy}>
      <table class={className} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={column.id} column={column} order={order} onSort={setOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ id, kind, isHeader, cell }) =>
                isHeader === true ? (
                  <th key={id} scope="row" class={kind}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={id} class={kind}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface HeadingProps<Row> {
  readonly column: Column<Row>;
  readonly order: Order | undefined;
  readonly onSort: (order: Order | undefined) => void;
}

function Heading<Row>({ column: { id, label, title, kind, sortBy }, order, onSort }: HeadingProps<Row>) {
  if (sortBy === undefined) {
    return (
      <th scope="col" class={kind} title={title}>
        {label}
      </th>
    );
  }
  const own = order?.column === id ? order : undefined;
  const next = (): Order | undefined => {
    if (own === undefined) return { column: id, isDescending: true };
    return own.isDescending ? { column: id, isDescending: false } : undefined;
  };
  const direction = own === undefined ? 'none' : own.isDescending ? 'descending' : 'ascending';
  return (
    <th scope="col" class={kind} title={title} aria-sort={direction}>
      <button type="button" class="sort" onClick={() => onSort(next())}>
        {label}
        <span aria-hidden="true">{own === undefined ? ' ↕' : own.isDescending ? ' ↓' : ' ↑'}</span>
      </button>
    </th>
  );
}

/** Shows a link that takes its whole row. */
export function RowLink({ href, children }: { readonly href: string; readonly children: ComponentChildren }) {
  return (
    <a href={href} class="row-link">
      {children}
    </a>
  );
}
