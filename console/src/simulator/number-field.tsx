// A number in a form, in the unit that people use.
import { Field } from '../parts/field.tsx';

interface Props {
  readonly label: string;
  readonly hint?: string;
  /** `null` where nothing is said. */
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  /** What the shown number counts, in units of the value: 1000 where the value is in milliseconds and seconds are shown. */
  readonly unit?: number;
  readonly onChange: (value: number | null) => void;
}

export function NumberField({ label, hint, value, min, max, unit = 1, onChange }: Props) {
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <input
          id={id}
          type="number"
          min={min / unit}
          max={max / unit}
          step={unit === 1 ? 1 : 'any'}
          value={value === null ? '' : Number((value / unit).toFixed(6))}
          onChange={({ currentTarget: { value: text, valueAsNumber } }) => {
            onChange(text === '' || Number.isNaN(valueAsNumber) ? null : valueAsNumber * unit);
          }}
        />
      )}
    </Field>
  );
}
