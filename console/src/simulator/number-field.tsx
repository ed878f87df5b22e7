// A number in a form, in the unit that people use.
import { TextField } from '../parts/text-field.tsx';

interface Props {
  readonly label: string;
  readonly hint?: string;
  /** `null` where nothing is said. */
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  /** The unit of the shown number in units of the value: 1000 where the value is in milliseconds and seconds are shown. */
  readonly unit?: number;
  readonly onChange: (value: number | null) => void;
}

export function NumberField({ label, hint, value, min, max, unit = 1, onChange }: Props) {
  return (
    <TextField
      label={label}
      hint={hint}
      type="number"
      min={min / unit}
      max={max / unit}
      step={unit === 1 ? 1 : 'any'}
      value={value === null ? '' : String(Number((value / unit).toFixed(6)))}
      onChange={(text) => onChange(text === '' ? null : Number(text) * unit)}
    />
  );
}
