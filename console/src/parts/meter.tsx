// How much of something is used, as a bar beside its figures.
import { count } from './format.ts';

interface Props {
  readonly label: string;
  readonly value: number;
  /** `null` where there is no limit. */
  readonly limit: number | null;
}

export function Meter({ label, value, limit }: Props) {
  if (limit === null) return <span>{count(value)}</span>;
  return (
    <span class="meter">
      <meter aria-label={label} min={0} max={limit} high={limit * 0.9} optimum={0} value={value} />
      <span>
        {count(value)} / {count(limit)}
      </span>
    </span>
  );
}
