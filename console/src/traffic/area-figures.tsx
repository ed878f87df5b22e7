// The area codes of the recipients: how much arrived there, and how long it took.
import { type Column, DataTable } from '../parts/data-table.tsx';
import { duration } from '../parts/format.ts';
import { pageSize } from '../parts/pager.tsx';
import { outcomeColumns } from './outcome-columns.tsx';
import { describeAreas } from './sentences.ts';
import type { Traffic } from './use-traffic.ts';
import { messagesIn, type TrafficWindow } from './windows.ts';

type Area = Traffic['areas'][number];

interface Props {
  readonly powerpackUuid: string;
  readonly window: TrafficWindow;
  readonly traffic: Traffic;
}

export function AreaFigures({ powerpackUuid, window, traffic: { areas, from } }: Props) {
  if (areas.length === 0) return null;
  const messagesOf = ({ area_code: area, country_iso2: country }: Area): string =>
    messagesIn(powerpackUuid, window, from, {
      message_direction: 'outbound',
      ...(area === '' ? { destination_country_iso2: country } : { area_code: area }),
    });
  return (
    <section class="card" aria-labelledby="areas">
      <h2 id="areas">Delivery by area</h2>
      <p>{describeAreas(areas, window.phrase)}</p>
      <p class="hint">
        From handed to a carrier to its report, by the area code of the recipient; outside of North America by
        country.
      </p>
      <DataTable
        label="Delivery by area"
        isPlain
        isNarrow={false}
        rows={areas}
        keyOf={({ country_iso2: country, area_code: area }) => `${country} ${area}`}
        columns={columnsOf(messagesOf)}
        pageSize={pageSize}
      />
    </section>
  );
}

const within = (milliseconds: number | null): string =>
  milliseconds === null ? '–' : duration(milliseconds / 1000);

const columnsOf = (messagesOf: (area: Area) => string): readonly Column<Area>[] => [
  {
    id: 'area',
    label: 'Area',
    kind: 'name',
    isHeader: true,
    sortBy: ({ area_code: area, country_iso2: country }) => area || country,
    cell: (area) => <a href={messagesOf(area)}>{area.area_code || area.country_iso2}</a>,
  },
  {
    id: 'region',
    label: 'Where',
    sortBy: ({ region, country_iso2: country }) => region || country,
    cell: ({ region, country_iso2: country }) => region || country,
  },
  ...outcomeColumns,
  {
    id: 'half',
    label: 'Half within',
    kind: 'number',
    sortBy: ({ delivery_ms_p50: half }) => half,
    cell: ({ delivery_ms_p50: half }) => within(half),
  },
  {
    id: 'most',
    label: '95% within',
    kind: 'number',
    sortBy: ({ delivery_ms_p95: most }) => most,
    cell: ({ delivery_ms_p95: most }) => within(most),
  },
];
