// Fields for text.
import type { InputHTMLAttributes, TextareaHTMLAttributes } from 'preact';
import { useState } from 'preact/hooks';
import { Field } from './field.tsx';

interface TextProps {
  readonly label: string;
  /** The hint below the field. */
  readonly hint?: string | undefined;
  readonly value: string;
  /** With each letter. */
  readonly onInput?: (text: string) => void;
}

type InputAttributes = Omit<
  InputHTMLAttributes,
  keyof TextProps | 'id' | 'type' | 'role' | 'onChange' | 'onBlur'
>;

interface TextFieldProps extends InputAttributes, TextProps {
  readonly type?: 'text' | 'search' | 'tel' | 'url' | 'number' | 'password' | 'datetime-local';
  /** When it is left, or Enter pressed. */
  readonly onChange?: (text: string) => void;
}

/** Shows a field of one line. Further attributes of the input, such as `autocomplete`, are passed on. */
export function TextField(props: TextFieldProps) {
  const { label, hint, type = 'text', value, onInput, onChange, ...attributes } = props;
  // The typed value is reported only when the field is left: a response that arrives meanwhile must not overwrite it.
  const [typed, setTyped] = useState<string>();
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <input
          {...attributes}
          id={id}
          // Preact's types know the roles of each type singly, not of one among several; none is given here.
          type={type as 'text'}
          value={typed ?? value}
          onInput={({ currentTarget }) => (onInput ?? setTyped)(currentTarget.value)}
          onChange={({ currentTarget }) => {
            setTyped(undefined);
            onChange?.(currentTarget.value);
          }}
          onBlur={() => setTyped(undefined)}
        />
      )}
    </Field>
  );
}

interface TextAreaProps extends Omit<TextareaHTMLAttributes, keyof TextProps | 'id'>, TextProps {
  readonly onInput: (text: string) => void;
}

/** Shows a field of several lines. */
export function TextArea({ label, hint, value, onInput, ...attributes }: TextAreaProps) {
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <textarea
          {...attributes}
          id={id}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
