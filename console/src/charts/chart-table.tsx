// The figures of a chart as a table, a page at a time.
import { type Column, DataTable } from '../parts/data-table.tsx';
import { pageSize } from '../parts/pager.tsx';
import type { Chart, Point } from './chart.ts';

/** A point of the chart and its place in the series. */
interface PointRow {
  readonly point: Point;
  readonly place: number;
}

export function ChartTable({ title, chart }: { readonly title: string; readonly chart: Chart }) {
  const { points, pointName, series, format, between } = chart;
  const columns: readonly Column<PointRow>[] = [
    {
      id: 'point',
      label: pointName,
      isHeader: true,
      sortBy: ({ place }) => place,
      cell: ({ point, place }) =>
        between === undefined ? point.label : <a href={between(place, place).messages}>{point.label}</a>,
    },
    ...series.map(
      ({ label, values }): Column<PointRow> => ({
        id: label,
        label,
        kind: 'number',
        sortBy: ({ place }) => values[place],
        cell: ({ place }) => formatted(values[place], format),
      }),
    ),
  ];
  return (
    <div class="chart-table">
      <DataTable
        label={title}
        isPlain
        rows={points.map((point, place) => ({ point, place }))}
        keyOf={({ point }) => String(point.x)}
        columns={columns}
        pageSize={pageSize}
      />
    </div>
  );
}

const formatted = (value: number | null | undefined, format: Chart['format']): string =>
  value == null ? '–' : format(value);
