// A field that offers a choice.
import { Field } from './field.tsx';

interface Option<Value extends string | number> {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean;
}

interface Props<Value extends string | number> {
  readonly label: string;
  /** The hint below the field. */
  readonly hint?: string | undefined;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  /** The control, to move the focus to it. */
  readonly selectRef?: { current: HTMLSelectElement | null } | undefined;
}

export function SelectField<Value extends string | number>(props: Props<Value>) {
  const { label, hint, value, options, onChange, selectRef } = props;
  const choose = (text: string) => {
    const chosen = options.find((option) => String(option.value) === text);
    if (chosen !== undefined) onChange(chosen.value);
  };
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <select
          id={id}
          ref={selectRef ?? null}
          value={value}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
