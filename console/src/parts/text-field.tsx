// Fields that somebody types in.
import type { InputHTMLAttributes, TextareaHTMLAttributes } from 'preact';
import { useState } from 'preact/hooks';
import { Field } from './field.tsx';

interface TextProps {
  readonly label: string;
  /** What it is for, below it. */
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

/** One line. What else the input is to know, such as what it completes, are attributes of its own. */
export function TextField(props: TextFieldProps) {
  const { label, hint, type = 'text', value, onInput, onChange, ...attributes } = props;
  // What was typed and is told only when the field is left: an answer that comes in meanwhile must not take it away.
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

/** Several lines. */
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
