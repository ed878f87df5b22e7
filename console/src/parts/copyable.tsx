// A text to take along, such as a token: copied where the browser allows it, and selected with one click everywhere.
import { useRef } from 'preact/hooks';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import { showToast } from './toasts.tsx';

interface Props {
  readonly label: string;
  readonly text: string;
  readonly hint?: string;
}

export function Copyable({ label, text, hint }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const select = () => {
    input.current?.focus();
    input.current?.select();
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      showToast(`${label} copied.`);
    } catch {
      // The browser or the person refuses: it can still be copied by hand.
      select();
    }
  };
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <div class="copyable">
          <input id={id} ref={input} class="code" readOnly value={text} onFocus={select} />
          {/* The clipboard is there over HTTPS and on the machine itself only. */}
          {globalThis.isSecureContext ? (
            <Button onClick={copy} aria-label={`Copy: ${label}`}>
              Copy
            </Button>
          ) : (
            <Button onClick={select} aria-label={`Select all: ${label}`}>
              Select all
            </Button>
          )}
        </div>
      )}
    </Field>
  );
}
