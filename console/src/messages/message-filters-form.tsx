// The filters above the list of messages. Each counts as soon as it is set.
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { codeInWords, errorCodes } from './error-words.ts';
import { type FilterName, type Filters, noFilters } from './message-filters.ts';
import { localOf, utcOf } from './message-time.ts';
import { PowerpackSelect } from './powerpack-select.tsx';
import { SearchField } from './search-field.tsx';
import { type Range, ranges, rangeWords } from './time-ranges.ts';
import type { Powerpack } from './use-powerpacks.ts';

interface Props {
  readonly filters: Filters;
  readonly range: Range | undefined;
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
  'from_number',
  'to_number',
  'message_type',
  'area_code',
  'destination_country_iso2',
  'subaccount',
];

export function MessageFiltersForm({ filters, range, powerpacks, onChange }: Props) {
  const direction = useRef<HTMLSelectElement>(null);
  const set = (name: FilterName, value: string) => onChange({ [name]: value });
  const parts = { filters, set };
  return (
    <form class="filters message-filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <SearchField filters={filters} onChange={onChange} />
      <RangeChoice filters={filters} range={range} onChange={onChange} />
      <Choice {...parts} name="message_direction" label="Direction" selectRef={direction} />
      <Choice {...parts} name="message_state" label="State" />
      <Choice {...parts} name="error_code" label="Error" labelOf={codeInWords} />
      <PowerpackSelect
        label="Powerpack"
        none="Any"
        powerpacks={powerpacks}
        value={filters.powerpack_id ?? ''}
        onChange={(uuid) => set('powerpack_id', uuid)}
      />
      <details class="more" open={rareFilters.some((name) => filters[name])}>
        <summary>More filters</summary>
        <div class="filters">
          <Typed {...parts} name="from_number" label="From number" />
          <Typed {...parts} name="to_number" label="To number" />
          <Choice {...parts} name="message_type" label="Type" />
          <Typed {...parts} name="area_code" label="Area code" placeholder="415" />
          <Typed {...parts} name="destination_country_iso2" label="Country" placeholder="US" />
          <Typed {...parts} name="subaccount" label="Subaccount" placeholder="SA…" />
        </div>
      </details>
      {(Object.keys(filters).length > 0 || range !== undefined) && (
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
  readonly labelOf?: (choice: string) => string;
  readonly selectRef?: { current: HTMLSelectElement | null };
}

function Choice({
  filters,
  set,
  label,
  name,
  labelOf = (choice) => choice,
  selectRef,
}: ChoiceProps): ComponentChildren {
  return (
    <SelectField
      label={label}
      selectRef={selectRef}
      value={filters[name] ?? ''}
      options={[
        { value: '', label: 'Any' },
        ...choices[name].map((choice) => ({ value: choice, label: labelOf(choice) })),
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

interface RangeProps extends Pick<Props, 'filters' | 'range' | 'onChange'> {}

/** Shows the choice of a stretch of time, and the two ends of one's own. */
function RangeChoice({ filters, range, onChange }: RangeProps) {
  const isOwn =
    range === undefined &&
    (filters.message_time__gte !== undefined || filters.message_time__lt !== undefined);
  const [isSetting, setSetting] = useState(false);
  const set = (name: FilterName, value: string) => onChange({ range: '', [name]: value });
  return (
    <>
      <SelectField
        label={`Time (${zone})`}
        value={isOwn || isSetting ? 'own' : (range ?? 'day')}
        options={[
          ...ranges.map((value) => ({ value, label: rangeWords[value] })),
          { value: 'own', label: 'From … until …' },
        ]}
        onChange={(chosen) => {
          setSetting(chosen === 'own');
          if (chosen !== 'own') {
            onChange({ range: chosen === 'day' ? '' : chosen, message_time__gte: '', message_time__lt: '' });
          }
        }}
      />
      {(isOwn || isSetting) && (
        <>
          <Time filters={filters} set={set} name="message_time__gte" label="From time" />
          <Time filters={filters} set={set} name="message_time__lt" label="Until time" />
        </>
      )}
    </>
  );
}

/** The reader's time zone, by which days begin. */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

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
