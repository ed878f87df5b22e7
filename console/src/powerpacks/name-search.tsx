// Finding by name while one types.
import { useEffect, useRef, useState } from 'preact/hooks';
import { typingMs } from '../live/use-debounced.ts';
import { TextField } from '../parts/text-field.tsx';

interface Props {
  readonly label: string;
  /** The text that the address searches for. */
  readonly name: string;
  readonly onSearch: (name: string) => void;
}

export function NameSearch({ label, name, onSearch }: Props) {
  const [text, setText] = useState(name);
  const asked = useRef(name);
  // The address changed by itself, such as with the browser's Back: not by what was typed here.
  useEffect(() => {
    if (name !== asked.current) setText(name);
    asked.current = name;
  }, [name]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = wanted;
      onSearch(wanted);
    }, typingMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <search class="filters">
      <TextField
        label={label}
        type="search"
        maxLength={255}
        autocomplete="off"
        value={text}
        onInput={setText}
      />
    </search>
  );
}
