// The filters above the list of messages. Each counts as soon as it is set.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { errorCodes } from './error-words.ts';
import { type FilterName, type Filters, noFilters } from './message-filters.ts';
import { localOf, utcOf } from './message-time.ts';
import { PowerpackSelect } from './powerpack-select.tsx';
import type { Powerpack } from './use-powerpacks.ts';

interface Props {
  readonly filters: Filters;
  readonly powerpacks: readonly Powerpack[];
  readonly onChange: (changes: Readonly<Record<string, string>>) => void;
}

const choices = {
  message_direction: ['outbound', 'inbound'],
  message_state: ['queued', 'sent', 'delivered', 'undelivered', 'failed', 'received'],
  message_type: ['sms', 'mms'],
  error_code: errorCodes,
} as const;

/** Those that are asked for now and then. */
const rareFilters: readonly FilterName[] = [
  'error_code',
  'message_type',
  'destination_country_iso2',
  'subaccount',
];

export function MessageFiltersForm({ filters, powerpacks, onChange }: Props) {
  const direction = useRef<HTMLSelectElement>(null);
  const set = (name: FilterName, value: string) => onChange({ [name]: value });
  const parts = { filters, set };
  return (
    <form class="filters message-filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <Choice {...parts} name="message_direction" label="Direction" selectRef={direction} />
      <Choice {...parts} name="message_state" label="State" />
      <Typed {...parts} name="from_number" label="From number" />
      <Typed {...parts} name="to_number" label="To number" />
      <PowerpackSelect
        label="Powerpack"
        none="Any"
        powerpacks={powerpacks}
        value={filters.powerpack_id ?? ''}
        onChange={(uuid) => set('powerpack_id', uuid)}
      />
      <Time {...parts} name="message_time__gte" label="From time" />
      <Time {...parts} name="message_time__lt" label="Until time" />
      <details class="more" open={rareFilters.some((name) => filters[name])}>
        <summary>More filters</summary>
        <div class="filters">
          <Choice {...parts} name="error_code" label="Error code" />
          <Choice {...parts} name="message_type" label="Type" />
          <Typed {...parts} name="destination_country_iso2" label="Country" placeholder="US" />
          <Typed {...parts} name="subaccount" label="Subaccount" placeholder="SA…" />
        </div>
      </details>
      {Object.keys(filters).length > 0 && (
        <Button
          kind="quiet"
          onClick={() => {
            // The button goes with the last filter, so the focus goes to the first.
            direction.current?.focus();
            onChange(noFilters);
          }}
        >
          Clear
        </Button>
      )}
    </form>
  );
}

interface PartProps {
  readonly filters: Filters;
  readonly set: (name: FilterName, value: string) => void;
  readonly label: string;
}

interface ChoiceProps extends PartProps {
  readonly name: keyof typeof choices;
  readonly selectRef?: { current: HTMLSelectElement | null };
}

function Choice({ filters, set, label, name, selectRef }: ChoiceProps): ComponentChildren {
  return (
    <SelectField
      label={label}
      selectRef={selectRef}
      value={filters[name] ?? ''}
      options={[
        { value: '', label: 'Any' },
        ...choices[name].map((choice) => ({ value: choice, label: choice })),
      ]}
      onChange={(value) => set(name, value)}
    />
  );
}

/** Shows a field whose value counts when it is left or Enter is pressed. */
function Typed({
  filters,
  set,
  label,
  name,
  placeholder = 'Any',
}: PartProps & { readonly name: FilterName; readonly placeholder?: string }) {
  return (
    <TextField
      label={label}
      value={filters[name] ?? ''}
      placeholder={placeholder}
      maxLength={40}
      onChange={(text) => set(name, text.trim())}
    />
  );
}

function Time({ filters, set, label, name }: PartProps & { readonly name: FilterName }) {
  return (
    <TextField
      label={label}
      type="datetime-local"
      value={localOf(filters[name] ?? '')}
      onChange={(text) => set(name, utcOf(text))}
    />
  );
}
