// A choice of one powerpack.
import { Field } from '../parts/field.tsx';
import type { Powerpack } from './use-powerpacks.ts';

interface Props {
  readonly label: string;
  /** What stands where none is chosen. */
  readonly none: string;
  readonly powerpacks: readonly Powerpack[];
  readonly value: string;
  readonly onChange: (uuid: string) => void;
}

export function PowerpackSelect({ label, none, powerpacks, value, onChange }: Props) {
  return (
    <Field label={label}>
      {(id) => (
        <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="">{none}</option>
          {powerpacks.map(({ uuid, name }) => (
            <option key={uuid} value={uuid}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
