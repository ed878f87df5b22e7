// The column of ticks of a list, with one for all rows of the page.
import type { Column } from '../parts/data-table.tsx';
import type { Ticks } from './use-ticks.ts';

interface Ticking<Item> extends Ticks<Item> {
  /** The rows of the page. */
  readonly rows: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** How the tick of a row is named. */
  readonly nameOf: (item: Item) => string;
  readonly disabled: boolean;
}

export function tickColumn<Item>(ticking: Ticking<Item>): Column<Item> {
  const { ticked, tick, keyOf, nameOf, disabled } = ticking;
  return {
    id: 'tick',
    label: 'Ticked',
    kind: 'tick',
    heading: <TickAll {...ticking} />,
    cell: (item) => (
      <input
        type="checkbox"
        aria-label={nameOf(item)}
        checked={ticked.has(keyOf(item))}
        disabled={disabled}
        onChange={(event) => tick([item], event.currentTarget.checked)}
      />
    ),
  };
}

function TickAll<Item>({ rows, ticked, tick, keyOf, disabled }: Ticking<Item>) {
  const tickedHere = rows.filter((row) => ticked.has(keyOf(row))).length;
  return (
    <input
      type="checkbox"
      aria-label="All on this page"
      checked={tickedHere === rows.length}
      indeterminate={tickedHere > 0 && tickedHere < rows.length}
      disabled={disabled}
      onChange={(event) => tick(rows, event.currentTarget.checked)}
    />
  );
}
