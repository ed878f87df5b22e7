// One field that filters messages: by a number in any spelling, or by a part of their texts. A UUID is found by the find bar of every page.
import { TextField } from '../parts/text-field.tsx';
import { type Filters, searchOf } from './message-filters.ts';

interface Props {
  readonly filters: Filters;
  readonly onChange: (changes: Readonly<Record<string, string>>) => void;
}

export function SearchField({ filters, onChange }: Props) {
  return (
    <TextField
      label="Number or text"
      type="search"
      value={filters.number ?? filters.text ?? ''}
      maxLength={200}
      spellcheck={false}
      onChange={(typed) => onChange(searchOf(typed))}
    />
  );
}
