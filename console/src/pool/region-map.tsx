// The map: a tile for each state, province and territory, as buttons among which the arrow keys move.
import { useRef, useState } from 'preact/hooks';
import { count, counted } from '../parts/format.ts';
import { type Region, type RegionCounts, regionId } from './regions.ts';
import { shadeAt, shadeOf, spansOf } from './shades.ts';
import { type Direction, type Tile, tileBeside, tiles } from './tile-grid.ts';

interface Props {
  readonly label: string;
  readonly regions: readonly Region[];
  readonly counts: RegionCounts;
  /** The noun that is counted: `member`. */
  readonly noun: string;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
}

const directions: readonly string[] = [
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
] satisfies Direction[];
const isDirection = (key: string): key is Direction => directions.includes(key);

export function RegionMap({ label, regions, counts, noun, chosen, onChoose }: Props) {
  const grid = useRef<HTMLFieldSetElement>(null);
  const [focused, setFocused] = useState<string>();
  const names = new Map(regions.map((region) => [regionId(region), region.region]));
  const spans = spansOf(counts.values());
  // One tile can be reached with the Tab key; from there the arrow keys lead on.
  const entrance = focused ?? chosen ?? 'US-CA';

  const move = (event: KeyboardEvent, from: Tile): void => {
    if (!isDirection(event.key)) return;
    event.preventDefault();
    const { id } = tileBeside(from, event.key);
    grid.current?.querySelector<HTMLElement>(`[data-tile="${id}"]`)?.focus();
  };

  return (
    <figure class="region-map">
      <fieldset class="tiles" ref={grid}>
        <legend class="visually-hidden">{label}. Arrow keys move between the tiles.</legend>
        {tiles.map((tile) => {
          const value = counts.get(tile.id) ?? 0;
          return (
            <button
              key={tile.id}
              type="button"
              class={`tile shade-${shadeOf(value, spans)}`}
              style={{ gridRow: tile.row + 1, gridColumn: tile.column + 1 }}
              data-tile={tile.id}
              aria-pressed={tile.id === chosen}
              tabIndex={tile.id === entrance ? 0 : -1}
              onFocus={() => setFocused(tile.id)}
              onKeyDown={(event) => move(event, tile)}
              onClick={() => onChoose(tile.id === chosen ? undefined : tile.id)}
            >
              <span class="visually-hidden">
                {names.get(tile.id) ?? tile.regionCode}: {counted(value, noun)}
              </span>
              <span aria-hidden="true">{tile.regionCode}</span>
              <span class="tile-count" aria-hidden="true">
                {value === 0 ? '' : short(value)}
              </span>
            </button>
          );
        })}
      </fieldset>
      <figcaption>
        <ul class="legend" aria-label="Colours">
          <li>
            <span class="swatch shade-0" /> none
          </li>
          {spans.map(({ from, to }, index) => (
            <li key={to}>
              <span class={`swatch shade-${shadeAt(index, spans)}`} />{' '}
              {from === to ? counted(to, noun) : `${count(from)} to ${counted(to, noun)}`}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 0 });

/** Returns a count in as few characters as fit on a tile. */
const short = (value: number): string => compact.format(value);
