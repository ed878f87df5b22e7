// One field that finds messages: by a number in any spelling, a part of a text, or the UUID of one.
import { useLocation } from 'preact-iso';
import { TextField } from '../parts/text-field.tsx';
import { type Filters, isUuid, searchOf } from './message-filters.ts';

interface Props {
  readonly filters: Filters;
  readonly onChange: (changes: Readonly<Record<string, string>>) => void;
}

export function FindField({ filters, onChange }: Props) {
  const { route } = useLocation();
  return (
    <TextField
      label="Find"
      type="search"
      placeholder="Number, text or UUID"
      value={filters.number ?? filters.text ?? ''}
      maxLength={200}
      spellcheck={false}
      onChange={(typed) => {
        if (isUuid(typed)) route(`/console/messages/${typed.trim().toLowerCase()}`);
        else onChange(searchOf(typed));
      }}
    />
  );
}
