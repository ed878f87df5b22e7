// The figures of a chart as a table, a page at a time.
import { useState } from 'preact/hooks';
import { Pager, pageSize } from '../parts/pager.tsx';
import type { Chart } from './chart.ts';

export function ChartTable({ title, chart }: { readonly title: string; readonly chart: Chart }) {
  const { points, pointName, series, format } = chart;
  const [wanted, setWanted] = useState(0);
  const offset = wanted < points.length ? wanted : 0;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by the keyboard */}
      <section class="chart-table" aria-label={`${title} as a table`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{pointName}</th>
              {series.map(({ label }) => (
                <th key={label} scope="col" class="number">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points.slice(offset, offset + pageSize).map(({ x, label }, row) => (
              <tr key={x}>
                <th scope="row">{label}</th>
                {series.map(({ label: name, values }) => (
                  <td key={name} class="number">
                    {formatted(values[offset + row], format)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Pager offset={offset} total={points.length} onMove={setWanted} />
    </>
  );
}

const formatted = (value: number | null | undefined, format: Chart['format']): string =>
  value == null ? '–' : format(value);
