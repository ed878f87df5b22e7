// Which line is which.
import type { Series } from './chart.ts';

export function Legend({ series }: { readonly series: readonly Series[] }) {
  return (
    <ul class="chart-legend">
      {series.map(({ label, colour, shape, dash }) => (
        <li key={label}>
          <svg class={`sample ${colour}`} width="28" height="10" viewBox="0 0 28 10" aria-hidden="true">
            {shape === 'column' ? (
              <rect x="9" width="10" height="10" />
            ) : (
              <>
                {shape === 'area' && <rect class="ground" width="28" height="10" />}
                <line x1="0" x2="28" y1="5" y2="5" stroke-dasharray={dash.join(' ')} />
              </>
            )}
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
