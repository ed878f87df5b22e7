// A choice of one powerpack.
import { SelectField } from '../parts/select-field.tsx';
import type { Powerpack } from './use-powerpacks.ts';

interface Props {
  readonly label: string;
  /** The label of the choice "none". */
  readonly none: string;
  readonly powerpacks: readonly Powerpack[];
  readonly value: string;
  readonly onChange: (uuid: string) => void;
}

export function PowerpackSelect({ label, none, powerpacks, value, onChange }: Props) {
  return (
    <SelectField
      label={label}
      value={value}
      options={[
        { value: '', label: none },
        ...powerpacks.map(({ uuid, name }) => ({ value: uuid, label: name })),
      ]}
      onChange={onChange}
    />
  );
}
