// A list as a table: rows that are sorted by their columns, and lead somewhere. On a phone each row is a card.
import type { ComponentChildren } from 'preact';
import { Pager } from './pager.tsx';
import { SelectField } from './select-field.tsx';
import type { SortValue } from './sort-values.ts';
import { type ServerOrder, type TableModel, useTableModel } from './table-model.ts';

export interface Column<Row> {
  readonly id: string;
  /** The heading of the column; that of actions is for screen readers alone. */
  readonly label: string;
  /** More about the column, where its label is short. */
  readonly title?: string;
  readonly kind?: 'number' | 'code' | 'name' | 'tick' | 'actions';
  /** Where it stands in the card of a phone: in a line of its own, or not at all. By default two stand in a line. */
  readonly onPhone?: 'line' | 'none';
  /** Whether it names its row. */
  readonly isHeader?: boolean;
  /** Shown in the heading instead of the label. */
  readonly heading?: ComponentChildren;
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
  /** Whether it stands inside of a card already. */
  readonly isPlain?: boolean;
  /** Whether it stays a table on a phone: for few columns of short words. */
  readonly isNarrow?: boolean;
  /** Rows on a page, where all of them are here; without it they are on one. */
  readonly pageSize?: number;
  /** Where the server sorts. Otherwise the rows that are here are sorted. */
  readonly serverOrder?: ServerOrder;
}

/** Shows rows in the order in which they come, until the reader sorts them by a column. */
export function DataTable<Row>(props: Props<Row>) {
  const {
    label,
    rows,
    columns,
    keyOf,
    class: className = '',
    isBusy,
    isPlain = false,
    isNarrow = isPlain,
    pageSize,
  } = props;
  const model = useTableModel({ rows, columns, keyOf, pageSize, serverOrder: props.serverOrder });
  return (
    <>
      <section
        class={isPlain ? 'plain table' : 'card table'}
        aria-label={`${label}, as a table`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by the keyboard
        tabIndex={0}
        aria-busy={isBusy}
      >
        {!isNarrow && <SortChoice columns={columns} model={model} />}
        <table class={`${isNarrow ? '' : 'cards'} ${className}`.trim()} aria-label={label}>
          <thead>
            <tr>
              {columns.map((column) => (
                <Heading key={column.id} column={column} model={model} />
              ))}
            </tr>
          </thead>
          <tbody>
            {model.rows.map(({ id, original }) => (
              <tr key={id}>
                {columns.map((column) => (
                  <Cell key={column.id} column={column} row={original} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {pageSize !== undefined && (
        <Pager offset={model.offset} total={rows.length} size={pageSize} onMove={model.move} of={label} />
      )}
    </>
  );
}

interface PartProps<Row> {
  readonly column: Column<Row>;
  readonly model: TableModel<Row>;
}

const arrows = { none: ' ↕', ascending: ' ↑', descending: ' ↓' } as const;

function Heading<Row>({ column: { id, label, title, kind, onPhone, heading }, model }: PartProps<Row>) {
  const className = [kind === 'number' && kind, onPhone === 'none' && 'phone-none'].filter(Boolean).join(' ');
  const direction = model.directionOf(id);
  if (direction === undefined) {
    return (
      <th scope="col" class={className} title={title}>
        {heading ?? (kind === 'actions' ? <span class="visually-hidden">{label}</span> : label)}
      </th>
    );
  }
  return (
    <th scope="col" class={className} title={title} aria-sort={direction}>
      <button type="button" class="sort" onClick={() => model.toggle(id)}>
        {label}
        <span aria-hidden="true">{arrows[direction]}</span>
      </button>
    </th>
  );
}

interface CellProps<Row> {
  readonly column: Column<Row>;
  readonly row: Row;
}

function Cell<Row>({ column: { label, kind, onPhone, isHeader, cell }, row }: CellProps<Row>) {
  const place = kind === 'actions' ? 'row-actions' : kind;
  const className = [place, onPhone && `phone-${onPhone}`].filter(Boolean).join(' ');
  if (isHeader === true) {
    return (
      <th scope="row" class={className}>
        {cell(row)}
      </th>
    );
  }
  return (
    <td class={className} data-label={kind === 'actions' || kind === 'tick' ? undefined : label}>
      {cell(row)}
    </td>
  );
}

interface SortChoiceProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly model: TableModel<Row>;
}

/** Shows what rows are sorted by, where there is no heading: on a phone. */
function SortChoice<Row>({ columns, model }: SortChoiceProps<Row>) {
  const sortable = columns.filter(({ id }) => model.directionOf(id) !== undefined);
  if (sortable.length === 0) return null;
  const sorted = sortable.find(({ id }) => model.directionOf(id) !== 'none');
  return (
    <div class="sort-choice">
      <SelectField
        label="Sort by"
        value={sorted?.id ?? ''}
        options={[
          { value: '', label: 'As they come' },
          ...sortable.map(({ id, label }) => ({ value: id, label })),
        ]}
        onChange={(id) => model.sortBy(id === '' ? undefined : id)}
      />
      {sorted !== undefined && (
        <button type="button" class="sort" onClick={() => model.toggle(sorted.id)}>
          {model.directionOf(sorted.id) === 'descending' ? 'Largest first ↓' : 'Smallest first ↑'}
        </button>
      )}
    </div>
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
